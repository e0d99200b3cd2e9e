import CloudCosts

/// A part of the usage that a limit of the policy counts.
enum UsagePart: Hashable, CustomStringConvertible {
  case all
  case family(String)
  case account(String)

  /// `family m5`.
  var description: String {
    switch self {
    case .all: "all"
    case .family(let name): "family \(name)"
    case .account(let name): "account \(name)"
    }
  }
}

/// Usage that every limit of the policy counts alike: an atom of the partition of the usage by the
/// families and the accounts that limits name, by whether it is excluded, and by how much more than
/// its price on demand it counts as.
struct UsageClass: Hashable, Sendable {
  /// Nil: a family that no limit names.
  var family: String?
  /// Nil: an account that no limit names.
  var account: String?
  var isExcluded = false
  /// What limits on coverage count a currency unit on demand as (`Model.worths`).
  var weight = 1.0

  /// Whether a part of the usage holds it; excluded usage is in no part.
  func isIn(_ part: UsagePart) -> Bool {
    switch part {
    case .all: !isExcluded
    case .family(let name): !isExcluded && family == name
    case .account(let name): !isExcluded && account == name
    }
  }
}

extension Policy {
  /// Accounts whose usage some limit counts apart.
  var namedAccounts: Set<String> {
    exclude.accounts.union(minCoverageBy.accounts.keys).union(maxCoverageBy.accounts.keys)
  }

  /// Whether some limit is on what is covered.
  var limitsCoverage: Bool {
    minCoverage != nil || maxCoverage != nil || minCoverageBy != UsageShares()
      || maxCoverageBy != UsageShares()
  }

  /// Families whose usage some limit counts apart.
  var namedFamilies: Set<String> {
    Set(minCoverageBy.families.keys).union(maxCoverageBy.families.keys)
  }
}

extension Model {
  /// Sorts the usage into classes; those without usage are left out.
  mutating func classify(_ policy: Policy) {
    let families = policy.namedFamilies
    let atoms = skus.indices.map { g in
      UsageClass(
        family: families.contains(skus[g].family) ? skus[g].family : nil, account: account(g),
        isExcluded: excluded.contains(g),
        weight: policy.limitsCoverage && price[g] > 0 ? worth(g) / price[g] : 1)
    }
    usageClasses = []
    classes = atoms.map { atom in
      if let known = usageClasses.firstIndex(of: atom) { return known }
      usageClasses.append(atom)
      return usageClasses.count - 1
    }
    classCount = max(1, usageClasses.count)
  }

  /// The weight of each class that is in a part of the usage, else 0.
  func classes(of part: UsagePart) -> [Double] {
    usageClasses.isEmpty ? [1] : usageClasses.map { $0.isIn(part) ? $0.weight : 0 }
  }

  /// The families and accounts of a limit that have usage, each with its share, in a fixed order.
  func parts(of shares: UsageShares) -> [(part: UsagePart, share: Double)] {
    let named =
      shares.families.sorted { $0.key < $1.key }.map { (UsagePart.family($0.key), $0.value) }
      + shares.accounts.sorted { $0.key < $1.key }.map { (UsagePart.account($0.key), $0.value) }
    return named.filter { part, _ in usageClasses.contains { $0.isIn(part) } }
      .map { (part: $0.0, share: $0.1) }
  }

  /// What of a part of the usage stays on demand if a share of its eligible usage does: s (D + Σ_ia
  /// ΔD_ia z_ia) + N + Σ_ia ΔN_ia z_ia, with D the on-demand cost of the eligible usage, N that of
  /// the other usage (all of which stays), Δ what an action moves of it: Σ_h (p_to − p_from). All at
  /// `worth`.
  func remaining(
    share: Double, of part: UsagePart
  ) -> (constant: Double, actions: [(machine: Int, action: Int, coefficient: Double)]) {
    func factor(_ g: Int) -> Double {
      guard usageClasses.isEmpty || usageClasses[usageClass(g)].isIn(part) else { return 0 }
      return ineligibleSKUs.contains(g) ? 1 : share
    }
    let constant = listCosts.enumerated().reduce(0) { $0 + factor($1.offset) * $1.element }
    let actions = machines.enumerated().flatMap { i, machine in
      machine.targets.indices.map { a in
        let change = machine.moves[a].reduce(0) { sum, move in
          let gained = move.to.map { worth($0) * factor($0) } ?? 0
          let lost = worth(move.from) * factor(move.from)
          return sum + (gained - lost) * movedHours(machine, a, move)
        }
        return (i, a, change)
      }
    }
    return (constant, actions)
  }

  /// What each SKU's (expected) usage counts as before any action.
  func expectedListCosts() -> [Double] {
    var totals = [Double](repeating: 0, count: skus.count)
    for (path, probability) in risk.probabilities.enumerated() {
      for g in totals.indices {
        let worth = worth(g)
        for quantity in demand.column(g, path: path) {
          totals[g] += probability * (worth * quantity)
        }
      }
    }
    return totals
  }
}
