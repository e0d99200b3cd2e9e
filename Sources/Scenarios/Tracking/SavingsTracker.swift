import Billing
import CloudCosts

/// Compares what a plan was expected to save with what its purchases saved on the usage that came.
package struct SavingsTracker: Sendable {
  private let projection: Projection
  private let actual: ActualUsage
  /// As really bought, at the price really paid; nil: not bought. In the order of the plan's lines.
  private let bought: [Commitment?]
  /// Hours by which the projection is moved.
  package let shift: Int
  /// The hours that are compared: of the projection and of the history.
  package let window: HourWindow

  /// - Parameter bought: see the property.
  package init(_ projection: Projection, _ actual: ActualUsage, bought: [Commitment?]) {
    self.projection = projection
    self.actual = actual
    self.bought = bought
    let planned = projection.demand.window
    shift = Self.shift(planned, first: bought.compactMap { $0?.start }.min())
    let start = max(planned.start + shift, actual.demand.window.start)
    let end = min(planned.end + shift, actual.demand.window.end)
    window = HourWindow(from: start, to: end)
  }

  /// A plan that was made of a past window, and bought after it, is taken to mean the same weeks
  /// again: moved by whole weeks, so that days of the week stay what they are, to the last time
  /// that is not behind the purchase.
  static func shift(_ planned: HourWindow, first bought: Hour?) -> Int {
    guard let bought, planned.hours > 0, bought >= planned.end else { return 0 }
    return (bought - planned.start) / 168 * 168
  }

  /// - Returns: nil where there is no hour to compare.
  package func result(progress: (String) -> Void = { _ in }) throws -> TrackedSavings? {
    guard window.hours > 0 else { return nil }
    let worlds = Worlds(projection, actual, bought: bought, shift: shift, window: window)
    var steps: [LineSavings] = []
    for (index, world) in worlds.forwards.enumerated() {
      progress("billing step \(index + 1) of \(worlds.forwards.count)")
      steps.append(try world.savings())
    }
    let mean = try worlds.mean.savings()
    let projected = projection.futures == 1 ? mean : expected()
    steps.insert(projected, at: 0)
    let real = worlds.forwards[worlds.forwards.count - 1]
    return TrackedSavings(
      window: window, shift: shift,
      total: SavingsVariance(steps.map(\.total)),
      lines: projection.lines.indices.map { line in
        SavingsVariance(steps.map { $0.lines[line] })
      },
      overlap: SavingsVariance(steps.map(\.overlap)),
      reversed: try reversed(
        worlds, mean: mean.total, projected: projected.total, real: steps[5].total),
      levels: worlds.levels(projection.months), bill: try real.bill(),
      recent: try recent(real), bought: bought)
  }

  /// Of the futures' mean, where the window cuts a month by its hours.
  private func expected() -> LineSavings {
    var total = Money.zero
    var lines = [Money](repeating: .zero, count: projection.lines.count)
    for (month, hours) in zip(projection.months, projection.demand.window.months.map(\.hours)) {
      let start = projection.demand.window.start + shift
      let inside = window.indices(
        from: start + hours.lowerBound, to: start + hours.upperBound
      ).count
      total += (month.withNone - month.withAll).share(inside, of: hours.count)
      for line in lines.indices {
        lines[line] += (month.without[line] - month.withAll).share(inside, of: hours.count)
      }
    }
    return LineSavings(total: total, lines: lines)
  }

  /// The same causes in the reverse order.
  private func reversed(
    _ worlds: Worlds, mean: Money, projected: Money, real: Money
  ) throws -> SavingsVariance {
    let steps = try worlds.backwards.map { try $0.saving() }
    return SavingsVariance(
      projected: projected, usage: real - steps[3] + mean - projected, mix: steps[3] - steps[2],
      price: steps[2] - steps[1], purchases: steps[1] - steps[0], timing: steps[0] - mean,
      realised: real)
  }

  /// How the purchases were used in the last thirty days.
  private func recent(_ real: SavingsWorld) throws -> Bill {
    var last = real
    let hours = min(720, window.hours)
    last.demand = real.demand.restricted(to: HourWindow(start: window.end + -hours, hours: hours))
    return try last.bill()
  }
}

/// What purchases saved, next to what they were expected to.
package struct TrackedSavings: Sendable {
  /// The hours that are compared.
  package var window: HourWindow
  /// Hours by which the projection was moved.
  package var shift: Int
  package var total: SavingsVariance
  /// In the order of the plan's lines.
  package var lines: [SavingsVariance]
  /// What lines save together beyond the sum of what each saves by itself.
  package var overlap: SavingsVariance
  /// The total with the causes in reverse order: what a split depends on its order by.
  package var reversed: SavingsVariance
  package var levels: [UsageLevel]
  /// The bill that really came, judged: of what is owned, then of what was bought.
  package var bill: Bill
  /// Of the last thirty days.
  package var recent: Bill
  package var bought: [Commitment?]
}

/// A month's usage on demand at the projected prices: as projected, and as it came.
package struct UsageLevel: Hashable, Sendable {
  package var month: CalendarMonth
  /// Hours of the month that are compared.
  package var hours: Int
  package var projected: Money
  /// 5th and 95th percentile of the futures; both `projected` where there is one.
  package var low: Money
  package var high: Money
  package var actual: Money
}

/// The worlds between projection and reality.
private struct Worlds {
  /// As projected: the futures' mean.
  let mean: SavingsWorld
  /// After one, two, … five substitutions.
  let forwards: [SavingsWorld]
  /// After one, two, three and four from the other end.
  let backwards: [SavingsWorld]
  private let window: HourWindow
  private let projected: [Double]
  private let actual: [Double]

  init(
    _ projection: Projection, _ came: ActualUsage, bought: [Commitment?], shift: Int,
    window: HourWindow
  ) {
    self.window = window
    let planned = PriceBook(projection.prices).filled(from: came.prices)
    let real = came.prices.filled(from: planned)
    let demand = projection.demand.moved(by: shift).restricted(to: window)
    let usage = came.demand.restricted(to: window)
    let atPlanned = usage.pricedApart(planned).separatingLicences(planned)
    let atReal = usage.separatingLicences(real)
    let projected = demand.monthlyCost(planned)
    let actual = atPlanned.monthlyCost(planned)
    self.projected = projected
    self.actual = actual
    let lines = projection.lines.map { $0.moved(by: shift) }
    var mean = SavingsWorld(
      demand: demand, prices: planned, sharing: projection.sharing,
      costOfCapital: projection.costOfCapital, owned: projection.owned, lines: lines)
    mean.spendCommitments = projection.spendCommitments
    mean.givenUp = projection.givenUp
    self.mean = mean
    func changed(_ world: SavingsWorld, _ change: (inout SavingsWorld) -> Void) -> SavingsWorld {
      var world = world
      change(&world)
      return world
    }
    let level = changed(self.mean) { $0.demand = demand.scaledByMonth(from: projected, to: actual) }
    let mix = changed(self.mean) {
      $0.demand = atPlanned
      $0.owned = came.owned
    }
    let priced = zip(lines, bought).map { $0.paid(as: $1) }
    let price = changed(mix) {
      $0.demand = atReal
      $0.prices = real
      $0.lines = priced
    }
    let dated = zip(lines, bought).map { line, bought in bought?.dated(as: line) }
    let purchases = changed(price) { $0.lines = dated }
    forwards = [level, mix, price, purchases, changed(purchases) { $0.lines = bought }]

    let onTime = zip(lines, bought).map { line, bought in bought.map(line.dated) ?? line }
    let timing = changed(self.mean) { $0.lines = onTime }
    let amounts = zip(lines, bought).map { line, bought in bought?.paid(as: line) }
    let less = changed(timing) { $0.lines = amounts }
    let dear = changed(less) {
      $0.prices = real
      $0.lines = bought
    }
    let mixed = changed(dear) {
      $0.demand = atReal.scaledByMonth(from: actual, to: projected)
      $0.owned = came.owned
    }
    backwards = [timing, less, dear, mixed]
  }

  func levels(_ months: [ProjectedMonth]) -> [UsageLevel] {
    window.months.enumerated().map { index, entry in
      let mean = Money(rounding: projected[index])
      let month = months.first { $0.month == entry.month }
      func band(_ rank: Int) -> Money {
        guard let month, month.onDemand[1] > .zero else { return mean }
        return Money(rounding: mean.value * month.onDemand[rank].value / month.onDemand[1].value)
      }
      return UsageLevel(
        month: entry.month, hours: entry.hours.count, projected: mean, low: band(0), high: band(2),
        actual: Money(rounding: actual[index]))
    }
  }
}

extension Commitment {
  fileprivate func moved(by hours: Int) -> Commitment {
    var moved = self
    moved.start = start + hours
    moved.end = end + hours
    moved.prepaid = prepaid.map { HourWindow(start: $0.start + hours, hours: $0.hours) }
    return moved
  }

  /// The same for as long as another one.
  fileprivate func dated(as other: Commitment) -> Commitment {
    var dated = self
    dated.start = other.start
    dated.end = other.end
    dated.prepaid = other.spread
    return dated
  }

  /// The same at what another one costs, where that is a reservation like it.
  fileprivate func paid(as other: Commitment?) -> Commitment {
    guard case .reservation(_, _, _, let upfront, let hourly)? = other?.subject,
      case .reservation(let sku, let zone, let count, _, _) = subject
    else { return self }
    var paid = self
    paid.subject = .reservation(
      sku: sku, zone: zone, count: count, upfront: upfront, hourly: hourly)
    return paid
  }
}

extension Demand {
  fileprivate func moved(by hours: Int) -> Demand {
    Demand(
      window: HourWindow(start: window.start + hours, hours: window.hours), groups: groups,
      quantities: quantities)
  }

  /// All on demand, by calendar month, in currency units.
  fileprivate func monthlyCost(_ prices: PriceBook) -> [Double] {
    let rates = groups.map { prices.onDemandPrice(of: $0.sku) ?? 0 }
    return window.months.map { _, hours in
      groups.indices.reduce(0) { sum, g in
        sum + rates[g] * hours.reduce(0) { $0 + self[g, $1] }
      }
    }
  }

  /// Every month times what its level changes by; a month without usage stays so.
  fileprivate func scaledByMonth(from old: [Double], to new: [Double]) -> Demand {
    var result = self
    for (index, month) in window.months.enumerated() where old[index] > 0 {
      let factor = new[index] / old[index]
      for g in groups.indices {
        for h in month.hours { result[g, h] *= factor }
      }
    }
    return result
  }
}

extension Money {
  /// The amount times `part / whole`, ties to even.
  fileprivate func share(_ part: Int, of whole: Int) -> Money {
    guard whole > 0, part != whole else { return whole > 0 ? self : .zero }
    let (quotient, rest) = (micros * Int128(part)).quotientAndRemainder(dividingBy: Int128(whole))
    let doubled = rest.magnitude * 2
    let isUp = doubled > UInt128(whole) || doubled == UInt128(whole) && !quotient.isMultiple(of: 2)
    return Money(micros: quotient + (isUp ? rest.signum() : 0))
  }
}
