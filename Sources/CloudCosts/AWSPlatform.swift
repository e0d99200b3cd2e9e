/// What AWS runs and bills a machine as: its operating system and the software that is paid with
/// it.
///
/// One name for what its files call by different ones, so that usage, prices and commitments meet:
/// `Linux`, `Windows`, `RHEL`, `SUSE`, `Windows with SQL Std`. The facts, with source
/// and date: `Data/platforms.csv`.
package enum AWSPlatform {
  /// The names of a kind of `Data/platforms.csv`, by their texts.
  private static func names(_ kind: String) -> [String: String] {
    Dictionary(
      CatalogueTable(csv: PlatformTable.csv).rows.filter { $0["kind"] == kind }.map {
        ($0["text"], $0["name"])
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Behind the colon of an operation such as `RunInstances:0002`.
  private static let operations = names("operation")
  private static let systems = names("system")
  private static let software = names("software")

  /// `Windows` of `RunInstances:0002`; nil where the operation runs no machine, or an unknown one.
  package static func name(operation: String) -> String? {
    let parts = operation.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.first == "RunInstances" else { return nil }
    return operations[parts.count > 1 ? String(parts[1]) : ""]
  }

  /// `Windows with SQL Std` of the price list's `Windows` and `SQL Std`; what is unknown stays as
  /// it is.
  package static func name(operatingSystem: String, software preInstalled: String?) -> String {
    let system = systems[operatingSystem.lowercased()] ?? operatingSystem
    guard let preInstalled, !["", "na"].contains(preInstalled.lowercased()) else { return system }
    let added = software[preInstalled.lowercased()] ?? preInstalled
    return system + (system.contains(" with ") ? " and " : " with ") + added
  }

  /// `Linux` of `Linux/UNIX (Amazon VPC)`, `Windows with SQL Std` of `Windows with SQL Server
  /// Standard`, as reservations and Cost Explorer call them.
  package static func name(productDescription: String) -> String {
    let text = productDescription.replacing(" (Amazon VPC)", with: "")
    if systems[text.lowercased()] != nil {
      return name(operatingSystem: text, software: nil)
    }
    // Software is named last: Red Hat Enterprise Linux with HA with SQL Server Standard.
    for joint in [" with ", " and "] {
      guard let range = text.ranges(of: joint).last else { continue }
      let (system, added) = (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
      if systems[system.lowercased()] != nil, software[added.lowercased()] != nil {
        return name(operatingSystem: system, software: added)
      }
    }
    let parts = text.split(separator: " with ", maxSplits: 1)
    guard parts.count == 2 else { return text }
    return name(operatingSystem: String(parts[0]), software: String(parts[1]))
  }
}
