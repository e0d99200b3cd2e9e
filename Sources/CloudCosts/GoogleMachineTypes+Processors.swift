/// How many vCPUs a machine type of Google Compute Engine has, as its bills meter them.
///
/// Sources: Google Cloud, "Machine families resource and comparison guide" (names of predefined
/// types end in the number of vCPUs) and "Create a VM with a custom machine type"
/// (`n2-custom-VCPUS-MEMORY`). Types whose number counts accelerators:
/// Cyclenerd/google-cloud-pricing-cost-calculator (dac3128, 2026-08-20, Apache-2.0).
extension GoogleMachineTypes {
  /// Nil where the type is not known. Shared cores count as the part that is billed.
  package static func processors(of machineType: String) -> Double? {
    var name = Substring(machineType)
    for suffix in ["-ext", "-metal", "-standardlssd", "-highlssd", "-nolssd", "-lssd"]
    where name.hasSuffix(suffix) { name = name.dropLast(suffix.count) }
    if let known = accelerated[String(name)] ?? sharedCores[String(name)] { return known }
    let parts = name.split(separator: "-")
    if let custom = parts.firstIndex(of: "custom"), parts.count > custom + 1 {
      return sharedCores["e2-" + parts[custom + 1]] ?? positive(parts[custom + 1])
    }
    guard parts.count == 3, shapes.contains(String(parts[1].prefix { $0.isLetter })) else {
      return nil
    }
    return positive(parts[2])
  }

  private static func positive(_ text: Substring) -> Double? {
    Int(text).flatMap { $0 > 0 ? Double($0) : nil }
  }

  private static let shapes: Set<String> = [
    "standard", "highmem", "highcpu", "megamem", "ultramem", "ultramemx", "hypermem",
  ]

  private static let sharedCores: [String: Double] = [
    "e2-micro": 0.25, "e2-small": 0.5, "e2-medium": 1,
  ]

  private static let accelerated: [String: Double] = [
    "a2-highgpu-1g": 12, "a2-highgpu-2g": 24, "a2-highgpu-4g": 48, "a2-highgpu-8g": 96,
    "a2-megagpu-16g": 96, "a2-ultragpu-1g": 12, "a2-ultragpu-2g": 24, "a2-ultragpu-4g": 48,
    "a2-ultragpu-8g": 96, "a3-edgegpu-8g": 208, "a3-highgpu-1g": 26, "a3-highgpu-2g": 52,
    "a3-highgpu-4g": 104, "a3-highgpu-8g": 208, "a3-megagpu-8g": 208, "a3-ultragpu-8g": 224,
    "a4-highgpu-8g": 224, "a4x-highgpu-4g": 140, "a4x-maxgpu-4g": 144, "ct3-hightpu-4t": 96,
    "ct3p-hightpu-4t": 48, "ct5l-hightpu-1t": 24, "ct5l-hightpu-4t": 112, "ct5l-hightpu-8t": 224,
    "ct5lp-hightpu-1t": 24, "ct5lp-hightpu-4t": 112, "ct5lp-hightpu-8t": 224,
    "ct5p-hightpu-4t": 208, "ct6e-standard-1t": 44, "ct6e-standard-4t": 180,
    "ct6e-standard-8t": 360, "tpu7x-standard-1t": 56, "tpu7x-standard-4t": 224,
    "x4-480-6t": 480, "x4-480-8t": 480, "x4-960-12t": 960, "x4-960-16t": 960,
    "x4-1440-24t": 1440, "x4-1920-32t": 1920,
  ]
}
