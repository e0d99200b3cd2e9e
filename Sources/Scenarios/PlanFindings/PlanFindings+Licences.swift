import CloudCosts

extension PlanFindings {
  /// What of the usage's price was taken to be licences, which no commitment covers.
  static func licences(_ splits: [LicenceSplit], _ demand: Demand, file: String) -> [Finding] {
    var costs: [SKU: Double] = [:]
    for (row, group) in demand.groups.enumerated() where group.sku.isLicence {
      costs[group.sku.zoneless, default: 0] += demand.hours(of: row).reduce(0, +)
    }
    func total(_ splits: [LicenceSplit]) -> String {
      Money(rounding: splits.reduce(0) { $0 + $1.licence * (costs[$1.sku.licence] ?? 0) })
        .formatted(decimals: 2)
    }
    let used = splits.filter { costs[$0.sku.licence] != nil }
    let split = used.filter { $0.machine != nil && $0.licence > 0 }
    let whole = used.filter { $0.machine == nil }
    var findings: [Finding] = []
    if let example = split.first, let machine = example.machine {
      findings.append(
        Finding(
          .note, rule: "prices.licence-split", place: file,
          message:
            "no commitment pays for licences: \(total(split)) of the usage's on-demand cost is"
            + " licences of \(split.count) machine type\(split.count == 1 ? "" : "s"). Prices with a"
            + " licence are split by the price of the same machine with Linux, such as \(example.sku):"
            + " \(Money(rounding: machine).formatted(decimals: 4)) machine,"
            + " \(Money(rounding: example.licence).formatted(decimals: 4)) licence",
          remedy: "nothing; with your own licences (Azure Hybrid Benefit) state the usage as Linux")
      )
    }
    for unknown in whole {
      findings.append(
        Finding(
          .warning, rule: "prices.licence-unknown", place: file,
          message:
            "\(file) has no price of \(unknown.sku.unlicensed), so that licence and machine of"
            + " \(unknown.sku) cannot be distinguished: no commitment is taken to cover its"
            + " \(total([unknown]))",
          remedy: "add the on-demand price of the same machine with the operating system Linux"))
    }
    return findings
  }
}
