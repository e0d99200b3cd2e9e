extension CURBill {
  /// AWS's data dictionary: `TotalCommitmentToDate` is that of the row's hours.
  func facts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let kind = kind(c)
    let plan = c.text("savings_plan_savings_plan_a_r_n")
    let hours = c.dialect.roundedHours
    let isFee = "\(kind) in ('rifee', 'savingsplanrecurringfee', 'savingsplanupfrontfee', 'fee')"
    func hour(_ rounded: (String) -> String, _ names: String...) -> String {
      let present = names.filter(c.has).map { rounded(c.time($0)) }
      return present.count > 1
        ? "coalesce(\(present.joined(separator: ", ")))" : present.first ?? "cast(null as bigint)"
    }
    return [
      .type: "case when \(plan) <> '' then 'Savings Plan' else 'Reserved Instance' end",
      .category: "case when \(plan) <> '' then 'Spend' else 'Usage' end",
      .usage_type: "case when \(isFee) then \(c.text("line_item_usage_type")) else '' end",
      .operation: "case when \(isFee) then \(c.text("line_item_operation")) else '' end",
      .offering: c.text("savings_plan_offering_type"),
      .offering_class: c.text("pricing_offering_class"),
      .payment:
        "case when \(plan) <> '' then \(c.text("savings_plan_payment_option")) else \(c.text("pricing_purchase_option")) end",
      .term:
        "case when \(plan) <> '' then \(c.text("savings_plan_purchase_term")) else \(c.text("pricing_lease_contract_length")) end",
      .family: c.text("savings_plan_instance_type_family"),
      .plan_region: c.text("savings_plan_region"),
      .zone: c.text("reservation_availability_zone"),
      .start_hour: hour(c.dialect.hour, "savings_plan_start_time", "reservation_start_time"),
      // Ends are written as the last second: 23:59:59.
      .end_hour: hour(c.dialect.hourUp, "savings_plan_end_time", "reservation_end_time"),
      .rate: """
      case when \(kind) = 'savingsplanrecurringfee' and \(hours) >= 1
          then floor(\(c.number("savings_plan_total_commitment_to_date")) / 1000000 / \(hours) + 0.5)
        when \(kind) = 'rifee'
          then floor(\(c.number("reservation_number_of_reservations")) / 1000000 + 0.5) end
      """,
    ]
  }
}
