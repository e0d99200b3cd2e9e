import CloudCosts

/// Owned commitments out of an imported history: what its bills, and FOCUS's Contract Commitment
/// datasets, tell.
///
/// A commitment counts where the history knows its product, term, payment, start and end, and what
/// was committed to. The price of a reservation is that of the price book: bills mix the prices of
/// many. What is left aside for want of any of these is a warning that names it; so are those that
/// no row names any more, which end there, and plans that other services use, of which machines
/// have the rest.
enum OwnedHistory {
  static func read(_ file: InputFile, prices: PriceList?) -> Reading<OwnedCommitments> {
    do throws(FindingsError) {
      let history = try History(path: file.path)
      let lists = OwnedLists(file, prices: prices, currency: nil)
      var elsewhere: [String: Double] = [:]
      if let prices { elsewhere = UnpricedServices(prices).spent(try history.costs()) }
      for var entry in try history.ownership() {
        if let spent = elsewhere[entry.commitment.id], entry.commitment.seen.hours > 0 {
          entry.usedElsewhere += spent / Double(entry.commitment.seen.hours)
        }
        let owned = entry.inForce
        guard owned.end.map({ $0 > owned.seen.start }) ?? true else { continue }
        add(owned, of: entry, to: lists)
      }
      return Reading(value: lists.owned, findings: lists.log.finished())
    } catch {
      return Reading(value: nil, findings: error.findings)
    }
  }

  private static func sayGone(_ entry: OwnedEntry, to lists: OwnedLists) {
    guard let gone = entry.gone else { return }
    lists.add(
      .warning, "ended-early", line: nil,
      "no row names \(entry.commitment.id.quoted) from \(gone) on, though the bills go on: it counts as"
        + " returned, exchanged, sold or modified then",
      remedy: "if it is still owned, name a list of the provider's own tool in place of the history"
    )
  }

  /// What other services leave of a plan; nil: nothing.
  private static func left(
    of hourly: Double, _ entry: OwnedEntry, to lists: OwnedLists
  ) -> Double? {
    guard entry.usedElsewhere > hourly * 0.0005 else { return hourly }
    let rest = max(0, hourly - entry.usedElsewhere)
    let isLeft = rest > hourly * 0.005
    func text(_ amount: Double) -> String { Money(rounding: amount).formatted(decimals: 4) }
    lists.add(
      .warning, "used-by-other-services", line: nil,
      "of the \(text(hourly)) an hour of \(entry.commitment.id.quoted) usage that is no machine took"
        + " \(text(entry.usedElsewhere)) in the mean of its hours: \(isLeft ? text(rest) : "nothing")"
        + " is left for machines",
      remedy: "nothing, if those services go on; else name a list of what is owned")
    return isLeft ? rest : nil
  }

  private static func add(
    _ entry: HistoryCommitment, of owned: OwnedEntry, to lists: OwnedLists
  ) {
    var missing: [String] = []
    func known<Value>(_ value: Value?, _ name: String) -> Value? {
      if value == nil { missing.append(name) }
      return value
    }
    let product = known(entry.product, "product")
    let term = known(entry.term, "term")
    let payment = known(entry.payment, "payment")
    let start = known(entry.start, "start")
    let end = known(entry.end, "end")
    let isPlan = product?.isSavingsPlan ?? (entry.category == "Spend")
    let hourly = isPlan ? known(entry.hourlyCommitment, "hourly commitment") : 0
    let count = isPlan ? 0 : known(entry.quantity, "number of instances")
    let provider = known(Provider(rawValue: entry.provider), "provider")
    let isPlaced = product?.scope == .family || !isPlan
    if isPlaced, entry.region.isEmpty { missing.append("region") }
    if isPlaced, entry.instanceType.isEmpty { missing.append("instance type or family") }
    guard missing.isEmpty, let product, let term, let payment, let start, let end, let hourly,
      let count, let provider
    else {
      return lists.add(
        .warning, "incomplete", line: nil,
        "the history does not tell the \(missing.joined(separator: ", ")) of \(entry.id.quoted):"
          + " it is left out of what is owned",
        remedy: "name a list of the provider's own tool, such as describe-savings-plans prints, or"
          + " import a bill with all columns")
    }
    sayGone(owned, to: lists)
    var terms = OfferTerms(product: product, term: term, payment: payment)
    let subject: Commitment.Subject
    if isPlan {
      var scope = SavingsPlanScope(provider: provider)
      if product.scope == .family {
        scope.region = entry.region
        scope.family = entry.instanceType
      }
      guard let left = left(of: hourly, owned, to: lists) else { return }
      subject = .savingsPlan(scope: scope, hourlyCommitment: left)
    } else {
      let sku = SKU(
        provider: provider, region: entry.region, instanceType: entry.instanceType,
        operatingSystem: entry.operatingSystem.isEmpty ? "Linux" : entry.operatingSystem,
        tenancy: entry.tenancy.isEmpty ? "default" : entry.tenancy)
      terms.product = product.sold(for: sku.service)
      guard let price = lists.price(of: sku, terms, id: entry.id, line: nil) else { return }
      subject = .reservation(
        sku: sku, zone: entry.zone.isEmpty ? nil : entry.zone, count: count,
        upfront: price.upfront, hourly: price.hourly)
    }
    lists.add(
      Commitment(
        id: entry.id, account: entry.account, terms: terms, subject: subject, start: start, end: end
      ),
      line: 0)
  }
}

extension HistoryCommitment {
  /// One of each id, in the order of ids: what one file does not tell, another may. Of two that
  /// tell it differently the later import counts. Azure's purchases name the order, usage the
  /// reservation in it: where an order has one reservation they are the same.
  public static func merged(_ entries: [HistoryCommitment]) -> [HistoryCommitment] {
    var byID: [String: HistoryCommitment] = [:]
    for entry in entries {
      byID[entry.id] = byID[entry.id].map { entry.filled(from: $0) } ?? entry
    }
    for order in byID.values where order.id.hasSuffix("/reservations/") {
      let parts = byID.keys.filter { $0.hasPrefix(order.id) && $0 != order.id }
      guard parts.count == 1, let part = parts.first else { continue }
      byID[part] = byID[part]?.filled(from: order)
      byID[order.id] = nil
    }
    return byID.values.sorted { $0.id < $1.id }
  }

  private func filled(from other: HistoryCommitment) -> HistoryCommitment {
    var result = self
    func fill(_ path: WritableKeyPath<HistoryCommitment, String>) {
      if result[keyPath: path].isEmpty { result[keyPath: path] = other[keyPath: path] }
    }
    for path: WritableKeyPath<HistoryCommitment, String> in [
      \.provider, \.account, \.name, \.type, \.category, \.region, \.zone, \.instanceType,
      \.operatingSystem, \.tenancy,
    ] { fill(path) }
    result.product = product ?? other.product
    let first = min(seen.start, other.seen.start)
    result.seen = HourWindow(start: first, hours: max(seen.end, other.seen.end) - first)
    result.term = term ?? other.term
    result.payment = payment ?? other.payment
    result.quantity = quantity ?? other.quantity
    result.hourlyCommitment = hourlyCommitment ?? other.hourlyCommitment
    result.start = start ?? other.start
    result.end = end ?? other.end
    result.complete()
    return result
  }
}
