import CloudCosts

/// CPU credits of a burstable machine in standard mode, hour by hour.
///
/// One credit is a processor for a minute. What is earned and not used is kept, that of 24 hours at
/// most; a machine without credits gets its baseline. It starts with none. (EC2 User Guide,
/// "Burstable performance instances"; Microsoft Learn, "B-series CPU credit model". Google promises
/// no credits for shared cores: there an hour that needs more than the baseline is throttled.)
struct CreditSimulation {
  private let earned: Double
  private let most: Double
  private let processors: Double

  /// Nil for machines whose processors are their own.
  init?(_ type: MachineType) {
    guard let perHour = type.creditsPerHour else { return nil }
    earned = perHour
    most = type.provider == .gcp ? 0 : perHour * 24
    processors = type.processors
  }

  /// The hours (indices) that would be throttled.
  ///
  /// - Parameter ratio: percent of these processors for a percent of the measured ones.
  func throttledHours(_ load: Load, ratio: Double) -> Set<Int> {
    var balance = 0.0
    var result: Set<Int> = []
    for h in load.cpu.indices {
      // An unknown mean is no higher than the peak.
      let mean = load.cpuAverage[h].isFinite ? load.cpuAverage[h] : load.cpu[h]
      guard mean.isFinite else { continue }
      let used = min(1, mean * ratio / 100) * processors * 60
      balance += earned - used
      if balance < -1e-9 {
        result.insert(h)
        balance = 0
      }
      balance = min(balance, most)
    }
    return result
  }
}
