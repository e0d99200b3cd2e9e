import CloudCosts

/// Google: vCPUs and memory are metered apart; the vCPUs count machines, by how many a machine has.
///
/// Machines' names are in labels only (`compute.googleapis.com/machine_spec`). SKUs' descriptions
/// are Google's ("N2 Instance Core running in Americas", "Spot Preemptible N2 Instance Core …").
struct GoogleMeter {
  let words: BillWords

  init(_ words: BillWords) { self.words = words }

  /// Hours are kept of vCPUs, and of the oldest machines, which are metered as a whole; of other
  /// services' meters; of accelerators and disks that no machine type has in its price.
  static let name = """
    case when lower(w_service) in (\(MeterSQL.categories(of: .gcp))) then 'meter'
      when (w_description like '%GPU running%' or w_description like '%SSD backed Local Storage%')
          and regexp_extract(w_details, '(^(?:\(built.joined(separator: "|")))-|lssd$)', 1) = '' then 'meter'
      when w_description like '%Core%' or w_description like '%Instance with%' then w_details else '' end
    """

  /// Series whose machines have accelerators or disks in their price.
  private static let built = GoogleBuiltMachine.series

  /// A machine's type out of a list of labels: JSON, or an engine's text of a list of structures.
  static func machineLabel(_ labels: String) -> String {
    "regexp_extract(\(labels), 'machine_spec[^A-Za-z]+(?:[Vv]alue[^A-Za-z]+)?([a-z][a-z0-9]*-[a-z0-9-]+)', 1)"
  }

  func usage(_ name: String) -> BilledUsage {
    let meter = words.lower(.description)
    let isSpot = meter.contains("preemptible") || meter.contains("spot")
    guard isComputeEngine else {
      let isKnown = NamedMeter.categories(of: .gcp).contains(words.lower(.service))
      return isSpot && isKnown ? .spot : named
    }
    guard let part = Part(meter) else { return .notMachine }
    if isSpot { return .spot }
    // Flex-start and calendar mode have prices of their own, which commitments do not lower (Google
    // Cloud, "Dynamic Workload Scheduler pricing").
    if meter.contains("dws ") { return BilledUsage.noCommitment }
    // A commitment's own fee, licences, sole-tenant nodes, and what is charged on top of the same
    // vCPUs (M2's upgrade premium, confidential computing) are counted in cores too.
    guard !GoogleMeter.extras.contains(where: meter.contains)
    else { return .notMachine }
    let type = words[.details]
    if part.isAttached, name == "meter" { return named }
    guard !type.isEmpty else { return .notMachine }
    let sku = SKU(provider: .gcp, region: words[.region], instanceType: type)
    let second = words.lower(.unit).hasPrefix("second") ? 3600.0 : 1
    switch part {
    case .whole: return .machine(sku, unitsPerHour: second)
    case .memory: return .part(sku)
    case .accelerator, .disk: return part.isImplied(by: type) ? .part(sku) : .notMachine
    case .core:
      guard let processors = GoogleMachineTypes.processors(of: type) else {
        return .aside(BilledUsage.unknownMachine)
      }
      return .machine(sku, unitsPerHour: processors * second)
    }
  }

  /// What a meter of another service, or of what is attached to machines, counts.
  private var named: BilledUsage {
    let unit = words.lower(.unit)
    return BilledUsage(
      named: NamedMeter.find(
        .gcp, category: words[.service], product: "", meter: words[.description], unit: unit,
        region: words[.region]), billedIn: unit)
  }

  private static let extras = [
    "commitment", "licens", "sole tenancy", "sole tenant", "premium", "confidential",
  ]

  /// What of a machine a meter counts.
  private enum Part {
    case core, memory, accelerator, disk, whole

    /// Whether it may be attached to machines that are priced without it.
    var isAttached: Bool { self == .accelerator || self == .disk }

    init?(_ meter: String) {
      if meter.contains("instance with") {
        self = .whole
      } else if meter.contains("core") {
        self = .core
      } else if meter.contains("instance ram") || meter.contains("optimized ram")
        || meter.contains("extended ram")
      {
        self = .memory
      } else if meter.contains("gpu") {
        self = .accelerator
      } else if meter.contains("local storage") || meter.contains("local ssd") {
        self = .disk
      } else {
        return nil
      }
    }

    /// Whether the machine type's price has it: accelerators of series that are built around them,
    /// disks of types that are named by them (Google Cloud, "GPU machine types", "About Local SSD
    /// disks").
    func isImplied(by type: String) -> Bool {
      let series = type.prefix { $0 != "-" }
      switch self {
      case .accelerator: return ["a2", "a3", "a4", "a4x", "g2", "g4"].contains(series)
      case .disk:
        return type.hasSuffix("lssd") && !type.hasSuffix("nolssd")
          || type.hasPrefix("a2-ultragpu") || ["a3", "a4", "a4x", "z3"].contains(series)
      case .core, .memory, .whole: return true
      }
    }
  }

  /// `us-central1/n2/core`: what a resource-based commitment's meter and those it covers have in
  /// common.
  ///
  /// Commitments to N1 name no series; custom machines use those of their series.
  var pool: String {
    let meter = words.lower(.description)
    guard
      let part = Part(
        meter.replacing(" cpu ", with: " core ").replacing(" ram ", with: " instance ram "))
    else { return "" }
    let isCommitment = meter.hasPrefix("commitment")
    var name = isCommitment ? meter.split(separator: ":").dropFirst().joined() : meter
    if let end = name.firstRange(of: " running in ") ?? name.firstRange(of: " in ") {
      name = String(name[..<end.lowerBound])
    }
    let series = name.split(separator: " ").filter { !GoogleMeter.unnamed.contains(String($0)) }
    return "\(words[.region])/\(part == .disk ? "" : series.joined(separator: " "))/\(part)"
  }

  private static let unnamed: Set<String> = [
    "n1", "predefined", "instance", "custom", "extended", "core", "cpu", "ram", "amd", "arm",
    "intel", "spot", "preemptible",
  ]

  private var isComputeEngine: Bool {
    let service = words.lower(.service)
    return service.isEmpty || service == "compute engine"
  }
}
