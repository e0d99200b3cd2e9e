/// Machine types that resource-based commitments of Google Compute Engine make interchangeable.
///
/// Google sells vCPUs and GiB of one series in one region, and one may run any types on them
/// (source: Google Cloud, "Resource-based committed use discounts"). The judge counts both apart
/// (`MachinePart`). A price file states the price of an instance-hour of a predefined type under
/// the commitment, and a plan buys machines: types of one shape (`n2-standard`, `n2-highmem`,
/// `n2-highcpu`) have memory in fixed proportion to vCPUs, so one vCPU with its memory is the unit,
/// and ten `n2-standard-4` are 40 vCPUs and 160 GiB. A plan allows for usage of its own shape only;
/// the bill, where vCPUs or memory of one shape serve another, can be lower. Shared-core types
/// cover themselves. Types that are built around accelerators or disks cover each other only where
/// they have all of their parts in one proportion (`GoogleBuiltMachine`): four `g2-standard-4` have
/// four times the accelerators of one `g2-standard-16`.
package enum GoogleSizes {
  private static let shapes: Set<String> = [
    "standard", "highmem", "highcpu", "ultramem", "megamem",
  ]

  /// The shape and the vCPUs of `n2-standard-4`; nil where only the type itself is covered.
  package static func footprint(of machineType: String) -> SizeFlexibility.Footprint? {
    guard GoogleBuiltMachine.types(ofSeries: series(of: machineType)).isEmpty else {
      return GoogleBuiltMachine.named(machineType)?.footprint
    }
    let parts = machineType.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, shapes.contains(String(parts[1])), !parts[0].isEmpty,
      let processors = Int(parts[2]), processors > 0
    else { return nil }
    return SizeFlexibility.Footprint(
      group: "\(parts[0])-\(parts[1])", units: Double(processors))
  }

  /// The series of a machine type: `n2` of `n2-standard-4`; custom types without one are N1.
  package static func series(of machineType: String) -> String {
    let first = String(machineType.prefix { $0 != "-" })
    return first == "custom" ? "n1" : first
  }
}
