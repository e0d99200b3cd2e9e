import CloudCosts
import Foundation

/// What a row of our own FOCUS export says of its SKU, so that an import of it reads the same usage
/// back: members of `SkuPriceDetails`, whose names begin with `x_` as FOCUS asks of what it does
/// not define. Quantities are in the SKU's own unit.
package struct StatedSKU {
  package static let type = "x_PlimsollType"
  package static let system = "x_PlimsollSystem"
  package static let tenancy = "x_PlimsollTenancy"

  private let sku: SKU

  /// Nil where the row states none.
  init?(_ words: BillWords) {
    let text = words[.details]
    guard text.contains("\"\(Self.type)\""), let provider = words.provider,
      let details = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)),
      let type = details[Self.type], !type.isEmpty
    else { return nil }
    sku = SKU(
      provider: provider, region: words[.region], instanceType: type,
      operatingSystem: details[Self.system] ?? "Linux",
      tenancy: details[Self.tenancy] ?? "default", zone: words[.zone])
  }

  /// A licence is apart from its machine in such a file, and no commitment pays for it.
  var usage: BilledUsage {
    sku.isLicence ? BilledUsage.noCommitment : .machine(sku, unitsPerHour: 1)
  }
}
