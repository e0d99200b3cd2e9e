/// The columns of what `BillSQL.cells` returns.
enum BillCell: Int {
  case tag, currency, provider, account, service, region, instanceType, operatingSystem, tenancy
  case classAndRule, commitment, isCorrection, hour, span, rows, quantity, certain, list
  case contracted, billed, effective, unused, bad
}

/// Whole numbers as an engine prints them.
extension Field {
  var integer: Int? { Int(text) }
}
