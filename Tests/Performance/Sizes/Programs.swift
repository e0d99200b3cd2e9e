import CloudCosts
import Foundation
import Planning
import Rightsizing

/// Machines made up by a seed, in six families at proportional prices.
struct MadeFleet {
  static let start = Hour(year: 2025, month: 3, day: 3)
  let window = HourWindow(start: MadeFleet.start, hours: 720)
  let history: UtilizationHistory
  let prices: PriceBook

  private static let families: [(name: String, price: Double)] = [
    ("m5", 0.012), ("c5", 0.0106), ("r5", 0.0158), ("m6i", 0.012), ("c6i", 0.0106),
    ("r6i", 0.0158),
  ]
  private static let sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"]

  /// When machines run.
  enum Hours: String, CaseIterable {
    case always = "machines that always run"
    /// From an hour of its own in the first half of the window.
    case growing = "machines that start one after another"
    /// From an hour of its own to another, and 16 hours of each day: no two of them are alike.
    case own = "machines that run in hours of their own"

    func contains(_ hour: Int, of number: Int) -> Bool {
      switch self {
      case .always: true
      case .growing: hour >= number * 37 % 360
      case .own:
        hour >= number * 37 % 240 && hour < 720 - number * 53 % 240 && (hour + number * 7) % 24 < 16
      }
    }
  }

  init(machines: Int, running: Hours = .always) {
    var random: UInt64 = 7
    func next() -> Double {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(random >> 11) / Double(1 << 53)
    }
    history = UtilizationHistory(
      series: (0..<machines).map { number in
        let family = Self.families[number % 3].name
        let type = "\(family).\(Self.sizes[1 + number / 3 % 4])"
        let level = 5 + 40 * next() * next()
        let memory = 8 + 40 * next()
        let hours = (0..<720).filter { running.contains($0, of: number) }
        let cpu = hours.map { hour in
          min(100, level * (0.6 + 0.8 * next()) * (hour % 24 > 7 ? 1.2 : 0.6))
        }
        return UtilizationSeries(
          resource: Resource(
            id: "i-\(1_000_000 + number)", group: UsageGroup(sku: Self.sku(type))),
          hours: hours.map { MadeFleet.start + $0 }, cpuMax: cpu,
          cpuAvg: cpu.map { $0 * 0.6 },
          memoryMax: cpu.map { _ in memory * (0.9 + 0.2 * next()) },
          memoryAvg: cpu.map { _ in memory })
      })
    prices = PriceBook(
      rows: Self.families.flatMap { family in
        Self.sizes.flatMap { size -> [PriceRow] in
          let sku = Self.sku("\(family.name).\(size)")
          let price = family.price * 2 * (NormalizationFactor.units(of: sku.instanceType) ?? 4)
          return [
            PriceRow(sku: sku, product: .onDemand, hourly: price),
            PriceRow(
              sku: sku, product: .standardRI, term: .oneYear, payment: .noUpfront,
              hourly: price * 0.63),
            PriceRow(
              sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront,
              hourly: price * 0.73),
            PriceRow(
              sku: sku, product: .ec2InstanceSavingsPlan, term: .oneYear, payment: .noUpfront,
              hourly: price * 0.66),
          ]
        }
      })
  }

  static func sku(_ type: String) -> SKU {
    SKU(provider: .aws, region: "us-east-1", instanceType: type)
  }

  /// All machines that run, hour by hour.
  var demand: Demand {
    let groups = Set(history.series.map(\.resource.group)).sorted()
    let index = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
    var quantities = [Double](repeating: 0, count: groups.count * window.hours)
    for series in history.series {
      guard let row = index[series.resource.group] else { continue }
      for hour in series.hours { quantities[row * window.hours + (hour - window.start)] += 1 }
    }
    return Demand(window: window, groups: groups, quantities: quantities)
  }
}

/// 10,000 machines × 720 hours to candidates.
enum Candidates {
  static func run() {
    let fleet = MadeFleet(machines: 10_000)
    let rightsizer = Rightsizer(prices: fleet.prices)
    var advice = RightsizingAdvice(candidates: [], findings: [])
    let spent = Sizes.seconds { advice = rightsizer.advice(fleet.history, window: fleet.window) }
    let actions = advice.candidates.map(\.actions.count).reduce(0, +)
    print(
      "10,000 machines × 720 hours: \(advice.candidates.count) candidates, \(actions) actions in"
        + String(format: " %.2f s", spent))
  }
}

/// 2,000 machines × about 5 actions, with commitments and limits on actions, to a gap of 0.1 %.
enum Program {
  private struct Case {
    var name: String
    var limits = ActionLimits()
    var isOwned = true
    var machines = 2_000
    /// How many machines of a type change together.
    var together = 1
  }

  private static let cases = [
    Case(name: "no limit"),
    Case(name: "1,000 actions, 0.1 % risk", limits: ActionLimits(most: 1_000, risk: 0.001)),
    Case(name: "500 actions, 0.01 % risk", limits: ActionLimits(most: 500, risk: 0.0001)),
    Case(name: "1,900 actions, 0.02 % risk", limits: ActionLimits(most: 1_900, risk: 0.0002)),
    Case(
      name: "nothing owned, 1,000 actions, 0.02 % risk",
      limits: ActionLimits(most: 1_000, risk: 0.0002), isOwned: false),
    Case(name: "nothing owned", isOwned: false, machines: 1_200),
    Case(name: "in groups of four", together: 4),
  ]

  /// - Parameter words: runs only machines and limits whose names have them.
  static func run(only words: String?) {
    for running in MadeFleet.Hours.allCases {
      let cases = cases.filter { one in
        words.map { "\(running.rawValue), \(one.name)".contains($0) } ?? true
      }
      guard !cases.isEmpty else { continue }
      print(running.rawValue)
      let fleet = MadeFleet(machines: 4_000, running: running)
      var advice = Rightsizer(prices: fleet.prices).advice(fleet.history, window: fleet.window)
      advice.candidates = Array(advice.candidates.filter { $0.actions.count >= 2 }.prefix(2_000))
      for index in advice.candidates.indices {
        advice.candidates[index].actions = Array(advice.candidates[index].actions.prefix(5))
      }
      for one in cases {
        run(one, fleet, grouped(Array(advice.candidates.prefix(one.machines)), by: one.together))
      }
    }
  }

  /// Every few machines of a type change together, as behind a load balancer.
  private static func grouped(
    _ candidates: [RightsizingCandidate], by size: Int
  ) -> [RightsizingCandidate] {
    guard size > 1 else { return candidates }
    var before: [UsageGroup: Int] = [:]
    return candidates.map { candidate in
      var candidate = candidate
      let group = candidate.resource.group
      candidate.resource.fleet = "\(group.sku) \(before[group, default: 0] / size)"
      before[group, default: 0] += 1
      return candidate
    }
  }

  private static func run(_ one: Case, _ fleet: MadeFleet, _ candidates: [RightsizingCandidate]) {
    let owned = Commitment(
      id: "owned", account: "",
      terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
      subject: .reservation(
        sku: MadeFleet.sku("m5.xlarge"), zone: nil, count: 300, upfront: 0, hourly: 0.121),
      start: MadeFleet.start + -2000, end: MadeFleet.start + 6760)
    var policy = Policy(maxThreeYearShare: nil)
    policy.actions = one.limits
    let problem = PlanningProblem(
      demand: fleet.demand, prices: fleet.prices, owned: one.isOwned ? [owned] : [],
      policy: policy, candidates: candidates)
    let actions = candidates.map(\.actions.count).reduce(0, +)
    print("\(one.name): \(candidates.count) machines, \(actions) actions, 720 hours")
    do {
      var plan: Plan?
      let start = ContinuousClock.now
      let spent = try Sizes.seconds {
        plan = try Planner(problem, effort: PlanningEffort(gap: 1e-3, timeLimit: 120)).plan()
      }
      guard let plan else { return }
      let wall = (ContinuousClock.now - start) / .seconds(1)
      print(
        String(
          format: "  %.1f s of processor, %.1f s, gap %.4f %%, objective %.0f,"
            + " %d actions taken, %d purchases, %@",
          spent, wall, plan.certificate.gap * 100, plan.certificate.objective, plan.actions.count,
          plan.purchases.count, plan.certificate.stop.rawValue))
    } catch {
      print("  failed: \(error)")
    }
    fflush(nil)
  }
}
