import CloudCosts

/// Reservations of AWS that go on with what was paid for others: modified ones.
///
/// A modified reservation is listed with a fixed price of 0; it starts at the modification and
/// keeps its original's end, and the original is retired (EC2 User Guide, "Modify Reserved
/// Instances"). The list does not say which original it was: it is the one of the same family,
/// platform, class and payment that ends where the modified one starts, or that had the same end.
extension OwnedLists {
  /// A reservation as AWS lists it.
  struct ListedReservation {
    var commitment: Commitment
    var line: Int
    /// Whether the list says that it is no longer in force.
    var isRetired: Bool

    fileprivate var sku: SKU? {
      guard case .reservation(let sku, _, _, _, _) = commitment.subject else { return nil }
      return sku
    }

    /// Whether something was paid at once, and not for this entry.
    fileprivate var isContinued: Bool { commitment.isContinued }

    /// Normalised units of one instance; of a rigid type 1.
    fileprivate var units: Double { sku.map { ReservationScope.counting($0).units } ?? 1 }

    /// What an original and those that go on with its price have in common.
    fileprivate var kind: Kind? {
      sku.map {
        Kind(
          product: commitment.terms.product, payment: commitment.terms.payment, region: $0.region,
          family: $0.family, operatingSystem: $0.operatingSystem)
      }
    }

    fileprivate struct Kind: Hashable {
      var product: Product
      var payment: PaymentOption
      var region: String
      var family: String
      var operatingSystem: String
    }
  }

  /// The entries of one kind, in the order of their starts: lists of companies hold thousands.
  private struct Originals {
    private var indices: [Int] = []
    private var starts: [Hour] = []
    private var ends: [Hour] = []
    private var retired: [Bool] = []

    mutating func add(_ index: Int, _ entry: ListedReservation) {
      indices.append(index)
      starts.append(entry.commitment.start)
      ends.append(entry.commitment.end)
      retired.append(entry.isRetired)
    }

    /// Those that end where an entry starts, or had its end.
    func of(start: Hour, end: Hour) -> [Int] {
      starts.indices.prefix { starts[$0] < start }
        .filter { abs(ends[$0] - start) <= 1 || (ends[$0] == end && retired[$0]) }
        .map { indices[$0] }
    }

    mutating func set(end: Hour, of index: Int) {
      if let place = indices.firstIndex(of: index) { ends[place] = end }
    }
  }

  /// Gives modified reservations the price of their originals, and adds what was in force.
  func addReservations() {
    var entries = reservations.sorted {
      ($0.commitment.start, $0.commitment.id) < ($1.commitment.start, $1.commitment.id)
    }
    var links: [(original: Int, next: Int)] = []
    var kinds: [ListedReservation.Kind: Originals] = [:]
    for (index, entry) in entries.enumerated() {
      if let kind = entry.kind { kinds[kind, default: Originals()].add(index, entry) }
    }
    for index in entries.indices where entries[index].isContinued {
      guard let kind = entries[index].kind else { continue }
      links += settle(index, &entries, &kinds[kind, default: Originals()]).map { ($0, index) }
    }
    // The hours of an original are paid by the same money as all that follows it.
    for link in links.reversed() {
      entries[link.original].commitment.prepaid = HourWindow(
        from: entries[link.original].commitment.spread.start,
        to: entries[link.next].commitment.spread.end)
    }
    for entry in entries.sorted(by: { $0.line < $1.line }) {
      // What is retired and would end only later was given up at a time that the list does not
      // tell.
      if entry.isRetired, entry.commitment.end > now {
        leaveAside("retired before its end", entry.commitment.id)
      } else {
        add(entry.commitment, line: entry.line)
      }
    }
  }

  /// Gives an entry what was paid for its originals, which end where it starts.
  ///
  /// - Returns: its originals.
  private func settle(
    _ index: Int, _ entries: inout [ListedReservation], _ kind: inout Originals
  ) -> [Int] {
    let entry = entries[index]
    let originals = kind.of(start: entry.commitment.start, end: entry.commitment.end)
      .filter { entries[$0].commitment.id != entry.commitment.id }
    var units = 0.0
    var paid = 0.0
    for original in originals.map({ entries[$0] }) {
      guard case .reservation(_, _, let count, let upfront, _) = original.commitment.subject
      else { continue }
      units += count * original.units
      paid += count * upfront
    }
    guard paid > 0, units > 0,
      case .reservation(let sku, let zone, let count, _, let hourly) = entry.commitment.subject
    else {
      if !entry.isRetired { tellSunk(entry.commitment, line: entry.line) }
      return []
    }
    let starts = originals.map { entries[$0].commitment.spread.start }
    let start = starts.min() ?? entry.commitment.start
    entries[index].commitment.subject = .reservation(
      sku: sku, zone: zone, count: count, upfront: paid / units * entry.units, hourly: hourly)
    entries[index].commitment.prepaid = HourWindow(from: start, to: entry.commitment.end)
    for original in originals {
      entries[original].commitment.end = entry.commitment.start
      kind.set(end: entry.commitment.start, of: original)
    }
    return originals
  }

  /// Says that a commitment goes on with what was paid for another, and what that may have been.
  func tellSunk(_ commitment: Commitment, line: Int) {
    guard commitment.isContinued else { return }
    add(
      .warning, "sunk-price", line: line,
      "\(commitment.id.quoted) is \(commitment.terms.payment.title) and states a price of 0:"
        + " it was modified or exchanged, and what was paid for its original is not in the list."
        + " It goes on, and what was paid counts as sunk: 0 in every bill\(worth(of: commitment))",
      remedy: "export the list with its retired entries, or write the reservation with its upfront"
        + " into a CSV of owned commitments")
  }

  /// By the price book: what such a payment is for its life, or else its usage on demand.
  private func worth(of commitment: Commitment) -> String {
    guard case .reservation(let sku, _, let count, _, _) = commitment.subject else { return "" }
    let rows = (prices?.rows ?? []).filter { $0.sku == sku }
    let hours = Double(commitment.end - commitment.start)
    if let row = rows.first(where: { $0.offered == commitment.terms }), row.upfront > 0 {
      let part = row.upfront * count * hours / Double(commitment.terms.term.hours)
      return ". By \(prices?.file ?? "the price book") \(text(part)) would be paid for its"
        + " \(Int(hours).grouped) hours"
    }
    guard let onDemand = rows.first(where: { $0.product == .onDemand }) else { return "" }
    return ". On demand its machines cost \(text(onDemand.hourly * count)) an hour"
  }

  private func text(_ amount: Double) -> String { Money(rounding: amount).formatted(decimals: 2) }
}

extension Commitment {
  /// Whether something was paid at once, and not for this entry of a list.
  fileprivate var isContinued: Bool {
    guard case .reservation(_, _, _, let upfront, _) = subject else { return false }
    return upfront == 0 && terms.payment != .noUpfront
  }
}
