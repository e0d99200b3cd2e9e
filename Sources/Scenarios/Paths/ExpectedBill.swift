import Billing
import CloudCosts

/// The probability-weighted mean of bills of the same window: what is expected of several futures.
///
/// Row by row; each mean is rounded once, to a millionth.
struct ExpectedBill {
  private struct RowKey: Hashable {
    var kind: ChargeKind
    var month: CalendarMonth
    var group: UsageGroup?
    var commitment: Commitment.ID?
  }

  private struct PaymentKey: Hashable {
    var kind: Payment.Kind
    var month: CalendarMonth
    var commitment: Commitment.ID?
  }

  private var bill: Bill?
  private var order: [RowKey] = []
  private var rows: [RowKey: (hours: Double, list: Double, effective: Double)] = [:]
  private var paymentOrder: [PaymentKey] = []
  private var payments: [PaymentKey: Double] = [:]
  /// Of each commitment, month by month: used, unused, covered, interest.
  private var uses: [[SIMD4<Double>]] = []
  private var findings: [Finding] = []

  mutating func add(_ one: Bill, probability p: Double) {
    if bill == nil {
      var first = one
      first.hourlyList = one.hourlyList.map { _ in 0 }
      first.hourlyCovered = one.hourlyCovered.map { _ in 0 }
      uses = one.commitments.map { $0.months.map { _ in SIMD4() } }
      bill = first
    }
    for row in one.rows {
      let key = RowKey(
        kind: row.kind, month: row.month, group: row.group, commitment: row.commitment)
      if rows[key] == nil { order.append(key) }
      let known = rows[key] ?? (0, 0, 0)
      rows[key] = (
        known.hours + p * row.instanceHours, known.list + p * row.list.value,
        known.effective + p * row.effective.value
      )
    }
    for payment in one.payments {
      let key = PaymentKey(
        kind: payment.kind, month: payment.month, commitment: payment.commitment)
      if payments[key] == nil { paymentOrder.append(key) }
      payments[key, default: 0] += p * payment.amount.value
    }
    for h in one.hourlyList.indices {
      bill?.hourlyList[h] += p * one.hourlyList[h]
      bill?.hourlyCovered[h] += p * one.hourlyCovered[h]
    }
    for (c, use) in one.commitments.enumerated() {
      for (m, month) in use.months.enumerated() where uses[c].indices.contains(m) {
        uses[c][m] +=
          p
          * SIMD4(
            month.used.value, month.unused.value, month.coveredList.value,
            month.costOfCapital.value)
      }
    }
    bill?.eligibleSKUs.formUnion(one.eligibleSKUs)
    findings += one.findings.filter { !findings.contains($0) }
  }

  /// Nil where no bill was added.
  var value: Bill? {
    guard var result = bill else { return nil }
    result.rows = order.compactMap { key in
      rows[key].map {
        BillRow(
          kind: key.kind, month: key.month, group: key.group, commitment: key.commitment,
          instanceHours: $0.hours, list: Money(rounding: $0.list),
          effective: Money(rounding: $0.effective))
      }
    }
    result.payments = paymentOrder.compactMap { key in
      payments[key].map {
        Payment(
          kind: key.kind, month: key.month, commitment: key.commitment,
          amount: Money(rounding: $0))
      }
    }
    result.commitments = zip(result.commitments, uses).map { use, sums in
      CommitmentUse(
        commitment: use.commitment,
        months: zip(use.months, sums).map { month, sum in
          var month = month
          month.used = Money(rounding: sum[0])
          month.unused = Money(rounding: sum[1])
          month.coveredList = Money(rounding: sum[2])
          month.costOfCapital = Money(rounding: sum[3])
          return month
        })
    }
    result.findings = findings
    return result
  }
}
