import CloudCosts

/// Owned commitments out of an imported history: what its bills, and FOCUS's Contract Commitment datasets, tell.
///
/// A commitment counts where the history knows its product, term, payment, start and end, and what was committed
/// to. The price of a reservation is that of the price book: bills mix the prices of many. What is left aside for
/// want of any of these is a warning that names it.
enum OwnedHistory {
  static func read(_ file: InputFile, prices: PriceList?) -> Reading<OwnedCommitments> {
    do throws(FindingsError) {
      let history = try History(path: file.path)
      let lists = OwnedLists(file, prices: prices, currency: nil)
      for entry in HistoryCommitment.merged(try history.commitments()) {
        guard entry.end.map({ $0 > entry.seen.start }) ?? true else { continue }
        add(entry, to: lists)
      }
      return Reading(value: lists.owned, findings: lists.log.finished())
    } catch {
      return Reading(value: nil, findings: error.findings)
    }
  }

  private static func add(_ entry: HistoryCommitment, to lists: OwnedLists) {
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
    var terms = OfferTerms(product: product, term: term, payment: payment)
    let subject: Commitment.Subject
    if isPlan {
      var scope = SavingsPlanScope(provider: provider)
      if product.scope == .family {
        scope.region = entry.region
        scope.family = entry.instanceType
      }
      subject = .savingsPlan(scope: scope, hourlyCommitment: hourly)
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
  /// One of each id, in the order of ids: what one file does not tell, another may. Of two that tell
  /// it differently the later import counts.
  public static func merged(_ entries: [HistoryCommitment]) -> [HistoryCommitment] {
    var byID: [String: HistoryCommitment] = [:]
    for entry in entries {
      byID[entry.id] = byID[entry.id].map { entry.filled(from: $0) } ?? entry
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
