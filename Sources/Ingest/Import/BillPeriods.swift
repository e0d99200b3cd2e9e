import CloudCosts
import Foundation

/// Which dates, lengths and amounts a row of a bill can have; what lies outside is set aside.
///
/// Machines were not billed by the hour before 2006: AWS opened S3 in March and EC2 in August of
/// that year (AWS, "Announcing Amazon Elastic Compute Cloud (Amazon EC2) - beta", 2006-08-24). A
/// bill reports what was used; fees may be booked ahead, hence to the end of next year.
struct BillPeriods: Sendable {
  /// The first hour that a charge may start in.
  let first = Hour(year: 2006, month: 1, day: 1)
  /// The first hour that it may not.
  let end: Hour

  /// Hours of a row of usage: a year.
  static let longestUsage = 8784
  /// Hours of any other row: a commitment of five years is the longest on sale.
  static let longest = 10 * 8784
  /// Currency units or instance-hours of a row.
  static let largest = 1e12

  init(now: Date = Date()) {
    let hour = Hour(sinceEpoch: Int(now.timeIntervalSince1970) / 3600)
    end = Hour(year: hour.month.year + 2, month: 1, day: 1)
  }

  var years: ClosedRange<Int> { first.month.year...end.month.year - 1 }

  /// A commitment's term, as far as it can be believed.
  func term(from start: Hour?, to end: Hour?) -> (start: Hour?, end: Hour?) {
    let start = start.flatMap { first <= $0 && $0 < self.end ? $0 : nil }
    let last = self.end + BillPeriods.longest
    return (start, end.flatMap { first < $0 && $0 <= last ? $0 : nil })
  }
}

/// Why a row is set aside. The numbers are those of `BillSQL`.
enum BillRowFlaw: Int, CaseIterable {
  /// Starts in a year of no bill: the row is in no total.
  case date = 1
  /// Holds an amount beyond `BillPeriods.largest`: the row is in no total.
  case amount
  /// Ends before it starts, or usage without an end: no usage, and its money is kept.
  case order
  /// Longer than anything that is charged for: no usage, and its money is kept.
  case length
  /// More instance-hours than `BillPeriods.largest`: no usage, and its money is kept.
  case quantity
  /// Without a cost, which counts as 0; its usage is kept.
  case blank

  /// Whether the row is left out of all sums, since no month or no amount of it can be believed.
  var isLeftOut: Bool { self == .date || self == .amount }

  static let leftOut = allCases.filter(\.isLeftOut).map { "\($0.rawValue)" }.joined(separator: ", ")
}
