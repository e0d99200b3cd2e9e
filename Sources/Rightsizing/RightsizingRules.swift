import CloudCosts

/// What a changed machine must still be able to do. Percentages are of the machine's capacity.
///
/// The percentiles were chosen with 500 machines of the Bitbrains trace and Azure's trace in sight
/// (Tests/Performance/Sizes). Sized on the first half of Bitbrains they leave 0.17 % of the second
/// half's machine-hours above capacity. Memory counts further out than CPU.
package struct RightsizingRules: Hashable, Sendable {
  /// How memory that no one measured is treated where an action would take some away.
  package enum UnknownMemory: Hashable, Sendable {
    /// A machine keeps at least the memory it has.
    case keep
    /// Memory may shrink unseen.
    case allow
    /// As if this much, in percent of what it has, were used at most.
    case assume(Double)
  }

  /// `max_cpu`: the projected percentile of the hours' busiest moments must stay below it.
  package var maxCPU: Double
  /// `cpu_percentile`: which percentile of the hours' busiest moments counts, 0 to 100.
  package var cpuPercentile: Double
  /// `max_memory`: the projected percentile of the hours' highest use must stay below it.
  package var maxMemory: Double
  /// `memory_percentile`: 100 is the highest use there was; a machine short of processors is slow,
  /// one short of memory may be dead.
  package var memoryPercentile: Double
  /// `max_throughput`: the same for network and disk throughput, at the percentile of CPU, of what
  /// the machine may use all the time.
  package var maxThroughput: Double
  /// `unknown_memory`.
  package var unknownMemory: UnknownMemory
  /// `idle_cpu`: a machine that stays below it in its percentile and in its maximum does nothing.
  package var idleCPU: Double
  /// `min_history_hours`: measured hours without which nothing is said of a machine.
  package var minHistoryHours: Int
  /// `max_sizes_down`: how many sizes (of those on sale) a machine may shrink; nil: any.
  package var maxSizesDown: Int?
  /// `actions`: what is allowed for all machines; a machine's own consent adds to it.
  package var actions: Set<ActionKind>
  /// `effort`: hours of work, where they are not the usual ones.
  package var effort: [ActionKind: Double]
  /// `hourly_rate`: what an hour of work costs, currency units.
  package var hourlyRate: Double
  /// `limits`: of all actions together.
  package var limits: ActionLimits

  /// What needs no owner's word: the system and its programs stay as they are, and so does the kind
  /// of processors. (On the trace, burstable types as a default left 0.56 % of hours above
  /// capacity.)
  package static let usualActions: Set<ActionKind> = [.size, .shape, .generation, .terminate]

  package init(
    maxCPU: Double = 90, cpuPercentile: Double = 99.4, maxMemory: Double = 90,
    memoryPercentile: Double = 99.7, maxThroughput: Double = 90,
    unknownMemory: UnknownMemory = .keep, idleCPU: Double = 3, minHistoryHours: Int = 168,
    maxSizesDown: Int? = nil, actions: Set<ActionKind> = usualActions,
    effort: [ActionKind: Double] = [:], hourlyRate: Double = 0,
    limits: ActionLimits = ActionLimits()
  ) {
    self.maxCPU = maxCPU
    self.cpuPercentile = cpuPercentile
    self.maxMemory = maxMemory
    self.memoryPercentile = memoryPercentile
    self.maxThroughput = maxThroughput
    self.unknownMemory = unknownMemory
    self.idleCPU = idleCPU
    self.minHistoryHours = minHistoryHours
    self.maxSizesDown = maxSizesDown
    self.actions = actions
    self.effort = effort
    self.hourlyRate = hourlyRate
    self.limits = limits
  }

  func hoursOfWork(_ kind: ActionKind) -> Double { effort[kind] ?? kind.usualEffort }
}
