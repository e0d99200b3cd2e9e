import CloudCosts

/// The measures by which a practice is placed, and from where each is at walk and at run.
///
/// Sources: FinOps Foundation, "FinOps Maturity Model" (framework.finops.org/framework/
/// maturity-model, CC BY 4.0, sample goals: commitment discounts cover about 60 % at crawl, 70 % at
/// walk, 80 % at run; 50, 80 and 90 % of cost are allocated). Where the Framework names a measure
/// and no level (commitment discount waste, savings), the level is this program's and says so.
enum MaturityRules {
  static let framework = "FinOps Framework, Maturity Model, sample goals"
  static let own = "the FinOps Framework names the measure; the levels are Plimsoll's"

  static func measures(_ assessment: Assessment, allocated: Double?) -> [MaturityMeasure] {
    let total = assessment.total
    var result: [MaturityMeasure] = []
    if let coverage = total.coverage {
      result.append(
        MaturityMeasure(
          name: "coverage", value: coverage, walk: 0.7, run: 0.8, source: framework,
          next: "cover the machines that always run: plimsoll advise \(assessment.path)"))
    }
    if let used = total.utilization {
      result.append(
        MaturityMeasure(
          name: "utilization", value: used, walk: 0.9, run: 0.97, source: own,
          next: "let what is not used end, exchange or share it, before anything new is bought"))
    }
    if let captured = assessment.efficiency?.captured {
      result.append(
        MaturityMeasure(
          name: "savings captured", value: captured, walk: 0.4, run: 0.7, source: own,
          next: "plan for the futures of this usage: plimsoll advise \(assessment.path)"))
    }
    let hourly = assessment.expiries.map(\.hourly).reduce(0, +)
    if hourly > 0, let largest = assessment.expiries.map(\.hourly).max() {
      result.append(
        MaturityMeasure(
          name: "largest quarter of expiries", value: largest / hourly, walk: 0.5, run: 0.34,
          isInverse: true, source: own,
          next: "buy in steps, so that not all ends at once: ladder and max_expiring_per_month"))
    }
    if let allocated {
      result.append(
        MaturityMeasure(
          name: "allocation", value: allocated, walk: 0.8, run: 0.9, source: framework,
          next: "tag what is not tagged; plimsoll inform --by tag shows it"))
    }
    return result
  }
}
