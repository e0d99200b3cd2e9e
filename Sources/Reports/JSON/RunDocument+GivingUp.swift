import CloudCosts
import Scenarios

extension RunDocument {
  /// One commitment that a plan gives up.
  package struct GivenUp: Hashable, Sendable, Codable {
    /// Of the owned list.
    package var id: String
    /// How: a value of `policy.may`.
    package var way: GivingUpWay
    package var product: Product
    /// ISO 8601: from when on it covers nothing, and when it is too late.
    package var at: String
    package var until: String
    /// What is paid out for it, after fees.
    @JSONNumber package var received: Money
    /// What it still costs: fees, and what a buyer does not pay for.
    @JSONNumber package var loss: Money
    /// By how much the bill would be higher if it were kept, the purchases as they are.
    @JSONNumber package var worth: Money
    /// What it becomes; nil: nothing, or what is bought anyway.
    package var becomes: Exchange?

    init(_ judged: JudgedGivingUp) {
      let entry = judged.givingUp
      id = entry.commitment.id
      way = entry.way
      product = entry.commitment.terms.product
      at = entry.at.iso8601
      until = entry.until.iso8601
      received = Money(rounding: entry.received)
      loss = Money(rounding: entry.loss)
      worth = judged.worth
      becomes = entry.replacement.flatMap { Exchange($0, trueUp: entry.trueUp ?? 0) }
    }

    var claim: GivingUpClaim {
      GivingUpClaim(id: id, way: way, target: becomes?.target.value)
    }

    /// What to do, as a sentence has it.
    package var words: String { becomes.map { way.words(for: $0) } ?? way.words }
  }

  /// What a convertible reservation becomes.
  package struct Exchange: Hashable, Sendable, Codable {
    package var target: ExchangeTarget
    /// As many as the provider gives for it.
    package var quantity: Double
    /// For one instance: the rest of what is paid on the first day, and every hour.
    package var upfront: Double
    package var hourly: Double
    /// ISO 8601: when it would have ended.
    package var end: String
    /// What is due at once, after what is credited.
    @JSONNumber package var trueUp: Money

    private enum CodingKeys: String, CodingKey {
      case target, quantity, upfront, hourly, end
      case trueUp = "true_up"
    }

    init?(_ replacement: Commitment, trueUp: Double) {
      guard case .reservation(let sku, _, let count, let upfront, let hourly) = replacement.subject
      else { return nil }
      target = ExchangeTarget(
        GivingUpClaim.Target(
          instanceType: sku.instanceType, operatingSystem: sku.operatingSystem,
          tenancy: sku.tenancy, payment: replacement.terms.payment))
      quantity = count
      self.upfront = upfront
      self.hourly = hourly
      end = replacement.end.iso8601
      self.trueUp = Money(rounding: trueUp)
    }
  }

  /// Which offer it becomes, of the same region and term.
  package struct ExchangeTarget: Hashable, Sendable, Codable {
    package var instanceType: String
    package var operatingSystem: String
    package var tenancy: String
    package var payment: PaymentOption

    private enum CodingKeys: String, CodingKey {
      case instanceType = "instance_type"
      case operatingSystem = "operating_system"
      case tenancy, payment
    }

    init(_ target: GivingUpClaim.Target) {
      instanceType = target.instanceType
      operatingSystem = target.operatingSystem
      tenancy = target.tenancy
      payment = target.payment
    }

    var value: GivingUpClaim.Target {
      GivingUpClaim.Target(
        instanceType: instanceType, operatingSystem: operatingSystem, tenancy: tenancy,
        payment: payment)
    }
  }

  /// How it was decided what to give up: outside the program, by planning and billing combinations.
  /// The plan's `bound` is the least of all of them; its `proof` is of the one that was chosen.
  /// Of those that were not planned the proof of keeping everything says enough.
  package struct GivingUpSearch: Hashable, Sendable, Codable {
    /// How many combinations were planned; the others cannot be better, or are not allowed.
    package var combinations: Int
    /// Ids of what could be given up too, and was kept without looking at it.
    package var notLookedAt: [String]
    /// What the plan costs less than the best one that keeps everything.
    @JSONNumber package var saves: Money
    /// The proofs of the other combinations that were planned; nil in documents of older versions.
    package var proofs: [CombinationProof]?

    private enum CodingKeys: String, CodingKey {
      case combinations
      case notLookedAt = "not_looked_at"
      case saves, proofs
    }

    init(_ decision: GivingUpDecision) {
      combinations = decision.combinations
      notLookedAt = decision.notLookedAt
      saves = decision.saves
      proofs = decision.proofs.map(CombinationProof.init)
    }
  }

  /// The proof of one combination.
  package struct CombinationProof: Hashable, Sendable, Codable {
    package struct Part: Hashable, Sendable, Codable {
      package var id: String
      package var way: GivingUpWay
      package var target: ExchangeTarget?
    }

    /// Empty: everything is kept.
    package var givenUp: [Part]
    package var proof: Proof?

    private enum CodingKeys: String, CodingKey {
      case givenUp = "given_up"
      case proof
    }

    init(_ combination: Scenarios.GivingUpProof) {
      givenUp = combination.givenUp.map {
        Part(id: $0.id, way: $0.way, target: $0.target.map(ExchangeTarget.init))
      }
      proof = combination.proof.map(Proof.init)
    }

    var value: Scenarios.GivingUpProof {
      GivingUpProof(
        givenUp: givenUp.map {
          GivingUpClaim(id: $0.id, way: $0.way, target: $0.target?.value)
        }, proof: proof?.value)
    }
  }
}

extension GivingUpWay {
  /// As a sentence has it, of what becomes another reservation.
  fileprivate func words(for exchange: RunDocument.Exchange) -> String {
    let count = Money(rounding: exchange.quantity).formatted(decimals: 0)
    let due = exchange.trueUp
    return "exchange it for \(count) × \(exchange.target.instanceType)"
      + " (\(exchange.target.operatingSystem), \(exchange.target.payment.rawValue)"
      + (due > .zero ? ", \(due.naturallyFormatted()) due at once)" : ")")
  }
}
