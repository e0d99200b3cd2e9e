import CloudCosts

/// Why a type fits, in words.
struct ReasonText {
  let check: FitCheck
  let to: Market.Offer
  let fit: ActionFit

  var text: String {
    var parts = [cpu, memory]
    if let share = above { parts.append(share) }
    return parts.joined(separator: "; ") + "."
  }

  private var cpu: String {
    let rules = check.rules
    let old = check.load.percentile(rules.cpuPercentile, of: .cpu) ?? 0
    let new = old * (check.cpuRatio(to) ?? 1)
    return "\(Text.ordinal(rules.cpuPercentile)) percentile of CPU \(Text.percent(old)) on"
      + " \(check.from.sku.instanceType) → \(Text.percent(new)) on \(to.sku.instanceType), limit"
      + " \(Text.limit(rules.maxCPU))"
  }

  private var memory: String {
    let rules = check.rules
    let ratio = check.from.type.memory / to.type.memory
    guard let old = check.load.percentile(rules.memoryPercentile, of: .memory) else {
      if ratio <= 1 { return "memory unknown, and no less than before" }
      if case .assume(let used) = rules.unknownMemory {
        return "memory unknown, taken to be \(Text.limit(used)) → \(Text.percent(used * ratio)),"
          + " limit \(Text.limit(rules.maxMemory))"
      }
      return "memory unknown, which unknown_memory: allow permits"
    }
    let name =
      rules.memoryPercentile >= 100
      ? "highest memory" : "\(Text.ordinal(rules.memoryPercentile)) percentile of memory"
    return "\(name) \(Text.percent(old)) → \(Text.percent(old * ratio)), limit"
      + " \(Text.limit(rules.maxMemory))"
  }

  private var above: String? {
    guard fit.hoursAbove > 0 else { return nil }
    return "\(fit.hoursAbove) of \(fit.hours) hours had a peak above it"
  }
}
