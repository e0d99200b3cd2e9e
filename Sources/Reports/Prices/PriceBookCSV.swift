import CloudCosts

/// A price book as the file that scenarios name under `prices`.
package enum PriceBookCSV {
  /// All rows under the contract's header.
  ///
  /// - Parameter sources: for each row where its price is from; empty: no such column.
  package static func text(_ rows: [PriceRow], sources: [String] = []) -> String {
    let hasZones = rows.contains { !$0.sku.zone.isEmpty }
    let hasLists = rows.contains { $0.list != nil }
    var header = [
      "provider", "region", "instance_type", "operating_system", "tenancy", "product",
      "term_years", "payment", "upfront", "hourly",
    ]
    if hasZones { header.append("zone") }
    if hasLists { header.append("list_hourly") }
    if !sources.isEmpty { header.append("source") }
    var csv = CSVText(header: header)
    for (index, row) in rows.enumerated() {
      var cells: [CSVText.Cell] = [
        .text(row.sku.provider.rawValue), .text(row.sku.region), .text(row.sku.instanceType),
        .text(row.sku.operatingSystem), .text(row.sku.tenancy), .text(row.product.rawValue),
        .number(row.term.map { String($0.years) }), .optional(row.payment?.rawValue),
        .number(row.product == .onDemand ? nil : plain(row.upfront)), .number(plain(row.hourly)),
      ]
      if hasZones { cells.append(.text(row.sku.zone)) }
      if hasLists { cells.append(.number(row.list.map { plain($0.hourly) })) }
      if sources.indices.contains(index) { cells.append(.text(sources[index])) }
      csv.append(cells)
    }
    return csv.text
  }

  /// As few digits as name the number again, and no exponent.
  private static func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    let text = String(number)
    guard let e = text.firstIndex(of: "e") else { return text }
    // A request costs 2e-07: its digits behind so many zeros.
    let digits = text[..<e].filter(\.isNumber)
    guard let exponent = Int(text[text.index(after: e)...]), exponent < 0 else { return text }
    let zeros = String(repeating: "0", count: -exponent - 1)
    return
      "\(number < 0 ? "-" : "")0.\(zeros)\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)"
  }
}
