/// Made by Data/embed.py of Data/giving-up.csv; a test holds the two together.
enum GivingUpTable {
  // swift-format-ignore
  static let csv = """
    # What owners may give up, a row a way and its products. days: since the purchase at most.
    # same_month: whether only in the purchase's calendar month (UTC). most_hourly: of one
    # commitment, currency units an hour. most_a_year: how many. most_money: of the rest of the
    # commitments, twelve months together. owned_days, left_days: at least. fee: of what a buyer
    # pays (sell), or of what is paid back (refund). needs: what must be bought for it, worth at
    # least what was left to pay. into: it becomes reservations of this product, of the same region
    # and term, worth at least what was left, that end when it would have. bought_before: not of what
    # was bought from that day on. discounted_until: from that day on not of what was bought at a
    # negotiated discount. Amounts are US dollars.
    way,products,days,same_month,most_hourly,most_a_year,most_money,owned_days,left_days,fee,needs,into,bought_before,discounted_until,date,source
    return,sp-compute;sp-ec2-instance;sp-sagemaker;sp-database,7,yes,100,10,,,,0,,,,,2025-04-01,AWS Savings Plans User Guide: Returning a purchased Savings Plan
    sell,ri-standard,,,,,,30,30,0.12,,,,2024-01-15,2024-01-15,Amazon EC2 User Guide: Sell in the Reserved Instance Marketplace; AWS Service Terms 5.5
    refund,azure-reservation,,,,,50000,,,0,,,,,2026-08-27,Microsoft Learn: Self-service exchanges and refunds for Azure Reservations (early termination fee: 0 % now; 12 % possible later)
    exchange,azure-reservation,,,,,,,,0,azure-reservation,,2027-02-01,,2026-08-27,Microsoft Learn: Self-service exchanges and refunds for Azure Reservations; exchange policy changes
    trade-in,azure-reservation,,,,,,,,0,azure-savings-plan,,,,2026-08-27,Microsoft Learn: Azure savings plans: self-service trade-in of reservations
    exchange,ri-convertible,,,,,,,1,0,,ri-convertible,,,2023-05-31,Amazon EC2 User Guide: Exchange Convertible Reserved Instances

    """
}
