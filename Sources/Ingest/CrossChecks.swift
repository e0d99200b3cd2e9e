import CloudCosts

/// What no file shows alone.
package enum CrossChecks {
  /// Usage whose price no one states.
  ///
  /// A missing price is no price of 0: without it neither the bill nor a saving can be reported, so
  /// each group is an error at the first line on which it is used.
  package static func prices(of usage: UsageHistory, in prices: PriceList) -> [Finding] {
    var log = FindingLog(file: usage.file, kind: "prices")
    let onDemand = Set(prices.rows.lazy.filter { $0.product == .onDemand }.map(\.sku))
    let types = Set(onDemand.lazy.map(\.instanceType)).sorted()
    for (group, line) in zip(usage.demand.groups, usage.firstLines)
    where !onDemand.contains(group.sku.zoneless) {
      let near =
        types.contains(group.sku.instanceType)
        ? nil : Spelling.nearest(to: group.sku.instanceType, in: types)
      log.add(
        .error, "missing", line: line,
        "\(group) is used, and \(prices.file) has no on-demand price for \(group.sku.zoneless)",
        remedy: "add a row with the product on-demand to \(prices.file)"
          + (near.map { "; or is it \($0.quoted)?" } ?? ""))
    }
    return log.finished()
  }

  /// Usage that a history shows as covered, where a scenario names nothing that is owned.
  package static func coverWithoutOwned(_ history: InputFile) -> [Finding] {
    guard let covered = try? History(path: history.path).coveredCost(), covered > .zero else {
      return []
    }
    return [
      Finding(
        .warning, rule: "usage.covered-not-owned", place: history.name,
        message: "\(covered.formatted()) of its usage (at list prices) is covered by commitments,"
          + " and the scenario names nothing that is owned: they may be advised again",
        remedy: "write owned: \(history.name) into the scenario, or name a list of the provider's"
          + " own tool")
    ]
  }

  /// Commitments that cannot work as the file says: plans without rates, lives outside the window.
  package static func owned(
    _ owned: OwnedCommitments, prices: PriceList, window: HourWindow
  ) -> [Finding] {
    var log = FindingLog(file: owned.file, kind: "owned")
    let rates = Set(
      prices.rows.lazy.filter(\.product.isSavingsPlan).compactMap { row in
        row.term.flatMap { term in
          row.payment.map { OfferTerms(product: row.product, term: term, payment: $0) }
        }
      })
    for (commitment, line) in zip(owned.commitments, owned.lines) {
      if window.indices(from: commitment.start, to: commitment.end).isEmpty {
        log.add(
          .note, "outside-window", line: line,
          "\(commitment.id.quoted) runs from \(commitment.start) to \(commitment.end), outside the"
            + " window \(window.start) to \(window.end): it has no effect",
          remedy: "nothing, if that is meant")
      } else if commitment.terms.product.isSavingsPlan, !rates.contains(commitment.terms) {
        log.add(
          .warning, "no-rates", line: line,
          "\(prices.file) has no rates for \(commitment.terms.words): \(commitment.id.quoted) covers"
            + " nothing",
          remedy: "add the plan's rates, also where the plan is no longer sold")
      }
    }
    return log.finished()
  }

  /// What is owned, its plans without rates at those of the same product's nearest terms: what a
  /// plan covered would be bought for again.
  package static func withRates(
    _ owned: OwnedCommitments, prices: PriceList, window: HourWindow
  ) -> Reading<OwnedCommitments> {
    let rated = Set(prices.rows.lazy.filter(\.product.isSavingsPlan).compactMap(\.offered))
    var log = FindingLog(file: owned.file, kind: "owned")
    var result = owned
    for index in owned.commitments.indices {
      let (commitment, terms) = (owned.commitments[index], owned.commitments[index].terms)
      guard terms.product.isSavingsPlan, !rated.contains(terms),
        !window.indices(from: commitment.start, to: commitment.end).isEmpty,
        let nearest = terms.nearest(of: rated)
      else { continue }
      result.commitments[index].terms = nearest
      log.add(
        .warning, "borrowed-rates", line: owned.lines[index],
        "\(prices.file) has no rates for \(terms.words): \(commitment.id.quoted) covers usage at those"
          + " for \(nearest.words)",
        remedy: "add the plan's rates, also where the plan is no longer sold")
    }
    return Reading(value: result, findings: log.finished())
  }

  /// What is owned without the commitments that are paid in another currency than the scenario's:
  /// amounts are never converted.
  package static func inCurrency(
    _ expected: String, _ owned: OwnedCommitments
  ) -> Reading<OwnedCommitments> {
    var log = FindingLog(file: owned.file, kind: "owned")
    let kept = owned.commitments.indices.filter { index in
      guard index < owned.currencies.count, !owned.currencies[index].isEmpty,
        owned.currencies[index] != expected
      else { return true }
      log.add(
        .warning, "other-currency", line: owned.lines[index],
        "\(owned.commitments[index].id.quoted) is in \(owned.currencies[index].quoted), and the"
          + " scenario in \(expected): it is left out of what is owned, so a plan may buy it again",
        remedy: "state its prices in \(expected), or set currency in the scenario file")
      return false
    }
    guard kept.count < owned.commitments.count else { return Reading(value: owned, findings: []) }
    var result = owned
    result.commitments = kept.map { owned.commitments[$0] }
    result.lines = kept.map { owned.lines[$0] }
    result.currencies = kept.map { owned.currencies[$0] }
    return Reading(value: result, findings: log.finished())
  }

  /// Families that are used or owned, that no list knows, and of which there are several sizes:
  /// each family once.
  package static func families(
    of usage: UsageHistory, owned: OwnedCommitments?, prices: PriceList
  ) -> [Finding] {
    var log = FindingLog(file: usage.file, kind: "usage")
    let reserved = (owned?.commitments ?? []).compactMap { commitment -> SKU? in
      guard case .reservation(let sku, nil, _, _, _) = commitment.subject else { return nil }
      return sku
    }
    let used = usage.demand.groups.map(\.sku)
    let onSale = prices.rows.lazy.filter(\.product.isReservation).map(\.sku)
    var sizes: [String: Set<String>] = [:]
    for sku in used + reserved + onSale where SizeFlexibility.isUnknownFamily(sku) {
      sizes[sku.family, default: []].insert(sku.instanceType)
    }
    let concerned = Set((used + reserved).map(\.family))
    for (family, types) in sizes.sorted(by: { $0.key < $1.key })
    where types.count > 1 && concerned.contains(family) {
      log.add(
        .warning, "unknown-family", line: nil,
        "no list says whether reservations of \(family) cover other sizes than their own: they are"
          + " taken not to, for \(types.sorted().joined(separator: ", "))",
        remedy:
          "buy the sizes that are used; what covers other sizes, the EC2 User Guide (How Reserved"
          + " Instances are applied) and Microsoft's table of instance size flexibility ratios say")
    }
    return log.finished()
  }

  /// Regional Reserved Instances whose size has no normalisation factor, and usage next to them.
  ///
  /// Without a factor no one can tell how much of a family an instance is: such a reservation is an
  /// error, and such usage is covered by reservations of its own type only.
  package static func sizes(of owned: OwnedCommitments, usage: UsageHistory) -> [Finding] {
    var log = FindingLog(file: owned.file, kind: "owned")
    var flexible: Set<String> = []
    for (commitment, line) in zip(owned.commitments, owned.lines) {
      guard case .reservation(let sku, nil, _, _, _) = commitment.subject else { continue }
      if SizeFlexibility.applies(to: sku) { flexible.insert("\(sku.region) \(sku.family)") }
      guard SizeFlexibility.lacksFactor(sku) else { continue }
      log.add(
        .error, "no-normalization-factor", line: line,
        "\(commitment.id.quoted) is of \(sku.instanceType), which is not in the table of normalization"
          + " factors: what it covers of its family is not known",
        remedy: "correct the instance type; a zonal reservation needs no factor")
    }
    var usages = FindingLog(file: usage.file, kind: "usage")
    for (group, line) in zip(usage.demand.groups, usage.firstLines)
    where SizeFlexibility.lacksFactor(group.sku)
      && flexible.contains("\(group.sku.region) \(group.sku.family)")
    {
      usages.add(
        .warning, "no-normalization-factor", line: line,
        "\(group.sku.instanceType) is not in the table of normalization factors: reservations of other"
          + " sizes of \(group.sku.family) are not applied to it",
        remedy: "correct the instance type, if it is misspelt")
    }
    return log.finished() + usages.finished()
  }

  /// Machines whose group never ran inside the usage's window.
  package static func resources(_ resources: ResourceList, in usage: UsageHistory) -> [Finding] {
    var log = FindingLog(file: resources.file, kind: "resources")
    let used = Set(usage.demand.groups)
    for (resource, line) in zip(resources.resources, resources.lines)
    where !used.contains(resource.group) {
      log.add(
        .warning, "not-in-usage", line: line,
        "\(usage.file) has no usage of \(resource.group) inside the window, the group of"
          + " \(resource.id.quoted)",
        remedy: "write the machine's group as in \(usage.file)")
    }
    return log.finished()
  }
}

extension OfferTerms {
  /// Of the same product: the same term first, then the payment that is nearest.
  fileprivate func nearest(of terms: Set<OfferTerms>) -> OfferTerms? {
    func distance(_ other: OfferTerms) -> (Int, Double, Double) {
      let share = other.payment.savingsPlanUpfrontShare
      return (
        abs(other.term.years - term.years), abs(share - payment.savingsPlanUpfrontShare), share
      )
    }
    return terms.filter { $0.product == product }.min { distance($0) < distance($1) }
  }

  /// `sp-compute, 1 year, no-upfront`.
  var words: String {
    "\(product.rawValue), \(term.years) \(term.years == 1 ? "year" : "years"), \(payment.rawValue)"
  }
}
