/// Normalised units of instance sizes: what makes sizes of one family interchangeable for a regional
/// Reserved Instance.
///
/// Source: Amazon EC2 User Guide, "How Reserved Instances are applied", read in its version of June
/// 2023: nano 0.25, micro 0.5, small 1, medium 2, large 4, xlarge 8, N-xlarge 8 × N, and a table for
/// bare metal.
public enum NormalizationFactor {
  /// The normalised units of one instance of this type; nil where the size has none.
  public static func units(of instanceType: String) -> Double? {
    guard let dot = instanceType.firstIndex(of: ".") else { return nil }
    let family = String(instanceType[..<dot])
    let size = String(instanceType[instanceType.index(after: dot)...])
    if let fixed = fixedSizes[size] { return fixed }
    if size == "metal" { return metal[family] ?? (family.hasPrefix("u-") ? 896 : nil) }
    guard size.hasSuffix("xlarge"), let multiple = Int(size.dropLast(6)), multiple > 1 else {
      return nil
    }
    return 8 * Double(multiple)
  }

  private static let fixedSizes: [String: Double] = [
    "nano": 0.25, "micro": 0.5, "small": 1, "medium": 2, "large": 4, "xlarge": 8,
  ]

  private static let metal: [String: Double] = {
    let table: [(Double, [String])] = [
      (32, ["a1"]),
      (96, ["m5zn", "z1d"]),
      (128, ["c6g", "c6gd", "i3", "m6g", "m6gd", "r6g", "r6gd", "x2gd"]),
      (144, ["c5n"]),
      (
        192,
        ["c5", "c5d", "i3en", "m5", "m5d", "m5dn", "m5n", "r5", "r5b", "r5d", "r5dn", "r5n"]
      ),
    ]
    return Dictionary(
      uniqueKeysWithValues: table.flatMap { units, families in families.map { ($0, units) } })
  }()
}
