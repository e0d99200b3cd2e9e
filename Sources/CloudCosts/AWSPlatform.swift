/// What AWS runs and bills a machine as: its operating system and the software that is paid with
/// it.
///
/// One name for what its files call by different ones, so that usage, prices and commitments meet:
/// `Linux`, `Windows`, `RHEL`, `SUSE`, `Windows with SQL Std`. Sources: EC2 user guide, "AMI
/// billing information fields" (the codes of `RunInstances`), the EC2 price list
/// (`operatingSystem`, `preInstalledSw`), and DescribeReservedInstances (`ProductDescription`).
public enum AWSPlatform {
  /// Behind the colon of an operation such as `RunInstances:0002`.
  private static let operations: [String: String] = [
    "": "Linux", "0002": "Windows", "0010": "RHEL", "000g": "SUSE", "0g00": "Ubuntu Pro",
    "0004": "Linux with SQL Std", "0100": "Linux with SQL Ent", "0200": "Linux with SQL Web",
    "0006": "Windows with SQL Std", "0102": "Windows with SQL Ent", "0202": "Windows with SQL Web",
    "0014": "RHEL with SQL Std", "0110": "RHEL with SQL Ent", "0210": "RHEL with SQL Web",
    "1010": "RHEL with HA", "1014": "RHEL with HA and SQL Std",
    "1110": "RHEL with HA and SQL Ent", "00g0": "RHEL BYOL", "0800": "Windows BYOL",
  ]

  /// `Windows` of `RunInstances:0002`; nil where the operation runs no machine, or an unknown one.
  public static func name(operation: String) -> String? {
    let parts = operation.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.first == "RunInstances" else { return nil }
    return operations[parts.count > 1 ? String(parts[1]) : ""]
  }

  private static let systems: [String: String] = [
    "red hat enterprise linux with ha": "RHEL with HA", "red hat enterprise linux": "RHEL",
    "rhel": "RHEL", "rhel with ha": "RHEL with HA", "suse": "SUSE", "suse linux": "SUSE",
    "linux": "Linux", "linux/unix": "Linux", "windows": "Windows", "ubuntu pro": "Ubuntu Pro",
  ]
  private static let software: [String: String] = [
    "sql std": "SQL Std", "sql web": "SQL Web", "sql ent": "SQL Ent",
    "sql server standard": "SQL Std", "sql server web": "SQL Web",
    "sql server enterprise": "SQL Ent",
  ]

  /// `Windows with SQL Std` of the price list's `Windows` and `SQL Std`; what is unknown stays as
  /// it is.
  public static func name(operatingSystem: String, software preInstalled: String?) -> String {
    let system = systems[operatingSystem.lowercased()] ?? operatingSystem
    guard let preInstalled, !["", "na"].contains(preInstalled.lowercased()) else { return system }
    let added = software[preInstalled.lowercased()] ?? preInstalled
    return system + (system.contains(" with ") ? " and " : " with ") + added
  }

  /// `Linux` of `Linux/UNIX (Amazon VPC)`, `Windows with SQL Std` of `Windows with SQL Server
  /// Standard`, as reservations and Cost Explorer call them.
  public static func name(productDescription: String) -> String {
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
