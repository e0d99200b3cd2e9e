import CloudCosts

/// Machines whose vCPUs and memory come to what a plan buys of each.
///
/// Google commits to vCPUs and memory of a series; price files state both as machines. A plan by
/// parts (`MachineCounting.parts`) may buy any amount of each: two shapes, one with more memory to a
/// vCPU and one with less, bring both.
struct GoogleShapes {
  /// What is on sale, in any amount.
  private let offers: [Commitment]

  init(offers: [Commitment]) { self.offers = offers }

  /// What shapes are counted in.
  private struct Lot: Hashable {
    var terms: OfferTerms
    var start: Hour
    /// The project that buys, where each serves its own usage alone.
    var buyer: String?
    /// The scopes of a machine's vCPUs and of its memory.
    var scopes: [ReservationScope]
  }

  private struct Amounts {
    var processors = 0.0
    var memory = 0.0

    subscript(part: MachinePart) -> Double {
      get { part == .memory ? memory : processors }
      set { if part == .memory { memory = newValue } else { processors = newValue } }
    }
  }

  /// A machine that may be bought.
  private struct Shape {
    var offer: Commitment
    var resources: MachineResources
  }

  /// The purchases with those of parts put together; nil where no machine is on sale for some.
  func whole(_ purchases: [Purchase]) -> [Commitment]? {
    var whole = purchases.filter { $0.part == nil }.map(\.commitment)
    var lots: [Lot: Amounts] = [:]
    for purchase in purchases {
      guard let part = purchase.part, let (lot, resources) = Self.lot(of: purchase.commitment)
      else { continue }
      lots[lot, default: Amounts()][part] +=
        purchase.commitment.amount * resources.amount(of: part)
    }
    // A fixed order, whatever that of a dictionary.
    for (lot, amounts) in lots.sorted(by: { Self.goesBefore($0.key, $1.key) }) {
      guard let bought = machines(lot, amounts) else { return nil }
      whole += bought
    }
    return whole
  }

  private static func goesBefore(_ a: Lot, _ b: Lot) -> Bool {
    guard a.terms == b.terms, a.start == b.start, a.buyer == b.buyer else {
      return (a.terms, a.start, a.buyer ?? "") < (b.terms, b.start, b.buyer ?? "")
    }
    return a.scopes.lexicographicallyPrecedes(b.scopes)
  }

  private static func lot(of commitment: Commitment) -> (lot: Lot, resources: MachineResources)? {
    guard case .reservation(let sku, nil, _, _, _) = commitment.subject,
      let resources = GoogleSizes.resources(of: sku.instanceType)
    else { return nil }
    let scopes = MachinePart.allCases.compactMap { ReservationScope.counting(sku, $0)?.scope }
    guard scopes.count == MachinePart.allCases.count else { return nil }
    let lot = Lot(
      terms: commitment.terms, start: commitment.start, buyer: commitment.buyer, scopes: scopes)
    return (lot, resources)
  }

  /// Of one shape, or of two, those that come next to the amounts, money for money; of equally good
  /// ones the fewest machines.
  private func machines(_ lot: Lot, _ wanted: Amounts) -> [Commitment]? {
    let shapes = offers.compactMap { offer -> Shape? in
      guard let (other, resources) = Self.lot(of: offer), other == lot else { return nil }
      return Shape(offer: offer, resources: resources)
    }
    var best: (counts: [(Shape, Double)], miss: Double, machines: Double)?
    func offer(_ counts: [(Shape, Double)]) {
      let bought = counts.reduce(into: Amounts()) {
        $0.processors += $1.1 * $1.0.resources.processors
        $0.memory += $1.1 * $1.0.resources.memory
      }
      let miss =
        abs(bought.processors - wanted.processors)
        + abs(bought.memory - wanted.memory) / MachineResources.memoryPerProcessor
      let machines = counts.reduce(0) { $0 + $1.1 }
      if let best, (best.miss, best.machines) <= (miss, machines) { return }
      best = (counts, miss, machines)
    }
    for (i, a) in shapes.enumerated() {
      for count in Self.near(wanted.processors / a.resources.processors) { offer([(a, count)]) }
      for count in Self.near(wanted.memory / a.resources.memory) { offer([(a, count)]) }
      for b in shapes[..<i] {
        let determinant =
          a.resources.processors * b.resources.memory - b.resources.processors * a.resources.memory
        guard abs(determinant) > 1e-9 else { continue }
        let ofA =
          (wanted.processors * b.resources.memory - wanted.memory * b.resources.processors)
          / determinant
        let ofB =
          (wanted.memory * a.resources.processors - wanted.processors * a.resources.memory)
          / determinant
        for x in Self.near(ofA) { for y in Self.near(ofB) { offer([(a, x), (b, y)]) } }
      }
    }
    return best?.counts.filter { $0.1 > 0 }.map { $0.offer.with(amount: $1) }
  }

  /// The whole numbers around a number, none below 0.
  private static func near(_ count: Double) -> [Double] {
    [max(0, count.rounded(.down)), max(0, count.rounded(.up))]
  }
}
