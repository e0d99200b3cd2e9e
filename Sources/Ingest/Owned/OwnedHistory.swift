import CloudCosts

/// Owned commitments out of an imported history: what its bills, and FOCUS's Contract Commitment
/// datasets, tell.
///
/// A commitment counts as the history states it; what no row states of it is inferred from what it
/// covered (`OwnedInference`), and a warning says so. Those that no row names any more end there;
/// of plans that other services use, machines have the rest.
struct OwnedHistory {
  private let history: History
  private let lists: OwnedLists
  private let prices: PriceList?
  private let inference: OwnedInference
  private let uses: (named: [String: CoveredUse], unnamed: [SKU: CoveredUse])
  private let unpriced: UnpricedServices?
  /// Behind the last usage. A month so far has fees for all of the month: what covered usage costs
  /// is no less for the days that are not billed yet.
  private let billEnd: Hour?
  /// Behind the last day on which a commitment was idle: no machine may have run any more by then.
  private let idleEnd: Hour?

  static func read(_ file: InputFile, prices: PriceList?) -> Reading<OwnedCommitments> {
    do throws(FindingsError) {
      let reader = try OwnedHistory(file, prices)
      try reader.read()
      return Reading(value: reader.lists.owned, findings: reader.lists.log.finished())
    } catch {
      return Reading(value: nil, findings: error.findings)
    }
  }

  private init(_ file: InputFile, _ prices: PriceList?) throws(FindingsError) {
    history = try History(path: file.path)
    lists = OwnedLists(file, prices: prices, currency: nil)
    self.prices = prices
    unpriced = prices.map(UnpricedServices.init)
    let costs = try history.costs()
    uses = CoveredUse.all(costs)
    let demand = try history.usage()?.demand
    billEnd = demand?.window.end
    idleEnd = costs.lazy.filter { $0.chargeClass == .unused }.map(\.day).max()
      .map { Hour(sinceEpoch: ($0 + 1) * 24) }
    inference = OwnedInference(prices: prices, unpriced: unpriced) { skus, window in
      demand?.hours(of: skus, over: window) ?? [:]
    }
    elsewhere = unpriced?.spent(costs) ?? [:]
  }

  /// What services without prices spend of a plan, in all.
  private let elsewhere: [String: Double]

  private func read() throws(FindingsError) {
    for var entry in try history.ownership() {
      if let spent = elsewhere[entry.commitment.id], entry.commitment.seen.hours > 0 {
        entry.usedElsewhere += spent / Double(entry.commitment.seen.hours)
      }
      let owned = entry.inForce
      guard owned.end.map({ $0 > owned.seen.start }) ?? true else { continue }
      add(owned, of: entry)
    }
    // Google's rows of usage name no commitment: those that no row shows in use are what covers it.
    var idle = IdleCommitments(
      lists.owned.commitments.filter { uses.named[$0.id]?.uses.isEmpty ?? true }, prices)
    for (sku, use) in uses.unnamed.sorted(by: { $0.key < $1.key })
    where unpriced?.contains(sku) != true {
      addUnnamed(sku, use, &idle)
    }
  }

  private func sayGone(_ entry: OwnedEntry) {
    guard let gone = entry.gone else { return }
    lists.add(
      .warning, "ended-early", line: nil,
      "no row names \(entry.commitment.id.quoted) from \(gone) on, though the bills go on: it counts as"
        + " returned, exchanged, sold or modified then",
      remedy: "if it is still owned, name a list of the provider's own tool in place of the history"
    )
  }

  /// What other services leave of a plan; 0: as good as nothing.
  private func rest(of hourly: Double, _ entry: OwnedEntry) -> Double {
    guard entry.usedElsewhere > hourly * 0.0005 else { return hourly }
    let rest = hourly - entry.usedElsewhere
    return rest > hourly * 0.005 ? rest : 0
  }

  private func sayUsedElsewhere(of hourly: Double, _ entry: OwnedEntry) {
    let rest = rest(of: hourly, entry)
    guard rest < hourly else { return }
    lists.add(
      .warning, "used-by-other-services", line: nil,
      "of the \(text(hourly)) an hour of \(entry.commitment.id.quoted) usage that is no machine took"
        + " \(text(entry.usedElsewhere)) in the mean of its hours: \(rest > 0 ? text(rest) : "nothing")"
        + " is left for machines",
      remedy: "nothing, if those services go on; else name a list of what is owned")
  }

  private func text(_ amount: Double) -> String { Money(rounding: amount).formatted(decimals: 4) }

  private func add(_ entry: HistoryCommitment, of owned: OwnedEntry) {
    if entry.isPlan, let hourly = entry.hourlyCommitment, rest(of: hourly, owned) == 0 {
      return sayUsedElsewhere(of: hourly, owned)
    }
    let missing = entry.missing
    if missing.isEmpty, let commitment = stated(entry) {
      return add(commitment, of: owned)
    }
    var use = uses.named[entry.id] ?? CoveredUse([])
    var seen = entry.seen
    if let billEnd {
      // The last day may not be billed whole.
      let isLonger = idleEnd.map { billEnd + 24 <= $0 || seen.end <= $0 } ?? false
      let end = max(billEnd, isLonger ? idleEnd ?? billEnd : billEnd)
      if seen.start < end, seen.end > end { seen = HourWindow(from: seen.start, to: end) }
    }
    use.fit(to: seen)
    guard let inferred = inference.infer(entry, use, missing: missing) else {
      return lists.add(
        .warning, "incomplete", line: nil,
        "the history does not tell the \(missing.joined(separator: ", ")) of \(entry.id.quoted), and no"
          + " row shows usage that it covers\(cost(use)): it is left out of what is owned",
        remedy: remedy(entry))
    }
    for commitment in inferred.commitments { add(commitment.inferred, of: owned) }
    say(inferred, entry.id, entry, use)
  }

  /// As the bills and the price book state it; nil where they do not.
  private func stated(_ entry: HistoryCommitment) -> Commitment? {
    guard let product = entry.product, let term = entry.term, let payment = entry.payment,
      let start = entry.start, let end = entry.end,
      let provider = Provider(rawValue: entry.provider)
    else { return nil }
    var terms = OfferTerms(product: product, term: term, payment: payment)
    let subject: Commitment.Subject
    if product.isSavingsPlan {
      guard let hourly = entry.hourlyCommitment, hasRates(terms) else { return nil }
      var scope = SavingsPlanScope(provider: provider)
      if product.scope == .family {
        scope.region = entry.region
        scope.family = entry.instanceType
      }
      subject = .savingsPlan(scope: scope, hourlyCommitment: hourly)
    } else {
      guard let count = entry.quantity, let sku = inference.sku(entry) else { return nil }
      terms.product = product.sold(for: sku.service)
      guard let price = prices?.rows.first(where: { $0.sku == sku && $0.offered == terms }) else {
        return nil
      }
      subject = .reservation(
        sku: sku, zone: entry.zone.isEmpty ? nil : entry.zone, count: count,
        upfront: price.upfront, hourly: price.hourly)
    }
    return Commitment(
      id: entry.id, account: entry.account, terms: terms, subject: subject, start: start, end: end)
  }

  /// Whether the price book knows what such a plan covers; without a book no one asks.
  private func hasRates(_ terms: OfferTerms) -> Bool {
    prices?.rows.contains { $0.offered == terms } ?? true
  }

  private func add(_ commitment: Commitment, of owned: OwnedEntry) {
    var commitment = commitment
    if case .savingsPlan(let scope, let hourly) = commitment.subject {
      sayUsedElsewhere(of: hourly, owned)
      let rest = rest(of: hourly, owned)
      guard rest > 0 else { return }
      commitment.subject = .savingsPlan(scope: scope, hourlyCommitment: rest)
    }
    sayGone(owned)
    lists.add(commitment, line: 0)
  }

  private func addUnnamed(_ sku: SKU, _ use: CoveredUse, _ idle: inout IdleCommitments) {
    guard var inferred = inference.infer(unnamed: sku, use) else {
      return lists.add(
        .warning, "incomplete", line: nil,
        "usage of \(sku) is covered by commitments that no row names\(cost(use)), and no price says by"
          + " how much: it is left out of what is owned",
        remedy: "name a list of what is owned; import a bill whose rows name commitments")
    }
    inferred.commitments = inferred.commitments.compactMap { idle.unexplained($0) }
    guard !inferred.commitments.isEmpty else { return }
    for commitment in inferred.commitments { lists.add(commitment.inferred, line: 0) }
    let entry = HistoryCommitment(
      id: "", provider: sku.provider.rawValue, account: "", seen: use.window)
    say(inferred, "what covers \(sku)", entry, use)
  }
}

// MARK: What is said of it

extension OwnedHistory {
  private func say(
    _ inferred: OwnedInference.Inferred, _ name: String, _ entry: HistoryCommitment,
    _ use: CoveredUse
  ) {
    guard let first = inferred.commitments.first else { return }
    let what = inferred.commitments.map(amount).joined(separator: ", ")
    let hourly = inferred.commitments.reduce(0) { $0 + $1.effectiveHourly }
    var notes: [String] = []
    if entry.end == nil {
      notes.append(
        "until \(first.end) at the latest"
          + (entry.term == nil ? ", since no term is longer than three years" : ""))
    }
    if entry.product == nil, first.terms.product == .standardRI, !entry.id.isEmpty {
      notes.append("as Standard Reserved Instances, neither exchanged nor sold")
    }
    if inferred.isByMachine { notes.append("for each machine that it covered, alone") }
    if inferred.isPricedOnDemand {
      notes.append("at the price on demand, so that no saving is claimed for it")
    }
    let missing =
      inferred.missing.isEmpty
      ? "neither the history nor the prices tell all of \(name.quoted)"
      : "the history does not tell the \(inferred.missing.joined(separator: ", ")) of \(name.quoted)"
    lists.add(
      .warning, "inferred", line: nil,
      "\(missing): it counts as its rows show it, \(what), \(text(hourly)) an hour\(cost(use))"
        + notes.map { "; " + $0 }.joined() + ". Nothing is bought again for it",
      remedy: remedy(entry))
  }

  private func amount(_ commitment: Commitment) -> String {
    switch commitment.subject {
    case .reservation(let sku, _, let count, _, _):
      "\(Money(rounding: count).formatted(decimals: count == count.rounded() ? 0 : 2)) × \(sku.instanceType) \(sku.region)"
    case .savingsPlan(_, let hourly):
      "\(text(hourly)) an hour of \(commitment.terms.words)"
    }
  }

  /// What the rows of the last month cost.
  private func cost(_ use: CoveredUse) -> String {
    guard use.window.hours > 0, use.listHourly + use.hourly > 0 else { return "" }
    let hours = Double(use.window.hours)
    func money(_ amount: Double) -> String { Money(rounding: amount).formatted() }
    return
      " (in its last \(use.window.hours / 24) days it covered \(money(use.listHourly * hours)) of list"
      + " cost, for \(money(use.hourly * hours)))"
  }

  /// A file of two lines tells what a bill does not.
  private func remedy(_ entry: HistoryCommitment) -> String {
    let list =
      switch (Provider(rawValue: entry.provider), entry.isPlan) {
      case (.aws, true): "aws savingsplans describe-savings-plans"
      case (.aws, false): "aws ec2 describe-reserved-instances"
      case (.azure, true): "az billing-benefits savings-plan list"
      case (.azure, false): "az reservations reservation list"
      case (.gcp, _): "gcloud compute commitments list --format=json"
      case (nil, _): "the provider's own tool"
      }
    guard !entry.id.isEmpty else {
      return
        "name what is owned in place of the history: \(list) > owned.json, and owned: owned.json"
    }
    return
      "state its period: write ContractCommitmentId,ContractCommitmentCategory,ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd"
      + " and a line such as \(entry.id),\(entry.isPlan ? "Spend" : "Usage"),2025-01-01T00:00:00Z,2026-01-01T00:00:00Z"
      + " into periods.csv, then plimsoll import periods.csv --into \(lists.log.file); or name what"
      + " \(list) prints as owned: in place of the history"
  }
}

extension HistoryCommitment {
  /// Whether it commits to money by the hour.
  var isPlan: Bool { product?.isSavingsPlan ?? (category == "Spend") }

  /// What the history does not tell of it, in words.
  var missing: [String] {
    let isPlaced = product?.scope == .family || !isPlan
    let facts: [(isKnown: Bool, name: String)] = [
      (product != nil, "product"), (term != nil, "term"), (payment != nil, "payment"),
      (start != nil, "start"), (end != nil, "end"),
      (
        isPlan ? hourlyCommitment != nil : quantity != nil,
        isPlan ? "hourly commitment" : "number of instances"
      ),
      (Provider(rawValue: provider) != nil, "provider"),
      (!isPlaced || !region.isEmpty, "region"),
      (!isPlaced || !instanceType.isEmpty, "instance type or family"),
    ]
    return facts.filter { !$0.isKnown }.map(\.name)
  }
}

extension Demand {
  /// The hours of SKUs, whatever their accounts and zones, over a window.
  fileprivate func hours(of skus: Set<SKU>, over window: HourWindow) -> [SKU: [Double]] {
    var sums: [SKU: [Double]] = [:]
    let inside = self.window.indices(from: window.start, to: window.end)
    for (number, group) in groups.enumerated() {
      let sku = group.sku.zoneless
      guard skus.contains(sku) else { continue }
      var sum = sums[sku] ?? [Double](repeating: 0, count: inside.count)
      for (place, hour) in inside.enumerated() { sum[place] += self[number, hour] }
      sums[sku] = sum
    }
    return sums
  }
}

extension HistoryCommitment {
  /// One of each id, in the order of ids: what one file does not tell, another may. Of two that
  /// tell it differently the later import counts. Azure's purchases name the order, usage the
  /// reservation in it: where an order has one reservation they are the same.
  package static func merged(_ entries: [HistoryCommitment]) -> [HistoryCommitment] {
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
    result.seen = seen.joined(other.seen)
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

extension HourWindow {
  /// From the first to the last hour of two; an agreement without rows has none.
  fileprivate func joined(_ other: HourWindow) -> HourWindow {
    guard hours > 0, other.hours > 0 else { return hours > 0 ? self : other }
    let first = min(start, other.start)
    return HourWindow(start: first, hours: max(end, other.end) - first)
  }
}

extension Commitment {
  /// Marked: a bill states only a part of it.
  fileprivate var inferred: Commitment {
    var commitment = self
    commitment.isInferred = true
    return commitment
  }
}
