import CloudCosts

/// Why a machine was not offered something: one finding a kind, for all machines together. Raw
/// values are names of rules, so they are spelled.
enum Refusal: String, Hashable, CaseIterable {
  case unknownMemory = "unknown-memory"
  case unknownSpeed = "unknown-speed"
  case architecture = "architecture"
  case burstable = "burstable"
  case schedule = "schedule"
  case localDisk = "local-disk"
  case accelerators = "accelerators"
  case credits = "credits"
  case memory = "memory"
  case network = "network"
  case disk = "disk"
  case cpu = "cpu"
  case nothingCheaper = "nothing-cheaper"

  /// What an action of a kind waits for, if that is someone's word; nil: it is not asked for.
  init?(missing kind: ActionKind) {
    switch kind {
    case .architecture: self = .architecture
    case .burstable: self = .burstable
    case .schedule: self = .schedule
    case .size, .shape, .generation, .terminate: return nil
    }
  }

  /// Whether an answer by its owner, and no measurement, is in the way.
  var isQuestion: Bool {
    switch self {
    case .unknownMemory, .unknownSpeed, .architecture, .burstable, .schedule, .localDisk,
      .accelerators:
      true
    case .credits, .memory, .network, .disk, .cpu, .nothingCheaper: false
    }
  }

  var reason: String {
    switch self {
    case .unknownMemory: "no one measured their memory, and it would shrink"
    case .unknownSpeed: "the speed of the processors was never measured"
    case .architecture: "their programs would have to run on another kind of processor"
    case .burstable: "their processors would be theirs for a part of the time only"
    case .schedule: "they would stand still in hours in which they never did anything"
    case .localDisk: "the disk inside the machine would shrink or go, or its size is not known"
    case .accelerators: "they would have other accelerators, or how many they have is not known"
    case .credits: "CPU credits would run out"
    case .memory: "their memory is needed"
    case .network: "their network is needed"
    case .disk: "the throughput of their disks is needed"
    case .cpu: "their processors are needed"
    case .nothingCheaper: "nothing smaller of their family, or like it, is on sale"
    }
  }

  var remedy: String {
    switch self {
    case .unknownMemory:
      "Measure memory (memory_max), or state it: rightsizing.unknown_memory: assume, with"
        + " assumed_memory: 60, or allow."
    case .unknownSpeed: "Nothing; try a machine of the type yourself."
    case .architecture, .burstable, .schedule:
      "Write \(rawValue) into the column may of the resources that may, or into"
        + " rightsizing.actions."
    case .localDisk:
      "Nothing; where the disk is not needed, change such machines by hand (Azure makes no machine"
        + " with such a disk one without: it is made anew from a snapshot)."
    case .accelerators: "Nothing; where fewer would do, change such machines by hand."
    case .nothingCheaper: "Nothing; or add the prices of smaller types."
    case .credits, .memory, .network, .disk, .cpu:
      "Nothing; the limits are rightsizing.max_cpu, cpu_percentile, max_memory and"
        + " memory_percentile."
    }
  }
}

/// What was in the way, machine by machine.
struct RefusalTally {
  private var machines: [Refusal: [String]] = [:]
  private var lost: [Refusal: Double] = [:]

  /// - Parameter saving: what it would save more than what is offered, currency units per hour;
  ///   nil: nothing would.
  mutating func add(_ refusal: Refusal, _ machine: String, saving: Double?) {
    machines[refusal, default: []].append(machine)
    if let saving { lost[refusal, default: 0] += saving }
  }

  func findings(currency: String) -> [Finding] {
    Refusal.allCases.compactMap { refusal in
      guard let names = machines[refusal], let first = names.first else { return nil }
      let saving = lost[refusal].map { amount in
        " could be cheaper by up to \(Text.amount(Money(rounding: amount).value)) \(currency) an"
          + " hour on demand, but \(refusal.reason)."
      }
      return Finding(
        .note, rule: "utilization.\(refusal.rawValue)", place: first,
        message: "\(Text.count(names.count)) (\(Text.names(names)))"
          + (saving ?? ": \(refusal.reason); they keep what they have."),
        remedy: refusal.remedy)
    }
  }
}
