import CloudCosts

/// Compares a machine's load with what another type has.
struct FitCheck {
  let from: Market.Offer
  let load: Load
  let rules: RightsizingRules
  // At the percentiles of the rules; nil where too few hours are known.
  private let cpu: Double
  private let memory: Double?
  private let network: Double?
  private let disk: Double?

  init(from: Market.Offer, load: Load, rules: RightsizingRules) {
    self.from = from
    self.load = load
    self.rules = rules
    cpu = load.percentile(rules.cpuPercentile, of: .cpu) ?? 100
    memory = load.percentile(rules.memoryPercentile, of: .memory)
    network = load.percentile(rules.cpuPercentile, of: .network)
    disk = load.percentile(rules.cpuPercentile, of: .disk)
  }

  /// The old work over the new: what a percent of the old processors is of the new ones. Sizes of a
  /// family have the same processors; between families CoreMark tells, and where it was not
  /// measured, the number of processors of a generation that is no older.
  func cpuRatio(_ to: Market.Offer) -> Double? {
    if to.family == from.family { return from.type.processors / to.type.processors }
    if let old = from.type.speed, let new = to.type.speed, new > 0 { return old / new }
    guard to.type.architecture == from.type.architecture,
      (to.type.generation ?? 0) >= (from.type.generation ?? 0)
    else { return nil }
    return from.type.processors / to.type.processors
  }

  /// The first thing that a type does not fit; nil: it does, as far as is known.
  func refusal(_ to: Market.Offer) -> Refusal? {
    guard let ratio = cpuRatio(to) else { return .unknownSpeed }
    guard cpu * ratio < rules.maxCPU else { return .cpu }
    if let refusal = memoryRefusal(to) { return refusal }
    guard carries(network, from.type.network, to.type.network) else { return .network }
    guard carries(disk, from.type.disk, to.type.disk) else { return .disk }
    guard keepsDisk(to) else { return .localDisk }
    return keepsAccelerators(to) ? nil : .accelerators
  }

  /// What is on the disks inside is not measured: none shrinks, but for scratch space that comes
  /// with every size of a series.
  ///
  /// Azure makes no machine with a disk inside one without, nor the other way round (Microsoft
  /// Learn, "Azure VM sizes with no local temporary disk").
  private func keepsDisk(_ to: Market.Offer) -> Bool {
    let hadDisk = from.type.localDisk != 0
    if from.type.provider == .azure, hadDisk != (to.type.localDisk != 0) { return false }
    if from.type.hasScratchDisk || !hadDisk { return true }
    guard let old = from.type.localDisk, let new = to.type.localDisk else { return false }
    return new >= old
  }

  /// What accelerators do is not measured either.
  private func keepsAccelerators(_ to: Market.Offer) -> Bool {
    to.type.accelerators == from.type.accelerators
      && to.type.accelerator == from.type.accelerator
      && (from.type.shape != .accelerated || from.type.accelerators > 0)
  }

  /// Whether half of the machine would do, by what is known: then it is worth saying that there is
  /// nothing smaller.
  var halfWouldDo: Bool {
    cpu * 2 < rules.maxCPU && memory.map { $0 * 2 < rules.maxMemory } ?? true
  }

  /// More throughput than it has now is never asked for.
  private func carries(_ used: Double?, _ old: Double?, _ new: Double?) -> Bool {
    guard let used, let new, new < old ?? .infinity else { return true }
    return used < new * rules.maxThroughput / 100
  }

  private func memoryRefusal(_ to: Market.Offer) -> Refusal? {
    let ratio = from.type.memory / to.type.memory
    if let used = memory {
      // As much memory as before is always enough.
      return ratio <= 1 || used * ratio < rules.maxMemory ? nil : .memory
    }
    guard ratio > 1 else { return nil }
    switch rules.unknownMemory {
    case .keep: return .unknownMemory
    case .allow: return nil
    case .assume(let used): return used * ratio < rules.maxMemory ? nil : .unknownMemory
    }
  }

  private func projected(_ p: Double, _ metric: ActionFit.Metric, by ratio: Double) -> Double? {
    load.percentile(p, of: metric).map { $0 * ratio }
  }

  /// How the load fits, hour by hour; credits of burstable machines are simulated.
  func fit(_ to: Market.Offer) -> ActionFit {
    let cpu = cpuRatio(to) ?? 1
    let memory = from.type.memory / to.type.memory
    let ratios: [(ActionFit.Metric, Double?)] = [
      (.cpu, cpu), (.memory, memory), (.network, to.type.network.map { 100 / $0 }),
      (.disk, to.type.disk.map { 100 / $0 }),
    ]
    var readings: [ActionFit.Reading] = []
    var unknown: [ActionFit.Metric] = []
    for (metric, ratio) in ratios {
      guard let ratio, load.isKnown(metric) else {
        // Memory that does not shrink needs no one to measure it.
        if metric != .memory || memory > 1 { unknown.append(metric) }
        continue
      }
      func at(_ p: Double) -> Double { projected(p, metric, by: ratio) ?? 0 }
      readings.append(
        ActionFit.Reading(
          metric: metric, p50: at(50), p95: at(95), p99half: at(99.5), max: at(100)))
    }
    let throttled = CreditSimulation(to.type)?.throttledHours(load, ratio: cpu) ?? []
    let above = AboveCapacity(
      load, cpu: cpu, memory: memory, network: to.type.network, disk: to.type.disk,
      throttled: throttled)
    return ActionFit(
      readings: readings, unknown: unknown, hours: above.hours, hoursAbove: above.count,
      band: above.band)
  }
}
