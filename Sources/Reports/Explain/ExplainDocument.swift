import Billing
import CloudCosts
import Scenarios

/// What `plimsoll explain` tells of one hour.
package struct ExplainDocument: Hashable, Sendable, Encodable {
  package var scenario: String
  package var run: String
  package var outcome: String
  package var currency: String
  package var hour: String
  /// All usage of the hour at on-demand prices.
  @JSONNumber package var list: Money
  /// What the hour costs: covered usage, usage on demand, and what is not used.
  @JSONNumber package var cost: Money
  package var steps: [Step]
  package var onDemand: [Leftover]
  package var commitments: [Use]
  /// Nil where nothing is promised.
  package var promises: [Promise]?
  /// Nil where nothing is given up.
  package var givenUp: [GivenUp]?

  /// A commitment meets usage.
  package struct Step: Hashable, Sendable, Encodable {
    package var order: Int
    package var commitment: String
    package var owner: String
    package var product: Product
    package var account: String
    package var region: String
    package var instanceType: String
    package var operatingSystem: String
    /// `vCPUs` or `memory` of Google's machines; nil: the whole machine.
    package var part: String?
    package var instanceHours: Double
    /// Per instance-hour.
    package var rate: Double
    package var onDemandPrice: Double
    /// 1 − rate / onDemandPrice.
    package var saving: Double
    @JSONNumber package var cost: Money
    @JSONNumber package var list: Money
    package var tier: String
    package var audience: String
    package var rule: String
    package var source: String

    private enum CodingKeys: String, CodingKey {
      case order, commitment, owner, product, account, region
      case instanceType = "instance_type"
      case operatingSystem = "operating_system"
      case part
      case instanceHours = "instance_hours"
      case rate
      case onDemandPrice = "on_demand_price"
      case saving, cost, list, tier, audience, rule, source
    }
  }

  /// Usage that stays on demand.
  package struct Leftover: Hashable, Sendable, Encodable {
    package var account: String
    package var region: String
    package var instanceType: String
    package var operatingSystem: String
    /// As in a step.
    package var part: String?
    package var instanceHours: Double
    @JSONNumber package var cost: Money
    package var reason: String

    private enum CodingKeys: String, CodingKey {
      case account, region
      case instanceType = "instance_type"
      case operatingSystem = "operating_system"
      case part
      case instanceHours = "instance_hours"
      case cost, reason
    }
  }

  /// A commitment that is active in the hour.
  package struct Use: Hashable, Sendable, Encodable {
    package var id: String
    package var owner: String
    package var product: Product
    @JSONNumber package var cost: Money
    @JSONNumber package var unused: Money
  }

  private enum CodingKeys: String, CodingKey {
    case scenario, run, outcome, currency, hour, list, cost, steps
    case onDemand = "on_demand"
    case commitments
    case promises = "spend_commitments"
    case givenUp = "given_up"
  }

  /// - Parameter account: tells only of the usage and the commitments of this account; nil: of all.
  package init(
    _ billed: BilledOutcome, at hour: Hour, account: String? = nil
  ) throws(FindingsError) {
    let window = billed.demand.window
    guard window.start <= hour, hour < window.end else {
      throw FindingsError([
        Finding(
          .error, rule: "explain.outside-window", place: "--hour",
          message: "\(hour) lies outside the window \(window.start) to \(window.end)",
          remedy: "Name an hour of the window.")
      ])
    }
    let accounts = Set(billed.demand.groups.map(\.account) + billed.commitments.map(\.account))
    if let account, !accounts.contains(account) {
      throw FindingsError([
        Finding(
          .error, rule: "explain.unknown-account", place: "--account",
          message: "neither usage nor commitments are of the account \"\(account)\"",
          remedy: "Use one of: \(accounts.filter { !$0.isEmpty }.sorted().joined(separator: ", "))."
        )
      ])
    }
    let trace: HourTrace
    do {
      trace = try billed.judge.trace(billed.demand, under: billed.commitments, at: hour)
      promises = try Self.promises(billed, at: hour)
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([])
    }
    scenario = billed.scenario
    run = billed.run
    outcome = billed.outcome.rawValue
    currency = billed.judge.prices.currency
    self.hour = hour.iso8601
    let isAbout = { (name: String) in account == nil || account == name }
    steps = trace.applications.enumerated().map { Step($1, order: $0 + 1) }
      .filter { isAbout($0.account) || isAbout($0.owner) }
    onDemand = trace.onDemand.filter { isAbout($0.group.account) }.map(Leftover.init)
    commitments = trace.commitments.filter { isAbout($0.commitment.account) }.map(Use.init)
    givenUp = Self.givenUp(billed, at: hour)
    let usage = steps.filter { isAbout($0.account) }
    _list = JSONNumber(
      wrappedValue: usage.map(\.list).total() + onDemand.map(\.cost).total())
    _cost = JSONNumber(
      wrappedValue: usage.map(\.cost).total() + onDemand.map(\.cost).total()
        + commitments.map(\.unused).total() + (givenUp ?? []).map(\.cost).total())
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}

extension ExplainDocument.Step {
  fileprivate init(_ step: HourTrace.Application, order: Int) {
    let sku = step.group.sku
    self.init(
      order: order, commitment: step.commitment.id, owner: step.commitment.account,
      product: step.commitment.terms.product, account: step.group.account, region: sku.region,
      instanceType: sku.instanceType, operatingSystem: sku.operatingSystem,
      part: step.part?.rawValue, instanceHours: RunDocument.rounded(step.instanceHours),
      rate: RunDocument.rounded(step.rate), onDemandPrice: step.onDemandPrice,
      saving: step.onDemandPrice > 0
        ? RunDocument.rounded(1 - step.rate / step.onDemandPrice) : 0,
      cost: Money(rounding: step.instanceHours * step.rate),
      list: Money(rounding: step.instanceHours * step.onDemandPrice), tier: step.rule.tier,
      audience: step.rule.audience, rule: step.rule.order, source: step.rule.source)
  }
}

extension ExplainDocument.Leftover {
  fileprivate init(_ left: HourTrace.Leftover) {
    let sku = left.group.sku
    self.init(
      account: left.group.account, region: sku.region, instanceType: sku.instanceType,
      operatingSystem: sku.operatingSystem, part: left.part?.rawValue,
      instanceHours: RunDocument.rounded(left.instanceHours),
      cost: Money(rounding: left.instanceHours * left.onDemandPrice), reason: left.reason)
  }
}

extension ExplainDocument.Use {
  fileprivate init(_ waste: HourTrace.Waste) {
    self.init(
      id: waste.commitment.id, owner: waste.commitment.account,
      product: waste.commitment.terms.product, cost: Money(rounding: waste.cost),
      unused: Money(rounding: waste.unused))
  }
}
