/// What a machine of a type has: a row of `Data/machines.csv`. Nil: unknown, never zero.
package struct MachineType: Hashable, Sendable {
  /// What kind of work a family is made for.
  package enum Shape: String, Hashable, Sendable {
    case general, compute, memory, storage, burstable, accelerated, hpc, other
  }

  package enum Architecture: String, Hashable, Sendable {
    case x86 = "x86_64"
    case arm = "arm64"
    case other
  }

  package var provider: Provider
  package var name: String
  package var processors: Double
  /// GiB.
  package var memory: Double
  package var architecture: Architecture
  package var shape: Shape
  /// Comparable inside a provider and a shape only.
  package var generation: Int?
  /// Gigabit per second that it may use all the time.
  package var network: Double?
  /// Megabyte per second to network disks that it may use all the time.
  package var disk: Double?
  /// Gigabyte of disk inside the machine.
  package var localDisk: Double?
  /// Whether the disk inside is scratch space that comes with every size of its series.
  package var hasScratchDisk: Bool
  /// How many it has; a part of one where machines share it.
  package var accelerators: Double
  package var accelerator: String
  /// 0 to 1: the share of all processors that a burstable machine may use all the time; nil: all of
  /// them.
  package var baseline: Double?
  /// CoreMark iterations per second of the whole machine.
  package var speed: Double?

  /// CPU credits that a burstable machine earns in an hour; one is a processor for a minute.
  package var creditsPerHour: Double? { baseline.map { $0 * processors * 60 } }

  /// What it does at full load in units of one measure: CoreMark where it was measured, else
  /// processors.
  package func work(measured: Bool) -> Double? { measured ? speed : processors }

  private struct Key: Hashable {
    var provider: Provider
    var name: String
  }

  private static let table: [Key: MachineType] = Dictionary(
    CatalogueTable(csv: MachineTable.csv).rows.compactMap(MachineType.init).map {
      (Key(provider: $0.provider, name: $0.name), $0)
    }, uniquingKeysWith: { first, _ in first })

  private init?(_ row: CatalogueTable.Row) {
    guard let provider = Provider(rawValue: row["provider"]), let processors = Double(row["vcpu"]),
      let memory = Double(row["memory_gib"]), processors > 0, memory > 0
    else { return nil }
    self.provider = provider
    name = row["type"]
    self.processors = processors
    self.memory = memory
    architecture = Architecture(rawValue: row["architecture"]) ?? .other
    shape = Shape(rawValue: row["class"]) ?? .other
    generation = Int(row["generation"])
    network = Double(row["network_gbps"])
    disk = Double(row["disk_mbps"])
    localDisk = Double(row["local_disk_gb"])
    hasScratchDisk = row["local_disk_gb"] == "scratch"
    accelerators = Double(row["gpus"]) ?? 0
    accelerator = row["gpu"]
    baseline = Double(row["baseline"])
    speed = Double(row["speed"])
  }

  /// Nil where the catalogue does not know the type.
  package static func of(_ sku: SKU) -> MachineType? {
    guard sku.service.isMachines else { return nil }
    return table[Key(provider: sku.provider, name: sku.nativeType)]
  }

  /// All types of the catalogue, in the order of provider and name.
  package static var all: [MachineType] {
    table.values.sorted { ($0.provider, $0.name) < ($1.provider, $1.name) }
  }
}
