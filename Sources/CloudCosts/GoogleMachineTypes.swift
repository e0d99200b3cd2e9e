/// Predefined machine types of Google Compute Engine: how many vCPUs and GiB one has.
///
/// The catalogue prices vCPUs and memory; a price book needs machines. Source: the machine types in
/// Cyclenerd/google-cloud-pricing-cost-calculator (fd66b26f, 2026-07-30, Apache-2.0), which lists
/// what Google's documentation does. Only series whose price is that of vCPUs and memory alone: no
/// accelerators, no local disks.
package enum GoogleMachineTypes {
  package struct MachineType: Hashable, Sendable {
    package var name: String
    package var processors: Double
    /// GiB.
    package var memory: Double
  }

  /// By series.
  package static let types: [String: [MachineType]] = Dictionary(
    grouping: table.split(separator: "\n").flatMap(types) + shared,
    by: { GoogleMachineTypes.series($0.name) })

  /// The types that have their vCPUs to themselves, by name.
  static let whole: [String: MachineType] = Dictionary(
    types.values.joined().lazy.filter { type in !shared.contains(type) }.map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first })

  private static func series(_ name: String) -> String { String(name.prefix { $0 != "-" }) }

  private static func types(_ line: Substring) -> [MachineType] {
    let parts = line.split(separator: ":")
    let head = parts.first?.split(separator: " ") ?? []
    guard parts.count == 2, head.count == 2, let ratio = Double(head[1]) else { return [] }
    return parts[1].split(separator: " ").compactMap { size in
      guard let processors = Double(size) else { return nil }
      let name = "\(head[0])-\(size)"
      return MachineType(
        name: name, processors: processors, memory: otherMemory[name] ?? processors * ratio)
    }
  }

  /// Types that share a core are priced by the part of it that they may use all the time.
  private static let shared = [
    MachineType(name: "e2-micro", processors: 0.25, memory: 1),
    MachineType(name: "e2-small", processors: 0.5, memory: 2),
    MachineType(name: "e2-medium", processors: 1, memory: 4),
  ]

  /// GiB of types that do not have as much for each vCPU as the others of their shape.
  private static let otherMemory: [String: Double] = [
    "c3d-highcpu-4": 8, "c3d-highcpu-8": 16, "c3d-highcpu-16": 32, "c3d-highcpu-30": 59,
    "c3d-highcpu-60": 118, "c3d-highcpu-90": 177, "c3d-highcpu-180": 354,
    "c3d-highcpu-360": 708, "c4-highmem-2": 15, "c4-standard-2": 7, "c4d-highcpu-2": 3,
    "c4d-highcpu-4": 7, "c4d-highmem-2": 15, "c4d-highmem-4": 31, "c4d-standard-2": 7,
    "c4d-standard-4": 15, "n2-highmem-128": 864,
  ]

  /// Series and shape, GiB for each vCPU, and the vCPUs of its types.
  private static let table = """
    c2-standard 4: 4 8 16 30 60
    c2d-highcpu 2: 2 4 8 16 32 56 112
    c2d-highmem 8: 2 4 8 16 32 56 112
    c2d-standard 4: 2 4 8 16 32 56 112
    c3-highcpu 2: 4 8 22 44 88 176
    c3-highmem 8: 4 8 22 44 88 176
    c3-standard 4: 4 8 22 44 88 176
    c3d-highcpu 1.966667: 4 8 16 30 60 90 180 360
    c3d-highmem 8: 4 8 16 30 60 90 180 360
    c3d-standard 4: 4 8 16 30 60 90 180 360
    c4-highcpu 2: 2 4 8 16 24 32 48 96 144 192 288
    c4-highmem 7.75: 2 4 8 16 24 32 48 96 144 192 288
    c4-standard 3.75: 2 4 8 16 24 32 48 96 144 192 288
    c4a-highcpu 2: 1 2 4 8 16 32 48 64 72
    c4a-highmem 8: 1 2 4 8 16 32 48 64 72
    c4a-standard 4: 1 2 4 8 16 32 48 64 72
    c4d-highcpu 1.875: 2 4 8 16 32 48 64 96 192 384
    c4d-highmem 7.875: 2 4 8 16 32 48 64 96 192 384
    c4d-standard 3.875: 2 4 8 16 32 48 64 96 192 384
    e2-highcpu 1: 2 4 8 16 32
    e2-highmem 8: 2 4 8 16
    e2-standard 4: 2 4 8 16 32
    h3-standard 4: 88
    m1-megamem 14.933333: 96
    m1-ultramem 24.025: 40 80 160
    m3-megamem 15.25: 64 128
    m3-ultramem 30.5: 32 64 128
    n1-highcpu 0.9: 2 4 8 16 32 64 96
    n1-highmem 6.5: 2 4 8 16 32 64 96
    n1-standard 3.75: 1 2 4 8 16 32 64 96
    n2-highcpu 1: 2 4 8 16 32 48 64 80 96
    n2-highmem 8: 2 4 8 16 32 48 64 80 96 128
    n2-standard 4: 2 4 8 16 32 48 64 80 96 128
    n2d-highcpu 1: 2 4 8 16 32 48 64 80 96 128 224
    n2d-highmem 8: 2 4 8 16 32 48 64 80 96
    n2d-standard 4: 2 4 8 16 32 48 64 80 96 128 224
    n4-highcpu 2: 2 4 8 16 32 48 64 80
    n4-highmem 8: 2 4 8 16 32 48 64 80
    n4-standard 4: 2 4 8 16 32 48 64 80
    n4a-highcpu 2: 1 2 4 8 16 32 48 64
    n4a-highmem 8: 1 2 4 8 16 32 48 64
    n4a-standard 4: 1 2 4 8 16 32 48 64
    n4d-highcpu 2: 2 4 8 16 32 48 64 80 96
    n4d-highmem 8: 2 4 8 16 32 48 64 80 96
    n4d-standard 4: 2 4 8 16 32 48 64 80 96
    t2a-standard 4: 1 2 4 8 16 32 48
    t2d-standard 4: 1 2 4 8 16 32 48 60
    """
}
