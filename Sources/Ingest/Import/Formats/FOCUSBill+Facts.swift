extension FOCUSBill {
  /// Only rows of purchases and of unused commitments name the commitment itself in their usage
  /// type.
  ///
  /// A one-time purchase's charge period is the whole term; a recurring one's, what it pays for.
  /// Azure's purchases are of a day, count reservations, and name what is bought in the order
  /// (`x_SkuOrderName`), as in its own export (`AzureBill.facts`).
  func facts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let words = words(c)
    let isBought = "lower(\(c.text("ChargeCategory"))) = 'purchase'"
    let isItself = "(\(isBought) or lower(\(words[.status] ?? "''")) like 'unused%')"
    let hours = c.dialect.roundedHours
    let isWholeTerm = "\(isBought) and \(hours) >= 8760"
    let quantity = c.number("CommitmentDiscountQuantity")
    let isCounted =
      "(lower(\(c.text("CommitmentDiscountCategory"))) = 'spend' or lower(\(c.text("CommitmentDiscountUnit"))) in ('hour', 'hours'))"
    let order = c.text("x_SkuOrderName")
    let isAzure = "(lower(\(words[.seller] ?? "''")) like '%microsoft%' and \(isBought))"
    let frequency = "lower(\(c.text("ChargeFrequency")))"
    let isPlan =
      "(lower(\(words[.commitment] ?? "''")) like '%savingsplan%'"
      + " or lower(\(c.text("CommitmentDiscountCategory"))) = 'spend')"
    return [
      .instance_type: AzureBill.machine(ofOrder: order),
      .plan_region: AzureBill.region(ofOrder: order),
      .payment: """
      case when not \(isAzure) then '' when \(frequency) = 'one-time' then 'All Upfront'
        when \(frequency) = 'recurring' then 'No Upfront' else '' end
      """,
      .name: c.text("CommitmentDiscountName"),
      .type: c.text("CommitmentDiscountType"),
      .category: c.text("CommitmentDiscountCategory"),
      .usage_type: "case when \(isItself) then \(words[.usageType] ?? "''") else '' end",
      .operation: "case when \(isItself) then \(words[.operation] ?? "''") else '' end",
      .term: c.text("x_SkuTerm"),
      .start_hour: """
      case when \(isWholeTerm) or (\(isAzure) and \(frequency) = 'one-time')
        then \(c.dialect.hour("starts")) end
      """,
      .end_hour: "case when \(isWholeTerm) then \(c.dialect.hour("ends")) end",
      .rate: """
      case when \(isAzure) and not \(isPlan)
          then case when \(c.number("BilledCost")) > 0
            then floor(\(c.number("PricingQuantity")) / 1000000 + 0.5) end
        when \(isBought) and \(isCounted) and \(hours) >= 1
        then floor(\(quantity) / 1000000 / \(hours) + 0.5) end
      """,
    ]
  }
}
