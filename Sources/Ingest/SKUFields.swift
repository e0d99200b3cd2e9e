import CloudCosts

/// The six fields that say what is priced, as they stand in a row.
struct SKUFields {
  var provider: Field
  var region: Field
  var instanceType: Field
  /// May be empty: Linux.
  var operatingSystem: Field
  /// May be empty: default.
  var tenancy: Field
  /// May be empty: not told, or the whole region.
  var zone: Field
}

extension FindingLog {
  /// The SKU of a row; nil, with findings, where one of its fields cannot be used.
  mutating func sku(_ fields: SKUFields, line: Int) -> SKU? {
    let provider: Provider? = choice(fields.provider, "provider", line: line)
    let region = text(fields.region, "region", line: line)
    let type = text(fields.instanceType, "instance_type", line: line)
    guard let provider, let region, let type else { return nil }
    return SKU(
      provider: provider, region: region, instanceType: type,
      operatingSystem: fields.operatingSystem.isEmpty ? "Linux" : fields.operatingSystem.text,
      tenancy: fields.tenancy.isEmpty ? "default" : fields.tenancy.text, zone: fields.zone.text)
  }
}
