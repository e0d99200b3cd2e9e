extension FOCUSBill {
  /// Only rows of purchases and of unused commitments name the commitment itself in their usage
  /// type.
  ///
  /// A one-time purchase's charge period is the whole term; a recurring one's, what it pays for.
  func facts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let words = words(c)
    let isBought = "lower(\(c.text("ChargeCategory"))) = 'purchase'"
    let isItself = "(\(isBought) or lower(\(words[.status] ?? "''")) like 'unused%')"
    let hours = c.dialect.roundedHours
    let isWholeTerm = "\(isBought) and \(hours) >= 8760"
    let quantity = c.number("CommitmentDiscountQuantity")
    let isCounted =
      "(lower(\(c.text("CommitmentDiscountCategory"))) = 'spend' or lower(\(c.text("CommitmentDiscountUnit"))) in ('hour', 'hours'))"
    return [
      .name: c.text("CommitmentDiscountName"),
      .type: c.text("CommitmentDiscountType"),
      .category: c.text("CommitmentDiscountCategory"),
      .usage_type: "case when \(isItself) then \(words[.usageType] ?? "''") else '' end",
      .operation: "case when \(isItself) then \(words[.operation] ?? "''") else '' end",
      .term: c.text("x_SkuTerm"),
      .start_hour: "case when \(isWholeTerm) then \(c.dialect.hour("starts")) end",
      .end_hour: "case when \(isWholeTerm) then \(c.dialect.hour("ends")) end",
      .rate: """
      case when \(isBought) and \(isCounted) and \(hours) >= 1
        then floor(\(quantity) / 1000000 / \(hours) + 0.5) end
      """,
    ]
  }
}
