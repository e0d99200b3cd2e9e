/// Oracle's own cost report, to the extent of money: its commitments are none of a machine's.
///
/// Columns: a report of 2023-11-13 (FinOps Foundation, focus_converters, c799bf96) and Oracle,
/// "Cost and Usage Reports Overview".
struct OracleBill: BillFormat {
  let name = "oracle"

  func recognises(_ columns: BillColumns) -> Bool {
    columns.has("lineItem/intervalUsageStart") && columns.has("cost/myCost")
  }

  let required = ["lineItem/intervalUsageStart", "lineItem/intervalUsageEnd", "cost/myCost"]
  let texts = [
    "cost/currencyCode", "lineItem/tenantId", "product/compartmentId", "product/region",
    "product/service", "product/Description", "cost/billingUnitReadable", "lineItem/isCorrection",
  ]
  let numbers = ["cost/myCost", "cost/myCostOverage"]
  var requiredNumbers: [String] { numbers }
  let quantities: [String] = []
  let identity = ["product/resourceId"]
  let commitmentColumns: [String] = []
  let usageKinds = ["usage"]

  func times(_ columns: BillColumns) -> (start: String, end: String) {
    ("lineItem/intervalUsageStart", "lineItem/intervalUsageEnd")
  }

  func derived(_ columns: BillColumns) -> [DerivedText] { [] }

  func words(_ c: BillColumns) -> [BillWord: String] {
    [
      .currency: c.text("cost/currencyCode"),
      .seller: "'Oracle'",
      .account: c.text("product/compartmentId", "lineItem/tenantId"),
      .region: c.text("product/region"),
      .service: c.text("product/service"),
      .meterService: c.text("product/service"),
      .kind: "'usage'",
      .correction:
        "case when lower(\(c.text("lineItem/isCorrection"))) = 'true' then 'Correction' else '' end",
      .description: c.text("product/Description"),
      .unit: c.text("cost/billingUnitReadable"),
    ]
  }

  /// What is beyond the commitment is billed apart.
  func amounts(_ c: BillColumns) -> BillAmounts {
    let cost =
      "(coalesce(\(c.number("cost/myCost")), 0) + coalesce(\(c.number("cost/myCostOverage")), 0))"
    return BillAmounts(list: cost, contracted: cost, billed: cost, effective: cost)
  }

  func quantity(_ c: BillColumns) -> String { "cast(null as bigint)" }

  func facts(_ c: BillColumns) -> [BillCommitment.Fact: String] { [:] }

  func charge(_ words: BillWords) -> BillCharge { .usage(.onDemand) }

  func tagColumns(_ keys: [String]) -> [String] { keys.map { "tags/\($0)" } }

  /// A column a tag: `tags/Operations.CostCenter`.
  func tag(_ key: String, _ c: BillColumns) -> String {
    c.has("tags/\(key)") ? c.text("tags/\(key)") : "''"
  }
}
