import CloudCosts

/// What may be done with what is owned, as combinations to plan: of the commitments that matter
/// most, each kept or given up in one of the ways that differ in money.
struct GivingUpChoices {
  /// So many commitments at most, so many things that one may become, and so many combinations.
  static let most = 5
  static let mostTargets = 3
  static let mostCombinations = 64
  /// So many ways at most in which some are exchanged and others are traded in.
  static let mostMixed = 64

  /// What is done with one commitment: ways that come to the same in money.
  struct Choice {
    var ways: [GivingUp]
    /// What keeping it costs inside the window, less what giving it up costs.
    var freed = 0.0
    /// What it can save at most after that: what it becomes covers no more than this.
    var worth = 0.0

    /// A plan without it costs at least what one with it does, less this.
    var most: Double { freed + worth }

    /// Whether a way comes to the same in money: then limits, and what must be bought for it, alone
    /// tell them apart.
    fileprivate func isAlike(_ other: GivingUp) -> Bool {
      guard let first = ways.first, first.replacement == nil, other.replacement == nil else {
        return false
      }
      return (first.way == .renewalOff) == (other.way == .renewalOff)
        && abs(first.loss - other.loss) < 1e-9 && abs(first.received - other.received) < 1e-9
    }
  }

  /// Choices of several commitments together.
  struct Combination {
    var choices: [Choice]

    /// The ways to do it that are worth a plan: nothing has to be bought, or else, for each product
    /// that may be bought in return, that in which the least of it has to be.
    func assignments(_ rules: GivingUpRules) -> [[GivingUp]] {
      if let free = free(rules) { return [free] }
      return products.compactMap { product in
        assignment(rules, choices.map { _ in product })
      }
    }

    /// Those in which several products are bought in return: some are exchanged for reservations,
    /// others are traded in for a savings plan.
    func mixed(_ rules: GivingUpRules) -> [[GivingUp]] {
      guard products.count > 1, choices.count > 1, free(rules) == nil else { return [] }
      var seen = Set(assignments(rules))
      var returns: [[Product]] = [[]]
      for _ in choices { returns = returns.flatMap { rest in products.map { rest + [$0] } } }
      return returns.compactMap { assignment(rules, $0) }.filter { seen.insert($0).inserted }
    }

    private var products: [Product] {
      Set(choices.flatMap(\.ways).compactMap(\.needs)).sorted { $0.rawValue < $1.rawValue }
    }

    private func free(_ rules: GivingUpRules) -> [GivingUp]? {
      rules.together(choices.map { $0.ways.filter { $0.needs == nil } }, buying: nil)
    }

    /// - Parameter returns: for each commitment the product that may be bought for it.
    private func assignment(_ rules: GivingUpRules, _ returns: [Product]) -> [GivingUp]? {
      rules.leastBound(
        zip(choices, returns).map { choice, product in
          choice.ways.filter { $0.needs == nil || $0.needs == product }
        })
    }
  }

  /// For each commitment that is looked at, what may be done in place of keeping it.
  private let choices: [[Choice]]
  /// What could be given up too, and is not looked at.
  private let others: [String]
  /// Whether no limit can make a plan worse for what is owned in addition: then the bound of the
  /// kept combination, less what another one frees and can save, is one of that. Capacity that is
  /// not used is no harm. Machines that change may use what no one uses today.
  private let mayPrune: Bool

  var isEmpty: Bool { choices.isEmpty }

  init(_ inputs: ScenarioInputs) {
    let policy = inputs.policy
    let becomes = inputs.givingUpOptions.contains { $0.contains { $0.replacement != nil } }
    mayPrune =
      !BillLimits.areSet(in: policy) && policy.maxThreeYearShare == nil
      && policy.maxExpiringPerMonth == nil
      && !(becomes && inputs.candidates.contains { !$0.actions.isEmpty })
      // What an exchange pays on its first day may fill a contract year.
      && !(becomes && !inputs.spendCommitments.isEmpty)
    var found = inputs.givingUpOptions.compactMap { ways -> [Choice]? in
      let alike = Self.alike(ways, inputs)
      return alike.isEmpty ? nil : alike
    }
    var others = found.flatMap { choices in
      choices.filter { $0.ways.first?.replacement != nil }.dropFirst(Self.mostTargets)
        .compactMap { $0.ways.first?.name }
    }
    for index in found.indices {
      var targets = 0
      found[index].removeAll { choice in
        guard choice.ways.first?.replacement != nil else { return false }
        targets += 1
        return targets > Self.mostTargets
      }
    }
    found.sort { $0[0].most > $1[0].most }
    var taken: [[Choice]] = []
    var combinations = 1
    for choices in found {
      guard taken.count < Self.most,
        combinations * (choices.count + 1) <= Self.mostCombinations
      else { break }
      combinations *= choices.count + 1
      taken.append(choices)
    }
    others =
      found.dropFirst(taken.count).compactMap { $0.first?.ways.first?.commitment.id } + others
    choices = taken
    self.others = others
  }

  /// What is planned: every combination as a whole first, then those in which one thing is bought
  /// for some and another for others, as far as there are not too many.
  func trials(_ rules: GivingUpRules) -> (planned: [Trial], notLookedAt: [String]) {
    let all = combinations(rules)
    func trials(_ assignments: (Combination) -> [[GivingUp]]) -> [Trial] {
      all.flatMap { combination in
        assignments(combination).map { Trial(combination: combination, entries: $0) }
      }
    }
    let whole = trials { $0.assignments(rules) }
    let mixed = trials { $0.mixed(rules) }
    let left = mixed.count - Self.mostMixed
    return (
      whole + mixed.prefix(Self.mostMixed),
      others + (left > 0 ? ["\(left) ways of exchanges next to trade-ins"] : [])
    )
  }

  /// One way of giving up the commitments of a combination.
  struct Trial {
    var combination: Combination
    var entries: [GivingUp]
  }

  /// All but that which keeps everything, the fewest given up first, and of those what can save
  /// most; none that no purchase would allow.
  private func combinations(_ rules: GivingUpRules) -> [Combination] {
    var result: [[Choice]] = [[]]
    for options in choices { result += result.flatMap { rest in options.map { rest + [$0] } } }
    return result.dropFirst().map(Combination.init)
      .sorted {
        ($0.choices.count, -$0.choices.reduce(0) { $0 + $1.most })
          < ($1.choices.count, -$1.choices.reduce(0) { $0 + $1.most })
      }
      .filter { !$0.assignments(rules).isEmpty }
  }

  /// What a combination costs at least, by the bound of plans that keep everything; nil where that
  /// says nothing.
  func leastPruned(_ combination: Combination, kept bound: Double) -> Double? {
    mayPrune ? bound - combination.choices.reduce(0) { $0 + $1.most } : nil
  }

  // MARK: What each comes to

  /// The ways of one commitment by what they come to, that which can save most first; what can save
  /// nothing is no choice: less is covered then, for nothing.
  private static func alike(_ ways: [GivingUp], _ inputs: ScenarioInputs) -> [Choice] {
    var alike: [Choice] = []
    for way in ways {
      let freed = freed(way, inputs)
      let worth = way.replacement.map { ExchangeWorth(inputs).most(of: $0) } ?? 0
      guard freed + worth > 1e-9 else { continue }
      if let index = alike.firstIndex(where: { $0.isAlike(way) }) {
        alike[index].ways.append(way)
      } else {
        alike.append(Choice(ways: [way], freed: freed, worth: worth))
      }
    }
    return alike.sorted { $0.most > $1.most }
  }

  private static func freed(_ entry: GivingUp, _ inputs: ScenarioInputs) -> Double {
    let window = inputs.demand.window
    func cost(_ commitment: Commitment) -> Double {
      let hours = window.indices(from: commitment.start, to: commitment.end).count
      return commitment.effectiveHourly * Double(hours)
    }
    let costs = inputs.owned.filter { $0.ends(with: entry) }.reduce(0) { $0 + cost($1) }
    return costs - entry.loss(in: window) - (entry.replacement.map(cost) ?? 0)
  }
}

extension GivingUp {
  /// As a list of what was not looked at names it.
  fileprivate var name: String {
    guard case .reservation(let sku, _, _, _, _)? = replacement?.subject else {
      return commitment.id
    }
    return "\(commitment.id) for \(sku.instanceType)"
  }
}

/// What a reservation can save at most, whatever else is owned or bought: on-demand prices of the
/// usage that it can cover, the dearest first.
///
/// Take it from any plan, and pay for what it covered on demand: that is a plan without it.
struct ExchangeWorth {
  private let inputs: ScenarioInputs

  init(_ inputs: ScenarioInputs) { self.inputs = inputs }

  /// Of all futures that in which it saves most.
  func most(of commitment: Commitment) -> Double {
    guard case .reservation(let sku, _, let count, _, _) = commitment.subject else { return 0 }
    let (scope, size) = ReservationScope.counting(sku)
    let paths = inputs.paths?.paths ?? [inputs.demand]
    return paths.map { path in
      let covered = path.groups.indices.compactMap { g -> (g: Int, units: Double, price: Double)? in
        let sku = path.groups[g].sku
        guard ReservationScope.covering(sku).contains(scope),
          let price = inputs.prices.onDemandPrice(of: sku)
        else { return nil }
        let units = ReservationScope.counting(sku).units
        return units > 0 ? (g, units, price / units) : nil
      }.sorted { $0.price > $1.price }
      let hours = path.window.indices(from: commitment.start, to: commitment.end)
      return hours.reduce(0.0) { sum, hour in
        var left = count * size
        return covered.reduce(into: sum) { sum, part in
          let used = min(left, path[part.g, hour] * part.units)
          left -= used
          sum += used * part.price
        }
      }
    }.max() ?? 0
  }
}
