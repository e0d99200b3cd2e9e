/// Instance size flexibility of Azure reservations: the group of a size and its ratio.
///
/// Source: Microsoft Learn, "Virtual machine size flexibility with Reserved VM Instances" (the DSv2
/// example: DS1 1, DS2 2, DS3 4, DS4 8, DS5 16), and Microsoft's published ratio table, compared in
/// its state of 2024-04-10. The table itself is not copied: in all but a few series a group is a
/// series and the ratio is proportional to the number in the size's name, so that rule stands here,
/// with the exceptions among the series it holds for. Where the table has groups that the rule
/// cannot see (several series in one group, fractional M sizes) the rule is narrower than Azure,
/// never wider: a reservation covers less here than it would there.
///
/// A reservation pays for the hardware; Windows and database licences are meters of their own, so
/// usage of another operating system is not covered here.
public enum AzureSizes {
  /// The group and the ratio of `Standard_D4s_v5`; nil where only the type itself is covered.
  public static func footprint(of armName: String) -> SizeFlexibility.Footprint? {
    guard let name = Name(armName) else { return nil }
    if let named = namedRatios[name.series] { return named(name) }
    // Sizes of dedicated offers ("_SPECIAL") keep to themselves.
    guard proportionalSeries.contains(name.letters), !name.series.uppercased().hasSuffix("_SPECIAL")
    else { return nil }
    return SizeFlexibility.Footprint(group: name.series, units: Double(name.number))
  }

  /// `Standard_Ds_v5` of `Standard_D4s_v5`; a name that follows no rule is its own series.
  public static func series(of armName: String) -> String { Name(armName)?.series ?? armName }

  /// Letters of the series whose ratio is the number in the name. M, N and H sizes are left to
  /// cover themselves: their groups follow no rule.
  private static let proportionalSeries: Set<String> = [
    "A", "B", "D", "DC", "E", "EC", "F", "FX", "L",
  ]

  /// Series that break the rule.
  private static let namedRatios: [String: @Sendable (Name) -> SizeFlexibility.Footprint?] = [
    "Standard_A": { _ in nil },
    "Standard_D": old, "Standard_DS": old, "Standard_D_v2": old, "Standard_DS_v2": old,
    "Standard_Bls": { ratio($0, [1: 1], group: "Standard_Bs") },
    "Standard_Bs": { ratio($0, [1: 2, 2: 8]) },
    "Standard_Bms": { ratio($0, [1: 1, 2: 4, 4: 8, 8: 16, 12: 24, 16: 32, 20: 40]) },
    "Standard_E_v3": evThree, "Standard_Es_v3": evThree,
  ]

  /// D1 to D5 double from size to size; D11 to D14 too, in a group of their own, where D15 is 10.
  private static let old: @Sendable (Name) -> SizeFlexibility.Footprint? = { name in
    if name.number <= 5 { return ratio(name, [1: 1, 2: 2, 3: 4, 4: 8, 5: 16]) }
    let largest: [Int: Double] = name.series.hasSuffix("_v2") ? [15: 10] : [:]
    return ratio(
      name, [11: 1, 12: 2, 13: 4, 14: 8].merging(largest) { $1 },
      group: name.series + " high memory")
  }

  /// E64 v3 counts for 28.8 where E2 v3 counts for 1.
  private static let evThree: @Sendable (Name) -> SizeFlexibility.Footprint? = { name in
    let units = name.number == 64 ? 57.6 : Double(name.number)
    return SizeFlexibility.Footprint(group: name.series, units: units)
  }

  private static func ratio(
    _ name: Name, _ ratios: [Int: Double], group: String? = nil
  ) -> SizeFlexibility.Footprint? {
    ratios[name.number].map {
      SizeFlexibility.Footprint(group: group ?? name.series, units: $0)
    }
  }

  /// `Standard_E8-4ads_v5`: letters E, number 8 (4 are its processors that may be used: the price,
  /// and so the ratio, goes by the 8), series `Standard_Eads_v5`.
  struct Name {
    var letters: String
    var number: Int
    var series: String

    init?(_ text: String) {
      let prefix = "Standard_"
      guard text.hasPrefix(prefix) else { return nil }
      var rest = text.dropFirst(prefix.count)
      letters = String(rest.prefix { $0.isUppercase })
      rest = rest.dropFirst(letters.count)
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      if rest.first == "-" { rest = rest.dropFirst().drop { $0.isNumber } }
      guard !letters.isEmpty, let number = Int(digits), number > 0 else { return nil }
      self.number = number
      series = prefix + letters + rest
    }
  }
}
