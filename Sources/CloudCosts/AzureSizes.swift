/// Instance size flexibility of Azure reservations: the group of a size and its ratio.
///
/// Source: Microsoft Learn, "Virtual machine size flexibility with Reserved VM Instances" (the DSv2
/// example: DS1 1, DS2 2, DS3 4, DS4 8, DS5 16), and Microsoft's published ratio table, compared in
/// its state of 2024-04-10. The table itself is not copied: in all but a few series a group is a
/// series and the ratio is proportional to the number in the size's name. The letters that follow
/// this rule, and the series that break it, are rows of `Data/azure-size-flexibility.csv`. Where
/// the table has groups that the rule cannot see (several series in one group, fractional M sizes)
/// the rule is narrower than Azure, never wider: a reservation covers less here than it would
/// there.
///
/// A reservation pays for the hardware; Windows and database licences are meters of their own, so
/// usage of another operating system is not covered here.
///
/// Other services whose sizes cover each other have rows of their own, by the service and a slash
/// (`azure-redis/P`).
package enum AzureSizes {
  /// The group and the ratio of `Standard_D4s_v5`; nil where only the type itself is covered.
  package static func footprint(of armName: String) -> SizeFlexibility.Footprint? {
    if let type = types[armName] { return type }
    guard let name = Name(armName) else { return nil }
    if let named = namedRatios[name.series] {
      return named.lazy.compactMap { $0.footprint(of: name) }.first
    }
    // Sizes of dedicated offers ("_SPECIAL") keep to themselves.
    guard name.isMachine, proportionalSeries.contains(name.letters),
      !name.series.uppercased().hasSuffix("_SPECIAL")
    else { return nil }
    return SizeFlexibility.Footprint(group: name.series, units: Double(name.number))
  }

  /// Whether no row says anything of a type's series, neither ratios nor that sizes count by their
  /// numbers.
  static func isUnknown(_ armName: String) -> Bool {
    guard let name = Name(armName), name.isMachine else { return false }
    return namedRatios[name.series] == nil && !proportionalSeries.contains(name.letters)
  }

  /// `Standard_Ds_v5` of `Standard_D4s_v5`; a name that follows no rule is its own series.
  package static func series(of armName: String) -> String { Name(armName)?.series ?? armName }

  private static let table = CatalogueTable(csv: AzureSizeTable.csv).rows

  /// Letters of the series whose ratio is the number in the name.
  private static let proportionalSeries = Set(
    table.filter { $0["kind"] == "letters" }.map { $0["name"] })

  /// Series that break the rule.
  private static let namedRatios = Dictionary(
    grouping: table.filter { $0["kind"] == "series" }.map(Ratios.init), by: \.series)

  /// Types without a size in their names, of groups of their own.
  private static let types: [String: SizeFlexibility.Footprint] = Dictionary(
    table.filter { $0["kind"] == "type" }.compactMap { row in
      Double(row["ratios"]).map {
        (row["name"], SizeFlexibility.Footprint(group: row["group"], units: $0))
      }
    }, uniquingKeysWith: { first, _ in first })

  /// The ratios of some sizes of a series.
  private struct Ratios {
    var series: String
    var group: String
    var units: [Int: Double] = [:]
    /// Whether every other size counts by its number.
    var isProportional = false

    init(_ row: CatalogueTable.Row) {
      series = row["name"]
      group = row["group"].isEmpty ? series : row["group"]
      for part in row.list("ratios") {
        let pair = part.split(separator: "=")
        if part == "*" { isProportional = true }
        guard pair.count == 2, let number = Int(pair[0]), let ratio = Double(pair[1]) else {
          continue
        }
        units[number] = ratio
      }
    }

    func footprint(of name: Name) -> SizeFlexibility.Footprint? {
      let known = units[name.number] ?? (isProportional ? Double(name.number) : nil)
      return known.map { SizeFlexibility.Footprint(group: group, units: $0) }
    }
  }

  /// `Standard_E8-4ads_v5`: letters E, number 8 (4 are its processors that may be used: the price,
  /// and so the ratio, goes by the 8), series `Standard_Eads_v5`.
  struct Name {
    var letters: String
    var number: Int
    var series: String
    var isMachine: Bool { series.hasPrefix(Self.machines) }

    private static let machines = "Standard_"

    init?(_ text: String) {
      let service = text.firstIndex(of: "/").map { String(text[...$0]) }
      let prefix = service ?? Self.machines
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
      // Types of other services name series only where they have ratios.
      guard service == nil || AzureSizes.namedRatios[series] != nil else { return nil }
    }
  }
}
