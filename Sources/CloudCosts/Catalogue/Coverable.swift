/// What commitments may cover of a service, whether it is read as demand or not: rows of
/// `Data/coverable.csv`, of services whose names the catalogue has.
package struct Coverable: Sendable {
  /// As a person knows the service.
  package var title: String
  private var service: Service?
  private var billNames: [String]
  private var meters: [String]
  private var others: [String]

  private static let all: [Provider: [Coverable]] = Dictionary(
    grouping: CatalogueTable(csv: CoverableTable.csv).rows.compactMap { row in
      Provider(rawValue: row["provider"]).map { ($0, Coverable(row)) }
    }, by: \.0
  ).mapValues { $0.map(\.1) }

  private init(_ row: CatalogueTable.Row) {
    service = Service(named: row["service"])
    title = service?.title ?? row["title"]
    billNames = row.list("bill")
    meters = row.rawList("meters")
    others = row.rawList("not")
  }

  /// What a bill's code or name means; nil for what no commitment covers.
  ///
  /// - Parameters:
  ///   - code: the provider's (AWS's product code, Azure's meter category); may be empty.
  ///   - name: as a person knows the service.
  package static func find(_ provider: Provider, code: String, name: String) -> Coverable? {
    // Azure's category says what is metered, whatever resource it belongs to.
    let names = [code, name].filter { !$0.isEmpty }
    let texts = provider == .azure ? Array(names.prefix(1)) : names
    let rows = all[provider] ?? []
    let known = texts.lazy.compactMap { Service(inBill: $0) }.first { $0.provider == provider }
    let service = known ?? (provider == .azure ? nil : Service(in: name, provider))
    if let service, let row = rows.first(where: { $0.service == service }) { return row }
    return rows.first { row in texts.contains { row.billNames.contains($0.lowercased()) } }
  }

  /// Whether a meter of the service is what commitments cover.
  ///
  /// Without a meter's name, what is counted by time may be anything of the service: it is taken as
  /// what can be covered.
  package func counts(meter: String, unit: String) -> Bool {
    let meter = meter.lowercased()
    let unit = unit.lowercased()
    guard !others.contains(where: meter.contains) else { return false }
    if meter.isEmpty || meters.isEmpty {
      return ["hour", "minute", "second"].contains(where: unit.contains)
        || ["hrs", "hr", "h", ""].contains(unit)
    }
    return meters.contains(where: meter.contains)
  }
}
