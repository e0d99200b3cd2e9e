import CloudCosts

/// What could be done with machines, and what stands in the way.
public struct RightsizingAdvice: Hashable, Sendable {
  /// In the order of the history, only machines with at least one action.
  public var candidates: [RightsizingCandidate]
  public var findings: [Finding]

  public init(candidates: [RightsizingCandidate], findings: [Finding]) {
    self.candidates = candidates
    self.findings = findings
  }
}

/// Finds machines that a smaller size, or none, would serve.
///
/// It only says what is safe and cheaper on demand; whether to do it depends on commitments, and
/// that is the optimizer's to decide.
public struct Rightsizer: Sendable {
  public let rules: RightsizingRules
  private let ladder: SizeLadder

  public init(prices: PriceBook, rules: RightsizingRules = RightsizingRules()) {
    self.rules = rules
    ladder = SizeLadder(prices)
  }

  /// The actions that the whole of a history allows, for the hours that lie in `window`.
  public func advice(_ history: UtilizationHistory, window: HourWindow) -> RightsizingAdvice {
    var advice = RightsizingAdvice(candidates: [], findings: [])
    for series in history.series {
      let running = series.runningHours(in: window)
      guard !running.isEmpty else { continue }
      guard let load = Load(series, rules: rules) else {
        advice.findings.append(tooShort(series))
        continue
      }
      guard let rung = ladder.rung(of: series.resource.group.sku) else { continue }
      var actions: [CandidateAction] = []
      if let action = termination(rung, load) { actions.append(action) }
      let sizes = smallerSizes(rung, load)
      if load.memoryMax == nil, !rules.allowUnknownMemory {
        // Smaller sizes of a family have less memory, so none keeps what the machine has.
        if let first = sizes.first {
          advice.findings.append(unknownMemory(series, first))
        }
      } else {
        actions += sizes.map { resize(rung, to: $0, load, zone: series.resource.group.sku.zone) }
      }
      guard !actions.isEmpty else { continue }
      advice.candidates.append(
        RightsizingCandidate(
          resource: series.resource, runningHours: running, actions: actions))
    }
    return advice
  }

  private func termination(_ rung: SizeLadder.Rung, _ load: Load) -> CandidateAction? {
    guard rung.onDemand > 0, load.cpuPercentile < rules.idleCPU, load.cpuMax < rules.idleCPU
    else { return nil }
    let name = Text.ordinal(rules.cpuPercentile)
    return CandidateAction(
      target: nil,
      reason: "Idle: \(name) percentile of CPU \(Text.percent(load.cpuPercentile)) and highest "
        + "CPU \(Text.percent(load.cpuMax)) in \(load.hours) hours, both below "
        + "\(Text.limit(rules.idleCPU)).")
  }

  /// Smaller and cheaper sizes that the load, as far as it is known, would fit.
  private func smallerSizes(_ rung: SizeLadder.Rung, _ load: Load) -> [SizeLadder.Rung] {
    ladder.smaller(than: rung).prefix(max(0, rules.maxSizesDown ?? .max)).filter { smaller in
      let ratio = rung.units / smaller.units
      return smaller.onDemand < rung.onDemand && load.cpuPercentile * ratio < rules.maxCPU
        && (load.memoryMax ?? 0) * ratio < rules.maxMemory
    }
  }

  private func resize(
    _ rung: SizeLadder.Rung, to smaller: SizeLadder.Rung, _ load: Load, zone: String
  ) -> CandidateAction {
    let ratio = rung.units / smaller.units
    let (from, to) = (rung.sku.instanceType, smaller.sku.instanceType)
    let name = Text.ordinal(rules.cpuPercentile)
    var reason =
      "\(name) percentile of CPU \(Text.percent(load.cpuPercentile)) on \(from) → "
      + "\(Text.percent(load.cpuPercentile * ratio)) on \(to), limit \(Text.limit(rules.maxCPU)); "
    if let memory = load.memoryMax {
      reason +=
        "highest memory \(Text.percent(memory)) → \(Text.percent(memory * ratio)), "
        + "limit \(Text.limit(rules.maxMemory))."
    } else {
      reason += "memory unknown, which allow_unknown_memory permits."
    }
    return CandidateAction(target: smaller.sku.inZone(zone), reason: reason)
  }

  private func tooShort(_ series: UtilizationSeries) -> Finding {
    let known = series.cpuMax.count(where: \.isFinite)
    return Finding(
      .note, rule: "utilization.short-history", place: series.resource.id,
      message: "CPU of \(series.resource.id) is known for \(known) hours; rightsizing needs "
        + "\(rules.minHistoryHours).",
      remedy: "Measure for longer, or lower min_history_hours.")
  }

  private func unknownMemory(_ series: UtilizationSeries, _ first: SizeLadder.Rung) -> Finding {
    Finding(
      .note, rule: "utilization.unknown-memory", place: series.resource.id,
      message: "CPU of \(series.resource.id) would fit \(first.sku.instanceType), but its memory "
        + "use is not known, so it keeps the memory it has.",
      remedy: "Measure memory (memory_max), or set allow_unknown_memory.")
  }
}
