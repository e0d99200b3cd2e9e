/// What Google prices, commits to and discounts apart in one machine.
///
/// Source: Google Cloud, "Resource-based pricing" (machine types are billed as vCPUs and memory,
/// each by itself) and "Resource-based committed use discounts" (a commitment is to vCPUs and
/// memory of a series in a region, for predefined and custom machines alike, not for those that
/// share a core); read in stored copies of 2024 to 2026.
package enum MachinePart: String, Hashable, Sendable, CaseIterable {
  case processors = "vCPUs"
  case memory = "memory"
}

/// What a machine has of each part.
package struct MachineResources: Hashable, Sendable {
  package var processors: Double
  /// GiB.
  package var memory: Double

  package init(processors: Double, memory: Double) {
    self.processors = processors
    self.memory = memory
  }

  /// GiB that cost as much as one vCPU.
  ///
  /// Google's list keeps this ratio in the general-purpose and compute-optimized series: on demand
  /// in us-central1 N1 0.031611 / 0.004237, E2 0.02181159 / 0.00292353, N2 0.031611 / 0.004237, N2D
  /// 0.027502 / 0.003686, C2 0.03398 / 0.00455: 7.46 to 7.47. A price book has prices of machines
  /// only; this splits them.
  package static let memoryPerProcessor = 7.46

  package func amount(of part: MachinePart) -> Double { part == .memory ? memory : processors }

  /// All of it in vCPUs: memory counts by its price.
  package var worth: Double { processors + memory / MachineResources.memoryPerProcessor }

  /// What of the machine's price is that of a part; the two make 1.
  package func share(of part: MachinePart) -> Double {
    let memoryShare = memory / MachineResources.memoryPerProcessor / worth
    return part == .memory ? memoryShare : 1 - memoryShare
  }
}

extension GoogleSizes {
  /// What a machine has whose parts are billed apart: predefined types of known series, and custom
  /// types (`n2-custom-4-10240`: vCPUs and MiB; without a series N1). Nil: it is billed as a whole
  /// here.
  package static func resources(of machineType: String) -> MachineResources? {
    if let known = GoogleMachineTypes.whole[machineType] {
      return MachineResources(processors: known.processors, memory: known.memory)
    }
    var parts = machineType.split(separator: "-", omittingEmptySubsequences: false)
    guard let custom = parts.firstIndex(of: "custom"), custom <= 1 else { return nil }
    parts.removeFirst(custom + 1)
    if parts.last == "ext" { parts.removeLast() }
    guard parts.count == 2, let processors = Double(parts[0]), let mebibytes = Double(parts[1]),
      processors > 0, mebibytes > 0, processors.isFinite, mebibytes.isFinite
    else { return nil }
    return MachineResources(processors: processors, memory: mebibytes / 1024)
  }

  /// Whether Google counts it with the custom types.
  package static func isCustom(_ machineType: String) -> Bool {
    machineType.split(separator: "-").prefix(2).contains("custom")
  }
}
