import CloudCosts
import Planning

/// Of equally good sizes, buys the one that is in use, and the fewest instances.
///
/// A reservation of one size covers any size of its family. So the program may buy a fleet of
/// 2xlarge as eight times as many of a size whose price was rounded down by a hair. The bill is the
/// same to the rounding of the price list, but quotas count instances. This trades the small size
/// for the one that most of the usage has, as far as whole instances go. What that costs is said
/// with the purchase. The bill includes it, and so does the gap; the objective is that of the
/// smaller sizes, as the bound is.
struct SizeChoice {
  private let prices: PriceBook
  private let window: HourWindow
  /// Instance-hours of usage, by type.
  private let used: [SKU: Double]

  /// How much more an hour of a unit may cost, as a share: prices of three or four digits are
  /// rounded by that much.
  private static let rounding = 2e-3

  /// How many fewer instances are worth a second line for the rest: what is sold in a month without
  /// a raised quota.
  private static let worthALine = 20.0

  /// - Parameter demand: what the usage is, machines resized.
  init(prices: PriceBook, demand: Demand) {
    self.prices = prices
    window = demand.window
    var used: [SKU: Double] = [:]
    for (row, group) in demand.groups.enumerated() {
      used[group.sku.zoneless.asListed, default: 0] += demand.hours(of: row).reduce(0, +)
    }
    self.used = used
  }

  /// For each purchase of a plan, what it may be traded for; nil where no size would be better.
  func trades(_ plan: Plan) -> [Trade?] { plan.purchases.map(trade) }

  /// The plan with as many trades as are paid for.
  ///
  /// - Parameters:
  ///   - mostUpfront: what may be paid upfront; nil: no limit.
  ///   - budget: what the sizes may cost more in all, in currency units over the window.
  func chosen(_ plan: Plan, _ trades: [Trade?], mostUpfront: Double?, budget: Double) -> Plan {
    var accepted = Set<Int>()
    var sizes = SizeCost()
    var upfront = plan.purchases.map(\.commitment.upfront).reduce(0, +)
    // The most instances for the money first; of equal ones, in the plan's order.
    let order = trades.indices.filter { trades[$0] != nil }.sorted { a, b in
      let (one, other) = (trades[a]?.extraPerInstance ?? 0, trades[b]?.extraPerInstance ?? 0)
      return (one, a) < (other, b)
    }
    for index in order {
      guard let trade = trades[index] else { continue }
      let pays = trade.upfront <= 0 || upfront + trade.upfront <= mostUpfront ?? .infinity
      guard pays, trade.extra <= 0 || sizes.bought + trade.extra <= budget else {
        sizes.refused += trade.extra
        sizes.fewerInstances += trade.fewer
        continue
      }
      accepted.insert(index)
      sizes.bought += trade.extra
      upfront += trade.upfront
    }
    var result = plan
    result.sizes = sizes
    guard !accepted.isEmpty else { return result }
    result.purchases = plan.purchases.indices.flatMap { index in
      accepted.contains(index) ? trades[index]?.purchases ?? [] : [plan.purchases[index]]
    }
    for index in result.purchases.indices {
      result.purchases[index].commitment.id = "buy-\(index + 1)"
    }
    return result
  }

  /// One purchase as it may be made in place of another.
  struct Trade {
    var purchases: [Purchase]
    /// How many fewer instances there are.
    var fewer: Double
    /// In currency units over the window.
    var extra: Double
    /// How much more is paid upfront, in currency units.
    var upfront: Double

    var extraPerInstance: Double { extra / max(1, fewer) }
  }

  private func trade(_ purchase: Purchase) -> Trade? {
    let commitment = purchase.commitment
    guard case .reservation(let sku, nil, let count, _, _) = commitment.subject,
      sku.provider != .gcp
    else { return nil }
    let (scope, small) = ReservationScope.counting(sku)
    guard scope.isSizeFlexible, small > 0, count < 1e9, count == count.rounded(),
      let offer = offer(commitment, scope, small), let large = scope.units(of: offer.sku)
    else { return nil }
    let times = (large / small).rounded()
    let whole = (count / times).rounded(.down)
    guard whole >= 1 else { return nil }
    let rest = count - whole * times
    guard rest == 0 || count - whole - rest >= Self.worthALine else { return nil }
    let inside = window.indices(from: commitment.start, to: commitment.end).count
    let more = offer.effectiveHourly - times * commitment.effectiveHourly / count
    let extra = more * whole * Double(inside)
    let moreUpfront = whole * (offer.upfront - times * commitment.upfront / count)
    var bought = purchase
    bought.commitment.subject = .reservation(
      sku: offer.sku, zone: nil, count: whole, upfront: offer.upfront, hourly: offer.hourly)
    bought.explanation = purchase.explanation?.scaled(by: times)
    let currency = prices.currency
    if let text = bought.explanation?.sentence(isReservation: true, currency: currency) {
      bought.reason = text
    }
    bought.reason +=
      " The same as \(Int(whole * times)) × \(sku.instanceType), in the size in use"
      + cost(extra) + "."
    guard rest > 0 else {
      return Trade(
        purchases: [bought], fewer: count - whole, extra: extra, upfront: moreUpfront)
    }
    var left = purchase
    left.commitment.subject = left.commitment.subject.counting(rest)
    return Trade(
      purchases: [bought, left], fewer: count - whole - rest, extra: extra, upfront: moreUpfront)
  }

  private func cost(_ extra: Double) -> String {
    let amount = Money(rounding: extra)
    guard abs(amount.value) >= 0.005 else { return "" }
    let text = Money(rounding: abs(extra)).formatted(decimals: 2)
    return ", for \(text) \(prices.currency) \(extra > 0 ? "more" : "less") over the window"
  }

  /// The offer of the same terms and nearly the same price for the size that most of the usage
  /// has.
  private func offer(
    _ commitment: Commitment, _ scope: ReservationScope, _ small: Double
  ) -> ReservationOffer? {
    guard case .reservation(let sku, _, let count, _, _) = commitment.subject else { return nil }
    let inUse = Dictionary(
      uniqueKeysWithValues: used.compactMap { sku, hours in
        scope.units(of: sku).map { (sku, hours * $0) }
      })
    let most = inUse.values.max() ?? 0
    let price = commitment.effectiveHourly / count / small
    let candidates = prices.reservations.filter { offer in
      guard offer.terms == commitment.terms, offer.zone == nil, offer.sku != sku,
        inUse[offer.sku.asListed] == most, let large = scope.units(of: offer.sku)
      else { return false }
      let times = large / small
      return times >= 2 && abs(times - times.rounded()) < 1e-9
        && offer.effectiveHourly / large <= price * (1 + Self.rounding)
        && offer.sale.contains(commitment.start)
    }
    return candidates.min { $0.sku < $1.sku }
  }
}

extension OutcomePlanner {
  /// The plan in the sizes in use, where that keeps the policy on the bill.
  func inSizesInUse(_ plan: Plan, _ trials: BillTrials) throws -> Plan {
    let choice = SizeChoice(
      prices: inputs.prices, demand: planBiller.paths.mean.applying(plan.actions))
    let trades = choice.trades(plan)
    // A bill takes longer than all that could be traded.
    guard trades.contains(where: { $0 != nil }) else { return plan }
    let before = try trials.trial(plan.commitments, plan.actions)
    let billed = before.measured
    let open = inputs.effort.gap * billed - (billed - plan.certificate.bound)
    let chosen = choice.chosen(
      plan, trades, mostUpfront: inputs.policy.maxUpfront,
      budget: max(0, inputs.policy.sizeCost.map { $0 * billed } ?? open))
    guard chosen.purchases != plan.purchases else { return chosen }
    let start = planBiller.paths.window.start
    guard trials.problem.policy.isWorthEnough(chosen.commitments, at: start) else { return plan }
    let hasMoreLines = chosen.purchases.count > plan.purchases.count
    if hasMoreLines, let least = inputs.policy.minPurchase, least > 0 { return plan }
    let traded = try trials.trial(chosen.commitments, plan.actions)
    guard traded.keepsLimits(asWellAs: before) else { return plan }
    // What contract years miss may make it cost more than the prices say.
    let isWithinGap =
      traded.measured - plan.certificate.bound <= inputs.effort.gap * traded.measured
    guard isWithinGap || inputs.policy.sizeCost != nil || traded.measured <= before.measured else {
      return plan
    }
    // Under contract years and limits the program may have all sizes: then the larger ones, which
    // cost a hair more, must keep the limits, and the objective is theirs. Else it has the smaller
    // ones alone.
    guard trials.problem.mayHaveAllSizes else { return chosen }
    let priced = try PlanRevision(trials.problem, gap: inputs.effort.gap).plan(
      chosen.commitments, chosen.actions, chosen.certificate,
      billed: traded.isKept ? traded.measured : nil)
    guard let priced else { return plan }
    var larger = chosen
    larger.certificate = priced.certificate
    return larger
  }
}

extension PlanningProblem {
  /// Whether a size may be on sale next to one that is as good but for a limit: on what purchases
  /// cost in a month or an hour, or on how many they are. (What is paid upfront in all is counted
  /// with the trades.)
  fileprivate var mayHaveAllSizes: Bool {
    !spendCommitments.isEmpty || policy.maxExpiringPerMonth != nil
      || policy.maxHourlyCommitment != nil || policy.maxUpfrontPerMonth != nil
      || policy.maxPurchases != nil || policy.minPurchase != nil
  }
}

extension Commitment.Subject {
  fileprivate func counting(_ count: Double) -> Commitment.Subject {
    guard case .reservation(let sku, let zone, _, let upfront, let hourly) = self else {
      return self
    }
    return .reservation(sku: sku, zone: zone, count: count, upfront: upfront, hourly: hourly)
  }
}

extension PurchaseExplanation {
  /// Of a unit that is so many of this one.
  fileprivate func scaled(by times: Double) -> PurchaseExplanation {
    var scaled = self
    scaled.marginalValue *= times
    scaled.marginalValuePerYear *= times
    scaled.stopPrice *= times
    scaled.alternative?.extraCost *= times
    return scaled
  }
}
