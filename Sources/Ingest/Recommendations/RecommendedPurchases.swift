import CloudCosts

/// What a recommendation was computed from; a provider computes one for each way of looking, as if
/// the others were not bought.
package struct RecommendationBasis: Hashable, Comparable, Sendable {
  /// `shared`, `single`, `project`; empty where it does not say.
  package var scope = ""
  /// `last 30 days`; empty where it does not say.
  package var lookback = ""
  /// Google: `stable usage` or `optimal`.
  package var variant = ""

  package init(scope: String = "", lookback: String = "", variant: String = "") {
    self.scope = scope
    self.lookback = lookback
    self.variant = variant
  }

  fileprivate var parts: [String] { [scope, lookback, variant] }

  package static func < (a: RecommendationBasis, b: RecommendationBasis) -> Bool {
    a.parts.lexicographicallyPrecedes(b.parts)
  }
}

/// What a provider recommends to buy, as commitments that start where the plan does.
package struct RecommendedPurchases: Sendable {
  package var commitments: [Commitment]
  /// Of each commitment that says so, what it was computed from.
  package var bases: [Commitment.ID: RecommendationBasis] = [:]
  /// Google: whom it serves only the scenario can say.
  package var unscoped: Set<Commitment.ID> = []
  /// For each commitment its line.
  package var lines: [Int] = []
  /// The file, as its user calls it.
  package var file: String
  /// So many more are recommended and cannot be judged.
  package var leftOut = 0

  package init(commitments: [Commitment], file: String, leftOut: Int = 0) {
    self.commitments = commitments
    self.file = file
    self.leftOut = leftOut
  }

  /// Each way of buying by itself.
  ///
  /// Providers compute each as if the others were not bought. Two are alternatives where their
  /// terms or payments differ, or where both may pay for usage of the same service: Standard and
  /// Convertible reservations, reservations and savings plans, one for an account and one for all,
  /// those of the last week and of the last month. Reservations of machines and of databases are
  /// bought together.
  package var alternatives: [RecommendedPurchases] {
    let groups = Dictionary(grouping: commitments) { commitment in
      Conditions(term: commitment.terms.term, payment: commitment.terms.payment)
    }
    let varying = RecommendationBasis.varying(Set(commitments.map(basis(of:))))
    var seen: Set<[Commitment.ID]> = []
    var ways: [(words: String, commitments: [Commitment])] = []
    for (conditions, members) in groups.sorted(by: { $0.key < $1.key }) {
      for basis in Set(members.map(basis(of:))).sorted() {
        for way in PaidFor.ways(of: seenTogether(members, under: basis))
        where seen.insert(way.commitments.map(\.id).sorted()).inserted {
          ways.append((way.words(conditions.words) + basis.words(varying), way.commitments))
        }
      }
    }
    guard ways.count > 1 else { return [self] }
    return ways.enumerated().map { index, way in
      var alternative = self
      alternative.commitments = way.commitments
      alternative.file = "\(file), \(way.words)"
      alternative.leftOut = index == 0 ? leftOut : 0
      return alternative
    }
  }

  private func basis(of commitment: Commitment) -> RecommendationBasis {
    bases[commitment.id] ?? RecommendationBasis()
  }

  /// What was computed from one basis, and from others for services that it leaves out.
  private func seenTogether(
    _ members: [Commitment], under basis: RecommendationBasis
  ) -> [Commitment] {
    var together = members.filter { self.basis(of: $0) == basis }
    for other in Set(members.map(self.basis(of:))).subtracting([basis]).sorted() {
      let taken = together.reduce(into: Set<Service>()) { $0.formUnion($1.services) }
      together += members.filter {
        self.basis(of: $0) == other && taken.isDisjoint(with: $0.services)
      }
    }
    return together
  }
}

extension Commitment {
  /// Whose usage it may pay for.
  fileprivate var services: Set<Service> {
    switch subject {
    case .reservation(let sku, _, _, _, _): [sku.service]
    case .savingsPlan: Set(terms.product.services)
    }
  }
}

extension RecommendationBasis {
  /// Which of the parts differ between several.
  fileprivate static func varying(_ bases: Set<RecommendationBasis>) -> [Bool] {
    RecommendationBasis().parts.indices.map { part in Set(bases.map { $0.parts[part] }).count > 1 }
  }

  /// `, shared, last 30 days`
  fileprivate func words(_ varying: [Bool]) -> String {
    zip(parts, varying).filter { $0.1 && !$0.0.isEmpty }.map { ", " + $0.0 }.joined()
  }
}

/// What can be bought together at all.
private struct Conditions: Hashable, Comparable {
  var term: Term
  var payment: PaymentOption

  var words: String { "\(term.years) y \(payment.rawValue)" }

  static func < (a: Conditions, b: Conditions) -> Bool {
    (a.term.years, a.payment.rawValue) < (b.term.years, b.payment.rawValue)
  }
}

/// Recommended commitments of one product that pay for the same services.
private struct PaidFor {
  var terms: OfferTerms
  var services: Set<Service>
  var commitments: [Commitment]
  /// Whether something else that is recommended pays for the same.
  var hasRival = false

  func isRival(of other: PaidFor) -> Bool {
    terms != other.terms && !services.isDisjoint(with: other.services)
  }

  struct Way {
    var members: [PaidFor]

    var commitments: [Commitment] { members.flatMap(\.commitments) }

    /// By the products that have rivals, as `ri-standard + sp-database`; else by term and payment
    /// alone, which all of them share.
    func words(_ conditions: String) -> String {
      let named = Set(members.filter(\.hasRival).map(\.terms)).sorted()
      guard let first = named.first else { return conditions }
      let products = named.map(\.product.rawValue)
      return products.joined(separator: " + ")
        + first.words.dropFirst(first.product.rawValue.count)
    }
  }

  /// All choices in which nothing is paid for twice, and to which none could be added.
  static func ways(of commitments: [Commitment]) -> [Way] {
    var parts: [PaidFor] = []
    for commitment in commitments {
      let services = commitment.services
      let index = parts.firstIndex { $0.terms == commitment.terms && $0.services == services }
      if let index {
        parts[index].commitments.append(commitment)
      } else {
        parts.append(
          PaidFor(terms: commitment.terms, services: services, commitments: [commitment]))
      }
    }
    for index in parts.indices {
      parts[index].hasRival = parts.contains { $0.isRival(of: parts[index]) }
    }
    return choices(parts.sorted { $0.terms < $1.terms }).map(Way.init)
  }

  private static func choices(_ parts: [PaidFor]) -> [[PaidFor]] {
    guard let first = parts.first(where: { part in parts.contains { $0.isRival(of: part) } })
    else { return [parts] }
    let others = parts.filter { $0.terms != first.terms || $0.services != first.services }
    let with = choices(others.filter { !$0.isRival(of: first) }).map { [first] + $0 }
    let without = choices(others).filter { way in way.contains { $0.isRival(of: first) } }
    return with + without
  }
}
