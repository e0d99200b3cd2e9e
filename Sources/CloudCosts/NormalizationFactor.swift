/// Normalised units of instance sizes: what makes sizes of one family interchangeable for a
/// regional Reserved Instance. The facts, with source and date: `Data/aws-size-flexibility.csv`.
package enum NormalizationFactor {
  /// The normalised units of one instance of this type; nil where the size has none.
  package static func units(of instanceType: String) -> Double? {
    guard let dot = instanceType.firstIndex(of: ".") else { return nil }
    let family = String(instanceType[..<dot])
    return units(ofSize: String(instanceType[instanceType.index(after: dot)...]), family: family)
  }

  /// The normalised units of a size of a family; nil where the size has none.
  static func units(ofSize size: String, family: String) -> Double? {
    if let listed = table.sizes[size] { return listed }
    if size == "metal" { return table.metal(family) }
    // Newer families name the size that their bare metal equals: `metal-24xl`.
    if let number = size.wholeMatch(of: /metal-([0-9]{1,3})xl/)?.output.1,
      let multiple = Int(number)
    {
      return multiple > 0 ? table.unitsPerXlarge * Double(multiple) : nil
    }
    guard size.hasSuffix("xlarge"), let multiple = Int(size.dropLast(6)), multiple > 1 else {
      return nil
    }
    return table.unitsPerXlarge * Double(multiple)
  }

  /// Whether reservations of a family cover other sizes at all; a family in no list is taken not
  /// to, since buying the wrong size is the more expensive mistake.
  static func isFlexible(family: String) -> Bool { table.families.contains(family) }

  /// Whether some list says how reservations of a family count.
  static func isKnown(family: String) -> Bool {
    table.families.contains(family) || table.rigidFamilies.contains(family)
  }

  static func isFlexible(operatingSystem: String, tenancy: String) -> Bool {
    table.systems.contains(operatingSystem) && table.tenancies.contains(tenancy)
  }

  private static let table = Table(csv: AWSSizeTable.csv)

  /// The rows of the file, by their kind.
  private struct Table {
    var sizes: [String: Double] = [:]
    var unitsPerXlarge = 8.0
    var metals: [String: Double] = [:]
    var rigidFamilies: Set<String> = []
    var families: Set<String> = []
    var systems: Set<String> = []
    var tenancies: Set<String> = []

    init(csv: String) {
      for line in csv.split(separator: "\n") where !line.hasPrefix("#") {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3 else { continue }
        let (name, units) = (fields[1], Double(fields[2]))
        switch fields[0] {
        case "size": sizes[name] = units
        case "xlarge-multiple": unitsPerXlarge = units ?? unitsPerXlarge
        case "metal": metals[name] = units
        case "no-flexibility": rigidFamilies.insert(name)
        case "family": families.insert(name)
        case "flexible-system": systems.insert(name)
        case "flexible-tenancy": tenancies.insert(name)
        default: continue
        }
      }
    }

    /// A family's own bare metal; `u-*` represents all families that begin so.
    func metal(_ family: String) -> Double? {
      metals[family] ?? (family.hasPrefix("u-") ? metals["u-*"] : nil)
    }
  }
}
