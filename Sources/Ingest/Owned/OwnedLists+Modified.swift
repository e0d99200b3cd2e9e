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

    fileprivate func mayBeOriginal(of other: ListedReservation) -> Bool {
      guard let sku, let otherSKU = other.sku, commitment.id != other.commitment.id,
        commitment.terms.product == other.commitment.terms.product,
        commitment.terms.payment == other.commitment.terms.payment,
        sku.region == otherSKU.region, sku.family == otherSKU.family,
        sku.operatingSystem == otherSKU.operatingSystem
      else { return false }
      let (old, new) = (commitment, other.commitment)
      return old.start < new.start
        && (abs(old.end - new.start) <= 1 || (old.end == new.end && isRetired))
    }
  }

  /// Gives modified reservations the price of their originals, and adds what was in force.
  func addReservations() {
    var entries = reservations.sorted {
      ($0.commitment.start, $0.commitment.id) < ($1.commitment.start, $1.commitment.id)
    }
    var links: [(original: Int, next: Int)] = []
    for index in entries.indices where entries[index].isContinued {
      links += settle(index, &entries).map { ($0, index) }
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
  private func settle(_ index: Int, _ entries: inout [ListedReservation]) -> [Int] {
    let entry = entries[index]
    let originals = entries.indices.filter { entries[$0].mayBeOriginal(of: entry) }
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
    for original in originals { entries[original].commitment.end = entry.commitment.start }
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
