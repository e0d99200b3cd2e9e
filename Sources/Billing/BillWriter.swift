import CloudCosts

/// Turns a month's sums into rows. Here, and only here, amounts become `Money`.
struct BillWriter {
  private let order: ApplicationOrder
  private let usage: UsageIndex
  private let window: HourWindow
  private let costOfCapital: Double
  /// Per commitment of the order: what the public list asks for each currency unit paid.
  private let listShares: [ListShare]

  private(set) var rows: [BillRow] = []
  /// Per commitment of the order.
  private(set) var months: [[CommitmentMonth]]
  private(set) var coveredSKUs: Set<SKU> = []

  init(
    order: ApplicationOrder, usage: UsageIndex, window: HourWindow, prices: PriceBook,
    costOfCapital: Double
  ) {
    self.order = order
    self.usage = usage
    self.window = window
    self.costOfCapital = costOfCapital
    let negotiated = prices.reservations.filter { $0.list != nil }
    listShares = order.members.map { $0.commitment.listShare(negotiated) }
    months = order.members.map { _ in [] }
    // A row a group at least; growing would copy them all.
    rows.reserveCapacity(usage.linesOfGroup.count)
  }

  /// Adds what is no month's.
  mutating func add(_ more: [BillRow]) { rows += more }

  /// Writes one calendar month of the window.
  mutating func close(_ month: CalendarMonth, hours: Range<Int>, of waterfall: Waterfall) {
    writeOnDemand(month, waterfall, shares: waterfall.sustained.shares(in: hours))
    let part = HourWindow(start: window.start + hours.lowerBound, hours: hours.count)
    var unusedRows: [BillRow] = []
    var capitalRows: [BillRow] = []
    var purchaseRows: [BillRow] = []
    for (index, (commitment, ranks)) in order.members.enumerated() {
      let active = part.indices(from: commitment.start, to: commitment.end)
      guard !active.isEmpty else { continue }
      var record = CommitmentMonth(
        month: month, activeHours: active.count,
        costOfCapital: commitment.costOfCapital(in: part, rate: costOfCapital),
        upfront: commitment.upfrontPayment(in: part),
        recurring: commitment.recurringPayments(in: part))
      writeCovered(by: commitment, ranks, in: part, of: waterfall, record: &record)
      if record.unused != .zero {
        unusedRows.append(
          BillRow(
            kind: .unusedCommitment, month: month, commitment: commitment.id,
            effective: record.unused))
      }
      if record.costOfCapital != .zero {
        capitalRows.append(
          BillRow(
            kind: .costOfCapital, month: month, commitment: commitment.id,
            effective: record.costOfCapital))
      }
      let share = listShares[index]
      for (kind, amount, list) in [
        (ChargeKind.upfrontPurchase, record.upfront, share.upfront),
        (.recurringPurchase, record.recurring, share.recurring),
      ] where amount != .zero {
        purchaseRows.append(
          BillRow(
            kind: kind, month: month, commitment: commitment.id,
            list: list == 1 ? amount : Money(rounding: amount.value * list), contracted: amount,
            billed: amount))
      }
      months[index].append(record)
    }
    rows += unusedRows
    rows += capitalRows
    rows += purchaseRows
  }

  /// - Parameter shares: per line, what of its price on-demand usage costs in this month.
  private mutating func writeOnDemand(
    _ month: CalendarMonth, _ waterfall: Waterfall, shares: [Double]
  ) {
    for lines in usage.linesOfGroup {
      var sum = Sums()
      for g in lines where waterfall.onDemand[g] > 0 {
        let hours = waterfall.onDemand[g]
        sum.add(hours, g, usage, cost: hours * usage.onDemand[g] * shares[g])
      }
      guard sum.hours > 0 else { continue }
      var row = sum.row(.onDemand, month, usage.groups[lines.lowerBound])
      row.billed = row.effective
      rows.append(row)
    }
  }

  /// Writes a commitment's covered usage, and finds what of its cost was not used.
  ///
  /// The commitment's cost in the month is rounded once, and so is each row; what the rows leave of
  /// it is the unused part. Where nothing is unused, what is left is only rounding (a millionth a
  /// row at most), and the largest row takes it: rows and unused part add up to the cost exactly.
  private mutating func writeCovered(
    by commitment: Commitment, _ ranks: Range<Int>, in part: HourWindow, of waterfall: Waterfall,
    record: inout CommitmentMonth
  ) {
    let first = rows.count
    var largest = first
    for lines in usage.linesOfGroup {
      var sum = Sums()
      for g in lines {
        for rank in ranks {
          let hours = waterfall.covered[rank * usage.groups.count + g]
          guard hours > 0 else { continue }
          let units = hours * order.units(ofGroup: g, underRank: rank)
          sum.add(hours, g, usage, cost: units * order.pools[rank].unitPrice)
        }
      }
      guard sum.hours > 0 else { continue }
      let group = usage.groups[lines.lowerBound]
      var row = sum.row(.coveredUsage, record.month, group)
      row.commitment = commitment.id
      rows.append(row)
      coveredSKUs.insert(group.sku)
      record.coveredOnDemand += row.contracted
      record.used += row.effective
      if row.effective > rows[largest].effective { largest = rows.count - 1 }
    }
    let remainder = commitment.amortizedCost(in: part) - record.used
    let unused = ranks.map { waterfall.unused[$0] * order.pools[$0].unitPrice }.reduce(0, +)
    let isRounding = Money(rounding: unused) == .zero
    if rows.count > first, isRounding || remainder < .zero {
      rows[largest].effective += remainder
      record.used += remainder
    } else {
      record.unused = remainder
    }
  }
}

/// What the lines of a group come to, before rounding.
private struct Sums {
  var hours = 0.0
  var list = 0.0
  var contracted = 0.0
  var cost = 0.0

  /// - Parameter g: the line; its hours count by its share of the machine.
  mutating func add(_ hours: Double, _ g: Int, _ usage: UsageIndex, cost: Double) {
    self.hours += hours * usage.shares[g]
    list += hours * usage.list[g]
    contracted += hours * usage.onDemand[g]
    self.cost += cost
  }

  func row(_ kind: ChargeKind, _ month: CalendarMonth, _ group: UsageGroup) -> BillRow {
    BillRow(
      kind: kind, month: month, group: group, instanceHours: hours, list: Money(rounding: list),
      contracted: Money(rounding: contracted), effective: Money(rounding: cost))
  }
}

/// What the public list asks for each currency unit that is paid upfront and by the hour.
private struct ListShare {
  var upfront = 1.0
  var recurring = 1.0
}

extension Commitment {
  /// More than 1 where it was bought at one of these negotiated prices.
  fileprivate func listShare(_ negotiated: [ReservationOffer]) -> ListShare {
    let whole = paidShare > 0 ? 1 / paidShare : 1
    guard !negotiated.isEmpty, paidShare == 1,
      case .reservation(let sku, let zone, _, let upfront, let hourly) = subject
    else { return ListShare(upfront: whole, recurring: whole) }
    let offer = negotiated.first {
      $0.terms == terms && $0.sku.zoneless == sku.zoneless && $0.zone == zone
        && $0.upfront == upfront && $0.hourly == hourly
    }
    guard let list = offer?.list else { return ListShare() }
    return ListShare(
      upfront: upfront > 0 ? list.upfront / upfront : 1,
      recurring: hourly > 0 ? list.hourly / hourly : 1)
  }
}
