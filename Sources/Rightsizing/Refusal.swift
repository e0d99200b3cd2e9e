import CloudCosts

/// Why a machine was not offered something: one finding a kind, for all machines together.
enum Refusal: String, Hashable, CaseIterable {
  case unknownMemory = "unknown-memory"
  case unknownSpeed = "unknown-speed"
  case architecture
  case localDisk = "local-disk"
  case credits
  case memory
  case network
  case disk
  case cpu

  /// Whether an answer by its owner, and no measurement, stands in the way.
  var isQuestion: Bool {
    switch self {
    case .unknownMemory, .unknownSpeed, .architecture, .localDisk: true
    case .credits, .memory, .network, .disk, .cpu: false
    }
  }

  var reason: String {
    switch self {
    case .unknownMemory: "no one measured their memory, and it would shrink"
    case .unknownSpeed: "the speed of the processors was never measured"
    case .architecture: "their programs would have to run on another kind of processor"
    case .localDisk: "the disk inside the machine would shrink"
    case .credits: "CPU credits would run out"
    case .memory: "their memory is needed"
    case .network: "their network is needed"
    case .disk: "the throughput of their disks is needed"
    case .cpu: "their processors are needed"
    }
  }

  var remedy: String {
    switch self {
    case .unknownMemory:
      "Measure memory (memory_max), or state it: rightsizing.unknown_memory: assume, with"
        + " assumed_memory: 60, or allow."
    case .unknownSpeed: "Nothing; try a machine of the type yourself."
    case .architecture:
      "Write architecture into the column may of the resources that run on both, or into"
        + " rightsizing.actions."
    case .localDisk: "Nothing; where the disk is empty, change such machines by hand."
    case .credits, .memory, .network, .disk, .cpu:
      "Nothing; the limits are rightsizing.max_cpu, cpu_percentile, max_memory and"
        + " memory_percentile."
    }
  }
}

/// What stood in the way, machine by machine.
struct RefusalTally {
  private var machines: [Refusal: [String]] = [:]
  private var lost: [Refusal: Double] = [:]

  /// - Parameter saving: what it would save more than what is offered, currency units per hour.
  mutating func add(_ refusal: Refusal, _ machine: String, saving: Double) {
    machines[refusal, default: []].append(machine)
    lost[refusal, default: 0] += saving
  }

  func findings(currency: String) -> [Finding] {
    Refusal.allCases.compactMap { refusal in
      guard let names = machines[refusal], let first = names.first else { return nil }
      let cents = Money(rounding: lost[refusal] ?? 0)
      return Finding(
        .note, rule: "utilization.\(refusal.rawValue)", place: first,
        message:
          "\(names.count) \(names.count == 1 ? "machine" : "machines") (\(Text.names(names)))"
          + " could be cheaper by up to \(Text.amount(cents.value)) \(currency) an hour on demand,"
          + " but \(refusal.reason).",
        remedy: refusal.remedy)
    }
  }
}
