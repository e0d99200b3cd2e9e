extension GoogleBill {
  /// `Commitment v1: N2 Cpu in Americas for 1 Year` counts vCPUs, `… Ram …` GiB, in each hour;
  /// `Commitment - dollar based v1: GCE for 1 year` is money. Google sells neither upfront.
  func facts(_ c: BillColumns) -> [BillCommitment.Fact: String] {
    let sku = "lower(\(c.text("sku_text")))"
    let isResource = "\(sku) like 'commitment v%'"
    let isFee = "\(sku) like 'commitment%'"
    let hours = c.dialect.roundedHours
    func amount(_ part: String) -> String {
      """
      case when \(isResource) and \(sku) like '%\(part) %' and \(hours) >= 1
        then floor(\(c.number("row_quantity")) / 1000000 / \(hours) + 0.5) end
      """
    }
    return [
      .type: "'Committed use discount'",
      .category: "case when \(isResource) then 'Usage' when \(isFee) then 'Spend' else '' end",
      .usage_type: "case when \(isFee) then \(c.text("sku_text")) else '' end",
      .term: """
      case when \(isFee) and \(sku) like '%3 year%' then '36' when \(isFee) and \(sku) like '%1 year%' then '12'
        else '' end
      """,
      .payment: "case when \(isFee) then 'No Upfront' else '' end",
      .rate: amount("cpu"), .memory: amount("ram"),
    ]
  }
}
