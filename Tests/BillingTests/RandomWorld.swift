import CloudCosts
import TestSupport

/// A small organisation with random usage, prices and commitments.
struct RandomWorld {
  var demand: Demand
  var priceRows: [PriceRow]
  var commitments: [Commitment]
  var sharing = Sharing()

  var prices: PriceBook { PriceBook(rows: priceRows) }

  static let start = Hour(year: 2023, month: 11, day: 17, hour: 5)
  static let region = "eu-west-1"
  static let accounts = ["", "A", "B"]
  static let allTerms: [(Term, PaymentOption)] = [
    (.oneYear, .noUpfront), (.oneYear, .partialUpfront), (.threeYears, .allUpfront),
  ]

  /// - Parameter hours: long enough to cross month boundaries.
  init(seed: UInt64, hours: Int = 1500, commitments count: Int = 20) {
    var random = SeededGenerator(seed: seed)
    let skus = RandomWorld.skus
    priceRows = []
    var unitPrices: [String: Double] = [:]
    for sku in skus {
      // One price a normalised unit in a family, so that no reservation costs more than on-demand.
      let drawn = (Double.random(in: 0.005...0.1, using: &random) * 1e4).rounded() / 1e4
      let unitPrice = unitPrices[sku.family] ?? drawn
      unitPrices[sku.family] = unitPrice
      let units = SizeFlexibility.footprint(of: sku)?.units
      let onDemand = unitPrice * (units ?? NormalizationFactor.units(of: sku.instanceType) ?? 1)
      priceRows.append(PriceRow(sku: sku, product: .onDemand, hourly: onDemand))
      for (term, payment) in RandomWorld.allTerms {
        for product in RandomWorld.plans(sku.provider)
        where Bool.random(using: &random) || product != .ec2InstanceSavingsPlan {
          // Some rates lie above on-demand, and some tie.
          let factors = [0.5, 0.6, 0.7, 0.75, 0.75, 1, 1.1]
          let factor = factors.randomElement(using: &random) ?? 1
          priceRows.append(
            PriceRow(
              sku: sku, product: product, term: term, payment: payment, hourly: onDemand * factor))
        }
      }
      priceRows.append(
        PriceRow(
          sku: sku, product: RandomWorld.reservation(sku.provider), term: .oneYear,
          payment: .partialUpfront,
          upfront: onDemand * 8760 * 0.25, hourly: onDemand * 0.3))
    }
    var groups: Set<UsageGroup> = []
    for sku in skus {
      for account in RandomWorld.accounts where Bool.random(using: &random) {
        let zone = sku.provider == .aws ? ["", "a", "b"].randomElement(using: &random) ?? "" : ""
        groups.insert(UsageGroup(account: account, sku: sku.inZone(zone)))
      }
    }
    let ordered = groups.sorted()
    let window = HourWindow(start: RandomWorld.start, hours: hours)
    var quantities: [Double] = []
    for _ in ordered {
      let level = Double.random(in: 0...8, using: &random)
      for _ in 0..<hours {
        let quantity = level * Double.random(in: 0...1.5, using: &random)
        quantities.append(Bool.random(using: &random) ? quantity.rounded() : quantity)
      }
    }
    demand = Demand(window: window, groups: ordered, quantities: quantities)
    commitments = []
    let book = PriceBook(rows: priceRows)
    for i in 0..<count {
      commitments.append(RandomWorld.commitment("c\(i)", book, hours, &random))
    }
  }

  /// The same world under random preferences of sharing, and with random scopes on Azure and
  /// Google.
  func sharing(seed: UInt64) -> RandomWorld {
    var random = SeededGenerator(seed: seed &+ 4711)
    var world = self
    let groups: [[String: Set<String>]] = [
      ["x": ["A", "B"]], ["x": ["A"], "y": ["B"]], ["x": ["", "A"], "y": ["B"]], ["y": ["B"]],
    ]
    world.sharing = Sharing(
      mode: Sharing.Mode.allCases.randomElement(using: &random) ?? .organization,
      groups: groups.randomElement(using: &random) ?? [:],
      off: Set(["A", "B"].filter { _ in Int.random(in: 0..<4, using: &random) == 0 }))
    for c in world.commitments.indices {
      let provider = world.commitments[c].terms.product.provider
      let reaches: [Commitment.Reach] =
        [.shared, .account, .group("x"), .group("y")]
        + (provider == .aws ? [.shared, .shared, .groupFirst("x"), .groupFirst("y")] : [])
      world.commitments[c].reach = reaches.randomElement(using: &random) ?? .shared
      world.commitments[c].coversOtherSizes =
        provider != .azure || Int.random(in: 0..<3, using: &random) > 0
    }
    return world
  }

  private static func plans(_ provider: Provider) -> [Product] {
    switch provider {
    case .aws: [.ec2InstanceSavingsPlan, .computeSavingsPlan]
    case .azure: [.azureSavingsPlan]
    case .gcp: [.gcpFlexibleCUD]
    }
  }

  private static func reservation(_ provider: Provider) -> Product {
    switch provider {
    case .aws: .standardRI
    case .azure: .azureReservation
    case .gcp: .gcpResourceCUD
    }
  }

  private static let skus: [SKU] = {
    let types =
      ["large", "xlarge", "2xlarge"].flatMap { ["m5.\($0)", "c5.\($0)"] } + ["g5.xlarge"]
    return types.map { SKU(provider: .aws, region: region, instanceType: $0) }
      + [
        SKU(
          provider: .aws, region: region, instanceType: "m5.large", operatingSystem: "Windows")
      ]
      + ["DS1_v2", "DS3_v2", "E2s_v5", "E8s_v5", "M64s"].map {
        SKU(provider: .azure, region: region, instanceType: "Standard_\($0)")
      }
      + ["e2-standard-2", "e2-standard-8", "e2-highmem-2", "e2-micro"].map {
        SKU(provider: .gcp, region: region, instanceType: $0)
      }
  }()

  private static let widePlans: [Provider: Product] = [
    .aws: .computeSavingsPlan, .azure: .azureSavingsPlan, .gcp: .gcpFlexibleCUD,
  ]

  private static func commitment(
    _ id: String, _ book: PriceBook, _ hours: Int, _ random: inout SeededGenerator
  ) -> Commitment {
    let begin = RandomWorld.start + Int.random(in: -3000..<hours, using: &random)
    let account = accounts.randomElement(using: &random) ?? ""
    let kind = Int.random(in: 0..<6, using: &random)
    if kind < 2, let offer = book.reservations.randomElement(using: &random) {
      let count = Double(Int.random(in: 1...6, using: &random))
      return Commitment(
        id: id, account: account, terms: offer.terms,
        subject: .reservation(
          sku: offer.sku, zone: kind == 0 && offer.sku.provider == .aws ? "a" : nil, count: count,
          upfront: offer.upfront, hourly: offer.hourly),
        start: begin, end: begin + Int.random(in: 100...8760, using: &random))
    }
    let (term, payment) = allTerms.randomElement(using: &random) ?? (.oneYear, .noUpfront)
    let narrow = kind == 2
    let provider: Provider = kind == 4 ? .azure : kind == 5 ? .gcp : .aws
    let family = ["m5", "c5", "g5"].randomElement(using: &random)
    return Commitment(
      id: id, account: account,
      terms: OfferTerms(
        product: narrow ? .ec2InstanceSavingsPlan : widePlans[provider] ?? .computeSavingsPlan,
        term: term, payment: payment),
      subject: .savingsPlan(
        scope: SavingsPlanScope(
          provider: provider, region: narrow ? region : nil, family: narrow ? family : nil),
        hourlyCommitment: (Double.random(in: 0.1...6, using: &random) * 1000).rounded() / 1000),
      start: begin, end: begin + Int.random(in: 100...8760, using: &random))
  }
}
