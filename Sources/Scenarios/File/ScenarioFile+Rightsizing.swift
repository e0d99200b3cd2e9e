import CloudCosts
import Ingest
import Rightsizing

extension ScenarioParser {
  /// The section `rightsizing`.
  func rightsizing(_ section: ScenarioSection) -> RightsizingRules {
    var rules = RightsizingRules()
    rules.maxCPU = section.percent("max_cpu") ?? rules.maxCPU
    rules.cpuPercentile = section.percent("cpu_percentile") ?? rules.cpuPercentile
    rules.maxMemory = section.percent("max_memory") ?? rules.maxMemory
    rules.memoryPercentile = section.percent("memory_percentile") ?? rules.memoryPercentile
    rules.maxThroughput = section.percent("max_throughput") ?? rules.maxThroughput
    rules.unknownMemory = unknownMemory(section)
    rules.idleCPU =
      section.number("idle_cpu", "from 0 to 100 (percent)") { (0...100).contains($0) }
      ?? rules.idleCPU
    rules.minHistoryHours = section.count("min_history_hours", from: 0) ?? rules.minHistoryHours
    rules.maxSizesDown = section.count("max_sizes_down", from: 1)
    if let actions = section.choices("actions", from: ActionKind.allCases) {
      rules.actions = Set(actions)
    }
    rules.effort = effort(section)
    rules.hourlyRate =
      section.number("hourly_rate", "from 0 (currency units)") { $0 >= 0 && $0 <= 1e6 } ?? 0
    rules.limits = ActionLimits(
      most: section.count("max_actions", from: 0),
      risk: section.number("max_risk", "from 0 to 1") { (0...1).contains($0) },
      effortPerMonth: section.number("max_effort_per_month", "from 0 (hours)") {
        $0 >= 0 && $0 <= 1e6
      })
    return rules
  }

  private func unknownMemory(_ section: ScenarioSection) -> RightsizingRules.UnknownMemory {
    let assumed = section.percent("assumed_memory") ?? 80
    let flag = section.flag("allow_unknown_memory")
    let choice: UnknownMemoryChoice? = section.choice("unknown_memory")
    switch choice {
    case .keep: return .keep
    case .allow: return .allow
    case .assume: return .assume(assumed)
    case nil: return flag == true ? .allow : .keep
    }
  }

  private enum UnknownMemoryChoice: String, CaseIterable { case keep, allow, assume }

  /// Hours of work by kind of action.
  private func effort(_ section: ScenarioSection) -> [ActionKind: Double] {
    guard section.entry("effort") != nil else { return [:] }
    let map = section.section("effort")
    var effort: [ActionKind: Double] = [:]
    for kind in ActionKind.allCases where map.entry(kind.rawValue) != nil {
      effort[kind] = map.number(kind.rawValue, "from 0 (hours)") { $0 >= 0 && $0 <= 1e6 }
    }
    return effort
  }
}
