import CloudCosts

/// Machines of which nothing can be said: they keep what they have.
struct SilentMachines {
  let rules: RightsizingRules
  private var short: [(id: String, hours: Int)] = []
  private var unknown: [(id: String, sku: SKU)] = []

  init(rules: RightsizingRules) { self.rules = rules }

  mutating func addShort(_ series: UtilizationSeries) {
    short.append((series.resource.id, series.cpuMax.count(where: \.isFinite)))
  }

  mutating func addUnknown(_ resource: Resource) {
    unknown.append((resource.id, resource.group.sku.zoneless))
  }

  var findings: [Finding] {
    var findings: [Finding] = []
    if let first = short.first {
      findings.append(
        Finding(
          .note, rule: "utilization.short-history", place: first.id,
          message: "CPU peaks of \(Text.count(short.count)) (\(Text.names(short.map(\.id)))) are"
            + " known for fewer than \(rules.minHistoryHours) hours (\(first.id): \(first.hours)):"
            + " they keep what they have.",
          remedy: "Measure for longer, with the highest value of each hour, or lower"
            + " min_history_hours."))
    }
    for (sku, machines) in Dictionary(grouping: unknown, by: \.sku).sorted(by: { $0.key < $1.key })
    {
      let isStrange = MachineType.of(sku.asListed) == nil
      let who = "\(Text.count(machines.count)) (\(Text.names(machines.map(\.id)))) of \(sku)"
      findings.append(
        Finding(
          .note, rule: "utilization.unknown-type", place: machines[0].id,
          message: isStrange
            ? "\(who): the catalogue of machines does not know the type; they keep it."
            : "\(who): the type has no price on demand in the list; they keep it.",
          remedy: isStrange
            ? "Check the spelling of \(sku.instanceType); where it is right, look at these"
              + " machines by hand."
            : "Add the price on demand of \(sku.instanceType)."))
    }
    return findings
  }
}
