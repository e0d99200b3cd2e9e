/// The columns of what `BillSQL.keys` brings home; behind them come `BillWord`'s, in their order,
/// and tags.
enum BillKey: Int, CaseIterable {
  case id, key, machine
}

/// The columns of what `BillSQL.cells` brings home; money and hours are in trillionths.
enum BillCell: Int, CaseIterable {
  case id, hour, span, rows, quantity, doubtful, list, contracted, billed, effective, unused
  case covered, credit, units, bad, aside
}

/// The columns of what `BillSQL.totals` brings home.
enum BillTotal: Int, CaseIterable {
  case service, day, rows, list, contracted, billed, effective, unused, covered
  case credit, units, blank
}

/// Whole numbers as an engine prints them.
extension Field {
  var integer: Int? { Int(text) }
}
