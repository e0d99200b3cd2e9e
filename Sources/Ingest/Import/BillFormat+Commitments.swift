/// What rows tell of the commitment that they name.
extension BillFormat {
  /// Text (`''` where a row does not tell) and numbers (null where it does not) of a row, in the order of
  /// `BillCommitment.Fact`; of several rows the largest counts.
  ///
  /// `rate` is what is committed to in an hour, in millionths: money of a plan, instances of a reservation.
  func commitmentFacts(_ c: BillColumns) -> [(name: String, sql: String)] {
    let facts = self == .focus ? focusFacts(c) : curFacts(c)
    return BillCommitment.Fact.allCases.map { fact in
      let none = fact.isNumber ? "cast(null as bigint)" : "''"
      return (fact.rawValue, facts[fact] ?? none)
    }
  }

  /// Only rows of purchases and of unused commitments name the commitment itself in their usage type.
  ///
  /// A one-time purchase's charge period is the whole term; a recurring one's, what it pays for.
  private func focusFacts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let isBought = "\(c.text("ChargeCategory")) = 'Purchase'"
    let isItself = "(\(isBought) or \(c.text("CommitmentDiscountStatus")) = 'Unused')"
    let hours = "((ends - starts) / 3600000000)"
    let isWholeTerm = "\(isBought) and \(hours) >= 8760"
    let quantity = c.number("CommitmentDiscountQuantity")
    let isCounted =
      "(\(c.text("CommitmentDiscountCategory")) = 'Spend' or \(c.text("CommitmentDiscountUnit")) in ('Hour', 'Hours'))"
    return [
      .name: c.text("CommitmentDiscountName"),
      .type: c.text("CommitmentDiscountType"),
      .category: c.text("CommitmentDiscountCategory"),
      .usage_type: "case when \(isItself) then \(c.text("x_UsageType")) else '' end",
      .operation: "case when \(isItself) then \(c.text("x_Operation")) else '' end",
      .term: c.text("x_SkuTerm"),
      .start_hour: "case when \(isWholeTerm) then \(c.dialect.hour("starts")) end",
      .end_hour: "case when \(isWholeTerm) then \(c.dialect.hour("ends")) end",
      .rate: """
      case when \(isBought) and \(isCounted) and \(hours) >= 1
        then floor(\(quantity) / 1000000 / \(hours) + 0.5) end
      """,
    ]
  }

  /// AWS's data dictionary: `TotalCommitmentToDate` is that of the row's hours.
  private func curFacts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let kind = c.text("line_item_line_item_type")
    let plan = c.text("savings_plan_savings_plan_a_r_n")
    let hours = "((ends - starts) / 3600000000)"
    let isFee = "\(kind) in ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'Fee')"
    func hour(_ names: String...) -> String {
      let present = names.filter(c.has).map { c.dialect.hour(c.time($0)) }
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
      .start_hour: hour("savings_plan_start_time", "reservation_start_time"),
      .end_hour: hour("savings_plan_end_time", "reservation_end_time"),
      .rate: """
      case when \(kind) = 'SavingsPlanRecurringFee' and \(hours) >= 1
          then floor(\(c.number("savings_plan_total_commitment_to_date")) / 1000000 / \(hours) + 0.5)
        when \(kind) = 'RIFee'
          then floor(\(c.number("reservation_number_of_reservations")) / 1000000 + 0.5) end
      """,
    ]
  }
}
