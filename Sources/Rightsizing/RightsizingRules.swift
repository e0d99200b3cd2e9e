/// What a smaller machine must still be able to do. Percentages are of the machine's capacity.
public struct RightsizingRules: Hashable, Sendable {
  /// `max_cpu`: the projected percentile of the hours' busiest moments must stay below it.
  public var maxCPU: Double
  /// `cpu_percentile`: which percentile of the hours' busiest moments counts, 0 to 100.
  public var cpuPercentile: Double
  /// `max_memory`: the projected highest use of memory must stay below it. The highest and not a
  /// percentile: a machine short of processors is slow, one short of memory is dead.
  public var maxMemory: Double
  /// `allow_unknown_memory`: whether memory may shrink where no one measured it.
  public var allowUnknownMemory: Bool
  /// `idle_cpu`: a machine that stays below it in its percentile and in its maximum does nothing.
  public var idleCPU: Double
  /// `min_history_hours`: measured hours without which nothing is said of a machine.
  public var minHistoryHours: Int
  /// `max_sizes_down`: how many sizes (of those on sale) a machine may shrink; nil: any.
  public var maxSizesDown: Int?

  public init(
    maxCPU: Double = 70, cpuPercentile: Double = 95, maxMemory: Double = 80,
    allowUnknownMemory: Bool = false, idleCPU: Double = 3, minHistoryHours: Int = 168,
    maxSizesDown: Int? = nil
  ) {
    self.maxCPU = maxCPU
    self.cpuPercentile = cpuPercentile
    self.maxMemory = maxMemory
    self.allowUnknownMemory = allowUnknownMemory
    self.idleCPU = idleCPU
    self.minHistoryHours = minHistoryHours
    self.maxSizesDown = maxSizesDown
  }
}
