extension CURBill {
  var usage: String { "('usage', 'discountedusage', 'savingsplancoveredusage')" }

  /// In small letters.
  func kind(_ c: BillColumns) -> String { "lower(\(c.text("line_item_line_item_type")))" }

  func amounts(_ c: BillColumns) -> BillAmounts {
    let kind = kind(c)
    let unblended = c.number("line_item_unblended_cost")
    // A discount's own row is 0 net: usage is net of it already.
    let paid =
      c.has("line_item_net_unblended_cost")
      ? """
      case when \(kind) like '%discount' then \(c.number("line_item_net_unblended_cost"))
        else \(c.number("line_item_net_unblended_cost", "line_item_unblended_cost")) end
      """ : unblended
    let publicCost = c.number("pricing_public_on_demand_cost", "line_item_unblended_cost")
    // With a private discount AWS adds columns of what is really paid ("Net…"), empty in rows
    // without one.
    func net(_ net: String, _ list: String) -> String { c.number(net, list) }
    let upfront = net(
      "reservation_net_unused_amortized_upfront_fee_for_billing_period",
      "reservation_unused_amortized_upfront_fee_for_billing_period")
    let recurring = net("reservation_net_unused_recurring_fee", "reservation_unused_recurring_fee")
    // A refund of a plan or a reservation pays back what was bought: it is cash, and no cost of a
    // month (cloud-intelligence-dashboards, issue 1087).
    let isBought =
      "(\(kind) in ('rifee', 'savingsplanrecurringfee', 'savingsplanupfrontfee', 'savingsplannegation')"
      + " or (\(kind) in ('refund', 'fee') and (\(words(c)[.commitment] ?? "''") <> ''"
      + " or \(c.text("line_item_product_code")) like '%SavingsPlans')))"
    return BillAmounts(
      list: """
        case when \(kind) in \(usage) then \(publicCost)
          when \(isBought) then 0 else \(unblended) end
        """,
      contracted: """
        case when \(kind) in ('discountedusage', 'savingsplancoveredusage') then \(publicCost)
          when \(isBought) then 0 else \(paid) end
        """,
      billed: unblended,
      effective: """
        case when \(kind) = 'savingsplancoveredusage'
            then \(net("savings_plan_net_savings_plan_effective_cost", "savings_plan_savings_plan_effective_cost"))
          when \(kind) = 'discountedusage'
            then \(net("reservation_net_effective_cost", "reservation_effective_cost"))
          when \(isBought) then 0 else \(paid) end
        """,
      unused: """
        case when \(kind) = 'rifee'
            then coalesce(\(upfront), 0) + coalesce(\(recurring), 0)
          when \(kind) = 'savingsplanrecurringfee'
            then coalesce(\(c.number("savings_plan_total_commitment_to_date"))
              - \(c.number("savings_plan_used_commitment")), 0)
          else 0 end
        """)
  }
}
