/// How many units a price is for, as exports write it before the unit: `100 Hours`, `10K`,
/// `1M Requests`.
///
/// Quantities in such units count blocks. Spellings: Microsoft, finops-toolkit, "Pricing units";
/// FOCUS, "PricingUnit".
enum PricingBlock {
  /// SQL: an integer from 1 on.
  static func size(_ unit: String, _ dialect: any SQLDialect) -> String {
    let digits = dialect.integer(
      "nullif(replace(regexp_extract(\(unit), '^([0-9][0-9,]*)', 1), ',', ''), '')")
    let letter = "upper(regexp_extract(\(unit), '^[0-9][0-9,]* ?([KkMm])(?:[ /]|$)', 1))"
    return """
      (greatest(coalesce(\(digits), 1), 1)
        * case \(letter) when 'K' then 1000 when 'M' then 1000000 else 1 end)
      """
  }
}
