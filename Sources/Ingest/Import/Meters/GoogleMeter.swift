import CloudCosts

/// Google: vCPUs and memory are metered apart; the vCPUs count machines, by how many a machine has.
///
/// Machines' names are in labels only (`compute.googleapis.com/machine_spec`). SKUs' descriptions are Google's
/// ("N2 Instance Core running in Americas", "Spot Preemptible N2 Instance Core …").
struct GoogleMeter {
  let words: BillWords

  init(_ words: BillWords) { self.words = words }

  static let name = "case when w_description like '%Core%' then w_details else '' end"

  /// A machine's type out of a list of labels: JSON, or an engine's text of a list of structures.
  static func machineLabel(_ labels: String) -> String {
    "regexp_extract(\(labels), 'machine_spec[^A-Za-z]+(?:[Vv]alue[^A-Za-z]+)?([a-z][a-z0-9]*-[a-z0-9-]+)', 1)"
  }

  func usage(_ name: String) -> BilledUsage {
    let meter = words.lower(.description)
    guard meter.contains("core"), isComputeEngine else { return .notMachine }
    if meter.contains("preemptible") || meter.contains("spot") { return .spot }
    // A commitment's own fee, licences, and sole-tenant nodes are counted in cores too.
    guard !["commitment", "licens", "sole tenancy", "sole tenant"].contains(where: meter.contains)
    else { return .notMachine }
    guard !name.isEmpty else { return .notMachine }
    guard let processors = GoogleMachineTypes.processors(of: name) else {
      return .aside(BilledUsage.unknownMachine)
    }
    return .machine(
      SKU(provider: .gcp, region: words[.region], instanceType: name),
      unitsPerHour: processors * (words.lower(.unit).hasPrefix("second") ? 3600 : 1))
  }

  private var isComputeEngine: Bool {
    let service = words.lower(.service)
    return service.isEmpty || service == "compute engine"
  }
}
