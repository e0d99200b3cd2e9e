import CloudCosts

@testable import Planning

/// A small problem for each constraint family, with that limit set.
enum PolicySample {
  static let web = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  static let batch = SKU(provider: .aws, region: "us-east-1", instanceType: "c5.large")
  /// Two hours, of which the second lies in another month.
  static let window = HourWindow(start: Hour(year: 2024, month: 1, day: 31, hour: 23), hours: 2)

  static let rows = [
    PriceRow(sku: web, product: .onDemand, hourly: 0.1),
    PriceRow(sku: batch, product: .onDemand, hourly: 0.09),
    PriceRow(
      sku: web, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: 0.065),
    PriceRow(
      sku: web, product: .standardRI, term: .threeYears, payment: .allUpfront,
      upfront: 0.045 * 26_280, hourly: 0),
    PriceRow(
      sku: batch, product: .standardRI, term: .oneYear, payment: .partialUpfront,
      upfront: 0.025 * 8760, hourly: 0.03),
  ]

  static let demand = Demand(
    window: window,
    groups: [
      UsageGroup(account: "lab", sku: web), UsageGroup(account: "shop", sku: batch),
      UsageGroup(account: "shop", sku: web),
    ], quantities: [2, 1, 3, 1, 1, 1])

  /// The limit alone, tight enough to change the plan.
  static func policy(_ family: PolicyFamily) -> Policy {
    var policy = Policy()
    switch family {
    case .maxUpfront: policy.maxUpfront = 1300
    case .maxUpfrontPerMonth: policy.maxUpfrontPerMonth = 1500
    case .maxHourlyCommitment: policy.maxHourlyCommitment = 0.1
    case .maxThreeYearShare: policy.maxThreeYearShare = 0.5
    case .minCoverage: policy.minCoverage = 0.9
    case .maxCoverage: policy.maxCoverage = 0.5
    case .minCoverageBy:
      policy.minCoverageBy = UsageShares(families: ["c5": 0.6], accounts: ["lab": 0.9])
    case .maxCoverageBy: policy.maxCoverageBy = UsageShares(families: ["m5": 0.8])
    case .maxExpiringPerMonth: policy.maxExpiringPerMonth = 0.1
    case .minPurchase: policy.minPurchase = 0.11
    case .maxPurchases: policy.maxPurchases = 1
    case .maxBreakEvenMonths: policy.maxBreakEvenMonths = 12
    case .minUtilization: policy.minUtilization = 1
    case .exclude: policy.exclude = UsageExclusion(families: ["c5"], accounts: ["lab"])
    case .costOfCapital: policy.costOfCapital = 0.5
    case .maxActions: policy.actions.most = 1
    case .maxRisk: policy.actions.risk = 0.2
    case .maxEffortPerMonth: policy.actions.effortPerMonth = 3
    case .may: policy.worthAtOnce = [.standardRI: 5000]
    case .together: break
    }
    return policy
  }

  /// Two machines that may go; the first later, too.
  private static var machines: [RightsizingCandidate] {
    var later = gone(cost: 0)
    later.start = window.start + 1
    later.hours = [1]
    return [([0, 1], [gone(cost: 0), later]), ([0], [gone(cost: 0)])].enumerated().map {
      RightsizingCandidate(
        resource: Resource(id: "i-\($0 + 1)", group: UsageGroup(account: "lab", sku: web)),
        runningHours: $1.0, actions: $1.1)
    }
  }

  /// A machine that goes, with half of its hours at risk.
  private static func gone(cost: Double) -> CandidateAction {
    CandidateAction(
      target: nil, reason: "",
      fit: ActionFit(readings: [], unknown: [], hours: 2, hoursAbove: 1, band: 0...1), effort: 2,
      cost: cost)
  }

  static func problem(_ family: PolicyFamily) -> PlanningProblem {
    var problem = PlanningProblem(
      demand: demand, prices: PriceBook(rows: rows), policy: policy(family))
    switch family {
    case .minUtilization, .maxExpiringPerMonth, .exclude:
      problem.owned = [
        Commitment(
          id: "owned", terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
          subject: .reservation(sku: web, zone: nil, count: 1, upfront: 0, hourly: 0.065),
          start: window.start + -100, end: window.start + 8660)
      ]
    case .maxActions, .maxRisk, .maxEffortPerMonth: problem.candidates = machines
    case .together:
      problem.candidates = machines
      // By itself the second would stay: what its change costs is more than it saves.
      for i in problem.candidates.indices {
        problem.candidates[i].resource.fleet = "web"
        problem.candidates[i].actions = [gone(cost: i == 0 ? 0 : 1)]
      }
    default: break
    }
    return problem
  }
}
