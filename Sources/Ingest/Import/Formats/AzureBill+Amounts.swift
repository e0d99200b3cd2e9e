extension AzureBill {
  /// Covered usage bills nothing, in the amortised export too; a purchase or its refund costs
  /// nothing by itself.
  func amounts(_ c: BillColumns) -> BillAmounts {
    let cost = c.number("row_cost")
    let kind = "lower(\(c.text("kind")))"
    let isCommitted =
      "(\(c.text("commitment")) <> '' or lower(\(c.text("pricing"))) in ('reservation', 'savingsplan'))"
    let isBought = "(\(isCommitted) and \(kind) in ('purchase', 'refund'))"
    let isUnused = "\(kind) like 'unused%'"
    let isCovered = "(\(isCommitted) and \(kind) = 'usage')"
    func atPrice(_ name: String) -> String {
      """
      case when \(isBought) or \(isUnused) then 0
        when \(kind) = 'usage' then coalesce(nullif(\(c.number(name)), 0), \(cost)) else \(cost) end
      """
    }
    return BillAmounts(
      list: atPrice("list_cost"), contracted: atPrice("contracted_cost"),
      billed: "case when \(isUnused) or \(isCovered) then 0 else \(cost) end",
      effective: "case when \(isBought) then 0 else \(cost) end")
  }
}
