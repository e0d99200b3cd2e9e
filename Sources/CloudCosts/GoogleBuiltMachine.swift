/// A machine type of Google that is built around accelerators or local disks: its price has them,
/// as it has vCPUs and memory.
///
/// Rows of `Data/google-built.csv`, with source and date.
package struct GoogleBuiltMachine: Hashable, Sendable {
  package var type: GoogleMachineTypes.MachineType
  /// As the Compute API names it: `nvidia-l4`; empty: none.
  package var accelerator: String
  /// How many of them one machine has.
  package var accelerators: Double
  /// GiB of local disks; 0 where it has none, or where they are not known.
  package var disks: Double
  /// Nil: a commitment to it covers the type alone.
  var footprint: SizeFlexibility.Footprint?

  private static let all: [GoogleBuiltMachine] = CatalogueTable(csv: GoogleBuiltTable.csv).rows
    .compactMap(GoogleBuiltMachine.init)
  private static let byName = Dictionary(
    all.map { ($0.type.name, $0) }, uniquingKeysWith: { first, _ in first })
  private static let bySeries = Dictionary(grouping: all) { GoogleSizes.series(of: $0.type.name) }

  private init?(_ row: CatalogueTable.Row) {
    guard let processors = Double(row["vcpu"]), let memory = Double(row["memory_gib"]) else {
      return nil
    }
    type = GoogleMachineTypes.MachineType(
      name: row["type"], processors: processors, memory: memory)
    accelerator = row["accelerator"]
    accelerators = Double(row["accelerators"]) ?? 0
    disks = Double(row["disk_gib"]) ?? 0
    footprint = Double(row["units"]).map {
      SizeFlexibility.Footprint(group: row["group"], units: $0)
    }
  }

  package static func named(_ name: String) -> GoogleBuiltMachine? { byName[name] }

  /// The types of a series; none where it is not built around anything.
  package static func types(ofSeries series: String) -> [GoogleBuiltMachine] {
    bySeries[series] ?? []
  }

  package static var series: [String] { bySeries.keys.sorted() }
}
