import CloudCosts

/// Prices of databases and caches that name no engine, or no deployment with a standby.
///
/// A row `db.r6g.large` without an engine is the price of each engine that is used; an instance
/// with one standby costs twice one without (RDS price list: exactly so for MySQL, MariaDB and
/// PostgreSQL). Both are said.
extension PriceList {
  /// With rows for what is used or owned and has no price of its own.
  package func completed(for used: some Sequence<SKU>) -> Reading<PriceList> {
    let onDemand = Set(rows.lazy.filter { $0.product == .onDemand }.map(\.sku))
    var list = self
    var added: [SKU: [SKU]] = [:]
    for sku in Set(used.lazy.map(\.zoneless.asListed)).sorted() where !onDemand.contains(sku) {
      guard !list.hasPrice(of: sku), sku.service.hasEngines,
        let source = PriceList.sources(of: sku).first(where: { onDemand.contains($0.sku) })
      else { continue }
      added[source.sku, default: []].append(sku)
      for (row, line) in zip(rows, lines) where row.sku == source.sku {
        guard row.product == .onDemand || row.product.isSavingsPlan || source.times == 1 else {
          continue
        }
        var copy = row
        copy.sku = sku
        copy.hourly *= source.times
        copy.list = copy.list.map {
          ListPrice(upfront: $0.upfront, hourly: $0.hourly * source.times)
        }
        list.rows.append(copy)
        list.lines.append(line)
      }
      list.sellSingly(sku, as: source.sku)
    }
    var log = FindingLog(file: file, kind: "prices")
    for (source, skus) in added.sorted(by: { $0.key < $1.key }) {
      log.add(
        .warning, "engine-not-stated", line: nil,
        "the price of \(source) is used for \(skus.map(\.platformText).joined(separator: ", ")):"
          + " \(file) has none of their own; a standby counts as one more instance",
        remedy: "add rows with the engine as operating_system (or engine) and the deployment as"
          + " tenancy (or deployment)")
    }
    return Reading(value: list, findings: log.finished())
  }

  /// Reservations without a standby, which those with one are covered by too.
  private mutating func sellSingly(_ sku: SKU, as source: SKU) {
    var single = sku
    single.tenancy = source.tenancy
    guard single != sku, single != source, !hasPrice(of: single) else { return }
    for (row, line) in zip(rows, lines) where row.sku == source {
      var copy = row
      copy.sku = single
      rows.append(copy)
      lines.append(line)
    }
  }

  private func hasPrice(of sku: SKU) -> Bool {
    rows.contains { $0.product == .onDemand && $0.sku == sku }
  }

  /// Where the price may be, the nearest first, and how often it counts.
  private static func sources(of sku: SKU) -> [(sku: SKU, times: Double)] {
    var anyEngine = sku
    anyEngine.operatingSystem = "Linux"
    var sources = [(sku: anyEngine, times: 1.0)]
    guard sku.tenancy == "Multi-AZ", let times = Engine.units(ofDeployment: sku) else {
      return sources
    }
    for base in [sku, anyEngine] {
      var single = base
      single.tenancy = "default"
      sources.append((single, times))
    }
    return sources
  }
}

extension SKU {
  /// `PostgreSQL`, `PostgreSQL Multi-AZ`.
  fileprivate var platformText: String {
    tenancy == "default" ? operatingSystem : "\(operatingSystem) \(tenancy)"
  }
}
