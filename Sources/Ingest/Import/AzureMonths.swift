import CloudCosts

/// Azure's cost details that were summed up by the month.
///
/// Their rows are of a day, and nothing in a row says of how many days it is the sum. Where all
/// rows of a file are of a month's first day, and one of a virtual machine has more hours than a
/// day has, it is a month's sum, or that of a scale set's machines on one day. The month is the
/// safer reading: it has fewer machines at once, so that less is committed to.
enum AzureMonths {
  /// How many rows are of another day than a month's first, and how many of machines have more than
  /// a day's hours; nil where the file is none of Azure's.
  static func query(_ columns: BillColumns, from input: String) -> String? {
    guard BillFormats.format(of: columns) is AzureBill,
      let name = AzureBill.days.first(where: columns.has)
    else { return nil }
    let dialect = columns.dialect
    let unit = columns.text("UnitOfMeasure", "UnitType", "Unit")
    let amount = AzureBill.amounts.first(where: columns.has).map { columns.sql($0) } ?? "null"
    return """
      select count(*) filter (extract(day from make_timestamp(\(columns.time(name)))) <> 1),
        count(*) filter (lower(\(columns.text("MeterCategory"))) = 'virtual machines'
          and \(unit) ilike '%hour%'
          and \(dialect.real(amount)) * \(PricingBlock.size(unit, dialect)) > 24.001)
      from \(input)
      """
  }

  static func finding(_ rows: Int, place: String) -> Finding {
    Finding(
      .warning, rule: "import.read-as-months", place: place,
      message: "every row is of a month's first day, and \(rows.grouped) of virtual machines"
        + " \(rows == 1 ? "has" : "have") more hours than a day: rows are taken for sums of their"
        + " months and spread over them",
      remedy: "export days; or if these are scale sets on one day, import the days that follow too")
  }
}
