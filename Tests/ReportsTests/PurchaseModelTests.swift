import CloudCosts
import Foundation
import Testing

@testable import Reports

/// Purchase commands against AWS's own service models: every option is a member of the request,
/// every member that is required has its option, and what can be known again is.
///
/// `Models/aws-purchases.json` is an extract of botocore's models, of names alone.
@Suite struct PurchaseModelTests {
  struct Models: Decodable {
    struct Service: Decodable { var operations: [String: Operation] }
    struct Operation: Decodable {
      var required: [String]
      var members: [String]
      var idempotencyToken: String?
    }
    var services: [String: Service]
  }

  static let models = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Models/aws-purchases.json")
    return try JSONDecoder().decode(Models.self, from: Data(contentsOf: file))
  }

  /// What the command line takes in addition to an operation's own options.
  static let global: Set<String> = ["--region", "--query", "--output"]

  /// The command line's name of a member is its words with dashes: without them they are one.
  static func key(_ name: some StringProtocol) -> String {
    name.lowercased().filter { $0 != "-" }
  }

  static func purchase(
    _ product: Product, type: String?, region: String?, amount: RunDocument.Purchase.Amount,
    payment: PaymentOption = .partialUpfront, system: String? = nil, zone: String? = nil
  ) -> RunDocument.Purchase {
    var purchase = SmallPurchase.template
    purchase.product = product
    purchase.instanceType = type
    purchase.region = region
    purchase.amount = amount
    purchase.payment = payment
    purchase.operatingSystem = system
    purchase.zone = zone
    return purchase
  }

  enum SmallPurchase {
    static let template = RunDocument.Purchase(
      SmallFixture.purchases[0].purchase.commitment)
  }

  static let purchases: [RunDocument.Purchase] = [
    purchase(.standardRI, type: "m5.large", region: "us-east-1", amount: .quantity(3)),
    purchase(
      .standardRI, type: "m5.large", region: "us-east-1", amount: .quantity(3), zone: "us-east-1a"),
    purchase(.convertibleRI, type: "m5.large", region: "us-east-1", amount: .quantity(3)),
    purchase(
      .computeSavingsPlan, type: nil, region: nil,
      amount: .hourlyCommitment(Money(rounding: 1.5))),
    purchase(
      .ec2InstanceSavingsPlan, type: "m5", region: "us-east-1",
      amount: .hourlyCommitment(Money(rounding: 1.5))),
  ]

  /// And one of every service that sells reservations of nodes by an interface of its own.
  static let nodes: [RunDocument.Purchase] = {
    let samples: [(service: String, type: String, engine: String?)] = [
      ("rds", "db.r6g.large", "PostgreSQL"), ("elasticache", "cache.r6g.large", "Redis"),
      ("memorydb", "memorydb/db.r6g.large", "Redis"), ("opensearch", "r6g.large.search", nil),
      ("redshift", "redshift/ra3.4xlarge", nil), ("redshift-serverless", "redshift/RPU", nil),
    ]
    return samples.compactMap { sample in
      Product.allCases.first { $0.api.interface == sample.service }.map {
        purchase(
          $0, type: sample.type, region: "us-east-1", amount: .quantity(2), payment: .noUpfront,
          system: sample.engine)
      }
    }
  }()

  @Test func allAreKnown() {
    #expect(Self.nodes.count == 6)
    for purchase in Self.purchases + Self.nodes {
      #expect(
        AWSPurchase(purchase, currency: "USD", token: "t") != nil, "\(purchase.product.title)")
    }
  }

  @Test(arguments: purchases + nodes) func optionsAreMembers(
    purchase: RunDocument.Purchase
  ) throws {
    let call = try #require(AWSPurchase(purchase, currency: "USD", token: "t"))
    for command in [call.lookup, call.buy, call.earlier].compactMap(\.self) {
      let operation = try Self.operation(command)
      let members = Set(operation.members.map(Self.key))
      let options = command.dropFirst(3).filter { $0.hasPrefix("--") }
      for option in options where !Self.global.contains(option) {
        let name = Self.key(option.dropFirst(2)).replacing(/^no(?=include)/, with: "")
        #expect(members.contains(name), "\(command[1]) \(command[2]) \(option)")
      }
      let given = Set(options.map { Self.key($0.dropFirst(2)) })
      #expect(given.isSuperset(of: operation.required.map(Self.key)), "\(command[2])")
    }
  }

  /// A request that has a token of its own gets ours.
  @Test(arguments: purchases + nodes) func whatCanBeKnownAgainIs(
    purchase: RunDocument.Purchase
  ) throws {
    let call = try #require(AWSPurchase(purchase, currency: "USD", token: "the-token"))
    let operation = try Self.operation(call.buy)
    if let member = operation.idempotencyToken {
      let option = call.buy.first { Self.key($0) == Self.key(member) }
      #expect(option == "--client-token")
    }
    #expect(call.isKnownAgain == call.buy.contains { $0.contains("the-token") })
    #expect(call.isKnownAgain == (call.earlier == nil))
  }

  private static func operation(_ command: [String]) throws -> Models.Operation {
    let service = try #require(try models.get().services[command[1]])
    let name = key(command[2])
    return try #require(service.operations.first { key($0.key) == name }?.value, "\(command[2])")
  }
}
