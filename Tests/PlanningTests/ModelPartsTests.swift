import CloudCosts
import MIP
import TestSupport
import Testing

@testable import Planning

/// Usage of several providers and services: programs that nothing ties together.
@Suite struct ModelPartsTests {
  /// A kind of usage, and what of its price on demand commitments cost.
  private struct Kind {
    var sku: SKU
    var price: Double
    var rates: [Rate]
  }

  private struct Rate {
    var product: Product
    var term: CloudCosts.Term
    var share: Double

    init(_ product: Product, _ term: CloudCosts.Term, _ share: Double) {
      (self.product, self.term, self.share) = (product, term, share)
    }
  }

  /// Machines of two providers with two plans for all each, and cache nodes of two engines, of
  /// which the reservations of one cover the other.
  static func problem(
    hours: Int = 48, policy: Policy = Policy(), seed: UInt64 = 3
  ) throws -> PlanningProblem {
    let cache = try #require(Product(rawValue: "ri-elasticache"))
    let database = try #require(Product(rawValue: "sp-database"))
    var random = SeededGenerator(seed: seed)
    var kinds: [Kind] = []
    func share(_ middle: Double) -> Double {
      middle + Double.random(in: -0.04...0.04, using: &random)
    }
    for f in 0..<8 {
      let machine = SKU(
        provider: .aws, region: "us-east-1", instanceType: "x\(String(100 + f)).large")
      kinds.append(
        Kind(
          sku: machine, price: Double.random(in: 0.1...1, using: &random),
          rates: [
            Rate(.standardRI, .oneYear, share(0.63)), Rate(.standardRI, .threeYears, share(0.44)),
            Rate(.computeSavingsPlan, .oneYear, share(0.72)),
            Rate(.computeSavingsPlan, .threeYears, share(0.54)),
          ]))
      let azure = SKU(provider: .azure, region: "uksouth", instanceType: "Standard_X\(f)00_v9")
      kinds.append(
        Kind(
          sku: azure, price: Double.random(in: 0.1...1, using: &random),
          rates: [
            Rate(.azureReservation, .oneYear, share(0.6)),
            Rate(.azureReservation, .threeYears, share(0.4)),
            Rate(.azureSavingsPlan, .oneYear, share(0.7)),
            Rate(.azureSavingsPlan, .threeYears, share(0.53)),
          ]))
    }
    for region in ["us-east-1", "us-west-2"] {
      for (engine, factor) in [("Redis", 1.0), ("Valkey", 0.8)] {
        for (size, units) in [("large", 1.0), ("xlarge", 2), ("2xlarge", 4), ("4xlarge", 8)] {
          let node = SKU(
            provider: .aws, region: region, instanceType: "cache.r6g.\(size)",
            operatingSystem: engine)
          kinds.append(
            Kind(
              sku: node, price: 0.2 * factor * units,
              rates: [
                Rate(cache, .oneYear, 0.66), Rate(cache, .threeYears, 0.46),
                Rate(database, .oneYear, 0.8),
              ]
            ))
        }
      }
    }
    return PlanningProblem(
      demand: Demand(
        window: HourWindow(start: RandomInstance.start, hours: hours),
        groups: kinds.map { UsageGroup(sku: $0.sku) },
        quantities: kinds.flatMap { _ in
          let level = Double.random(in: 20...200, using: &random)
          return (0..<hours).map { _ in
            (level * Double.random(in: 0.4...1.2, using: &random)).rounded()
          }
        }),
      prices: PriceBook(
        rows: kinds.flatMap { kind in
          [PriceRow(sku: kind.sku, product: .onDemand, hourly: kind.price)]
            + kind.rates.map { rate in
              PriceRow(
                sku: kind.sku, product: rate.product, term: rate.term, payment: .noUpfront,
                hourly: kind.price * rate.share)
            }
        }), policy: policy)
  }

  @Test func eachIsSolvedAloneAndAllAreProvenTogether() throws {
    let problem = try Self.problem()
    let model = try AgreementTests.model(problem)
    let parts = model.parts
    #expect(parts.count == 3)
    #expect(parts.reduce(0) { $0 + $1.model.skus.count } == model.skus.count)
    #expect(parts.reduce(0) { $0 + $1.model.pools.count } == model.pools.count)
    #expect(parts.flatMap(\.instruments).sorted() == Array(model.instruments.indices))
    let whole = parts.reduce(0) { $0 + $1.model.eligible + $1.model.ineligible }
    #expect(abs(whole - model.eligible - model.ineligible) < 1e-6 * whole)

    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-3, timeLimit: 60)).plan()
    let certificate = plan.certificate
    #expect(certificate.stop == .gapReached && certificate.gap <= 1e-3)
    let proof = try #require(certificate.proof)
    #expect(proof.parts.count == 3)
    #expect(abs(proof.bound - certificate.bound) <= 1e-6 * certificate.bound)
    let relaxation = try Solver(ExtensiveForm(model, name: "all").program).solveRelaxation()
    #expect(certificate.bound <= relaxation.objective * (1 + 1e-9))
    let check = try PlanCheck(
      problem, purchases: plan.purchases.map(\.commitment), actions: [], proof: certificate.proof)
    let proven = try #require(check.bound)
    #expect(abs(proven - certificate.bound) <= 1e-6 * proven)
    #expect(abs(check.objective - certificate.objective) <= 1e-9 * check.objective)
    #expect(check.unknown.isEmpty)
  }

  @Test func proofsOfOtherPartsAreRefused() throws {
    let problem = try Self.problem()
    let model = try AgreementTests.model(problem)
    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-3, timeLimit: 60)).plan()
    let proof = try #require(plan.certificate.proof)
    let verifier = BoundVerifier(model)
    #expect(verifier.bound(proof) != nil)
    var fewer = proof
    fewer.parts.removeLast()
    #expect(verifier.bound(fewer) == nil)
    var nested = proof
    nested.parts[0] = proof
    #expect(verifier.bound(nested) == nil)
    var limited = problem
    limited.policy.maxHourlyCommitment = 100
    #expect(BoundVerifier(try AgreementTests.model(limited)).bound(proof) == nil)
  }

  /// What a limit ties together is one program, and its hours are looked at as closely as those of
  /// each part: four plans for everything are two for each provider.
  @Test func limitsTieAllTogetherAndHoursStayExact() throws {
    let model = try AgreementTests.model(
      Self.problem(policy: Policy(maxThreeYearShare: 0.4)))
    #expect(model.parts.isEmpty)
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-4, timeLimit: 60), clock: Stopwatch())
    let tables = decomposition.costToGo.oracle.tables
    #expect(tables.widest.count > 3 && tables.scalesSets && !tables.isSmall)
    #expect(tables.sets.allSatisfy { $0.pools.count == 2 })
    _ = try decomposition.relax(to: 1e-4, from: decomposition.firstPoint(WarmStart()))
    let relaxation = try Solver(ExtensiveForm(model, name: "all").program).solveRelaxation()
    #expect(decomposition.bound <= relaxation.objective * (1 + 1e-9))
    #expect(decomposition.bound >= relaxation.objective * (1 - 2e-4))
  }

  /// Reservations of Redis nodes cover Valkey too: cuts are as high as hours cost, whichever of the
  /// two pools comes first in the file.
  @Test func poolsInsideOthersAreUsedFirst() throws {
    let problem = try Self.problem(hours: 240)
    let model = try AgreementTests.model(problem)
    let part = try #require(
      model.parts.first { $0.model.skus.contains { $0.instanceType.hasPrefix("cache") } })
    let costToGo = CostToGo(part.model)
    #expect(!costToGo.oracle.tables.isSmall && costToGo.oracle.tables.isNarrowContested)
    var random = SeededGenerator(seed: 9)
    for _ in 0..<3 {
      let purchased = costToGo.capacities.map { capacity in
        let pool = part.model.pools[capacity.pool]
        let mean = pool.members.reduce(0) { sum, member in
          sum + member.use * part.model.demand.column(member.sku, path: 0).reduce(0, +) / 240
        }
        return (mean * Double.random(in: 0...0.7, using: &random)).rounded()
      }
      let exact = try FamiliesOfSizesTests.exact(costToGo, purchased)
      let held = costToGo.evaluate(purchased: purchased, actions: []).values.reduce(0, +)
      let allocated = costToGo.allocate(purchased: purchased, actions: []).total
      #expect(held <= exact * (1 + 1e-9) && exact <= allocated * (1 + 1e-9))
      #expect(held >= exact * (1 - 1e-3), "\(held) of \(exact)")
      #expect(allocated <= exact * (1 + 1e-3), "\(allocated) of \(exact)")
    }
  }
}
