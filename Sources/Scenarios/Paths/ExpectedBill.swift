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

  private var bill: Bill?
  private var order: [RowKey] = []
  /// Of each row: hours, list, contracted, billed, effective.
  private var rows: [RowKey: SIMD8<Double>] = [:]
  /// Of each commitment, month by month: used, unused, covered, interest.
  private var uses: [[SIMD4<Double>]] = []
  private var findings: [Finding] = []
  private var years: [ContractYear] = []

  mutating func add(_ one: Bill, probability p: Double) {
    if bill == nil {
      var first = one
      first.hourlyOnDemand = one.hourlyOnDemand.map { _ in 0 }
      first.hourlyCovered = one.hourlyCovered.map { _ in 0 }
      uses = one.commitments.map { $0.months.map { _ in SIMD4() } }
      bill = first
    }
    for row in one.rows {
      let key = RowKey(
        kind: row.kind, month: row.month, group: row.group, commitment: row.commitment)
      if rows[key] == nil { order.append(key) }
      rows[key, default: SIMD8()] +=
        p
        * SIMD8(
          row.instanceHours, row.list.value, row.contracted.value, row.billed.value,
          row.effective.value, 0, 0, 0)
    }
    for h in one.hourlyOnDemand.indices {
      bill?.hourlyOnDemand[h] += p * one.hourlyOnDemand[h]
      bill?.hourlyCovered[h] += p * one.hourlyCovered[h]
    }
    for (c, use) in one.commitments.enumerated() {
      for (m, month) in use.months.enumerated() where uses[c].indices.contains(m) {
        uses[c][m] +=
          p
          * SIMD4(
            month.used.value, month.unused.value, month.coveredOnDemand.value,
            month.costOfCapital.value)
      }
    }
    years.add(one.contractYears, probability: p)
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
          instanceHours: $0[0], list: Money(rounding: $0[1]), contracted: Money(rounding: $0[2]),
          billed: Money(rounding: $0[3]), effective: Money(rounding: $0[4]))
      }
    }
    result.commitments = zip(result.commitments, uses).map { use, sums in
      CommitmentUse(
        commitment: use.commitment,
        months: zip(use.months, sums).map { month, sum in
          var month = month
          month.used = Money(rounding: sum[0])
          month.unused = Money(rounding: sum[1])
          month.coveredOnDemand = Money(rounding: sum[2])
          month.costOfCapital = Money(rounding: sum[3])
          return month
        })
    }
    result.findings = findings
    result.contractYears = years
    return result
  }
}
