extension AzureBill {
  /// A reservation's purchase counts machines; the order's name says which: `Reserved VM Instance,
  /// Standard_DS1_v2, EU West, 1 Year`. A one-time purchase is made on the first day; monthly ones
  /// repeat.
  func facts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let isPlan =
      "(lower(\(c.text("commitment"))) like '%savingsplan%' or lower(\(c.text("pricing"))) = 'savingsplan')"
    let isBought = "lower(\(c.text("kind"))) = 'purchase'"
    let isOnce = "\(isBought) and lower(\(c.text("frequency"))) = 'onetime'"
    return [
      .name: c.text("benefit"),
      .type: "case when \(isPlan) then 'Savings Plan' else 'Reservation' end",
      .category: "case when \(isPlan) then 'Spend' else 'Usage' end",
      .instance_type: AzureBill.machine(ofOrder: c.text("order_name")),
      .plan_region: AzureBill.region(ofOrder: c.text("order_name")),
      .term: c.text("term"),
      .payment: """
      case when not (\(isBought)) then '' when lower(\(c.text("frequency"))) = 'onetime' then 'All Upfront'
        else 'No Upfront' end
      """,
      .start_hour: "case when \(isOnce) then \(c.dialect.hour("starts")) end",
      .rate: """
      case when \(isBought) and not \(isPlan) and \(c.number("row_cost")) > 0
        then floor(\(c.number("row_quantity")) / 1000000 + 0.5) end
      """,
    ]
  }

  /// SQL: `Standard_DS1_v2` of the order's name.
  static func machine(ofOrder name: String) -> String {
    "regexp_extract(\(name), '((?:Standard|Basic)_[A-Za-z0-9_-]+)', 1)"
  }

  static func region(ofOrder name: String) -> String {
    "regexp_extract(\(name), '(?:Standard|Basic)_[A-Za-z0-9_-]+, ([^,]+),', 1)"
  }
}
