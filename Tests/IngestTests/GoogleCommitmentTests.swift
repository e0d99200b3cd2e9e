import CloudCosts
import Testing

@testable import Ingest

/// What Google's commitments to accelerators, disks and machines built around them count as.
@Suite struct GoogleCommitmentTests {
  private func row(_ type: String, _ hourly: Double, product: Product = .gcpResourceCUD) -> PriceRow
  {
    let sku = SKU(provider: .gcp, region: "us-central1", instanceType: type)
    return product == .onDemand
      ? PriceRow(sku: sku, product: product, hourly: hourly)
      : PriceRow(sku: sku, product: product, term: .oneYear, payment: .noUpfront, hourly: hourly)
  }

  private func read(
    _ type: String, _ resources: (kind: String, amount: Int, name: String)...
  ) -> Reading<OwnedCommitments> {
    let rows = [
      row("n1-standard-4", 0.12), row("gcp-gpu/TeslaT4", 0.22), row("gcp-local-ssd/GB", 0.0001),
      row("a2-highgpu-1g", 2.31), row("a2-highgpu-8g", 18.5), row("a2-megagpu-16g", 35),
      row("g2-standard-4", 0.45), row("g2-standard-24", 1.26),
      row("z3-highmem-22-standardlssd", 1.8),
      row("z3-highmem-22-highlssd", 2.05), row("a3-highgpu-1g", 11, product: .onDemand),
    ]
    let list = resources.map { resource in
      let name =
        resource.name.isEmpty ? "" : #", "acceleratorType": "projects/p/zones/z/\#(resource.name)""#
      return #"{"type": "\#(resource.kind)", "amount": "\#(resource.amount)"\#(name)}"#
    }
    return OwnedReader.read(
      file(
        "list.json",
        #"[{"kind": "compute#commitment", "name": "c", "plan": "TWELVE_MONTH", "type": "\#(type)","#
          + #""status": "ACTIVE", "region": "us-central1", "startTimestamp": "2024-01-01T00:00:00Z","#
          + #""resources": ["# + list.joined(separator: ", ") + "]}]"),
      prices: PriceList(rows: rows, lines: Array(2..<(2 + rows.count)), file: "prices.csv"))
  }

  private func owned(_ reading: Reading<OwnedCommitments>) -> [String] {
    (reading.value?.commitments ?? []).map { commitment in
      "\(commitment.id) \(sku(commitment)) \(commitment.amount)"
    }
  }

  private func sku(_ commitment: Commitment) -> String {
    guard case .reservation(let sku, _, _, _, _) = commitment.subject else { return "" }
    return sku.instanceType
  }

  private func rules(_ reading: Reading<OwnedCommitments>) -> [String] {
    reading.findings.map { "\($0.severity) \($0.rule)" }
  }

  /// Their accelerators are in the price of the machine: 24 vCPUs, 170 GiB and 2 A100 are two
  /// `a2-highgpu-1g`, and not that and two accelerators.
  @Test func machinesBuiltAroundAcceleratorsCountAsThemselves() {
    let a2 = read(
      "ACCELERATOR_OPTIMIZED", ("VCPU", 24, ""), ("MEMORY", 174_080, ""),
      ("ACCELERATOR", 2, "nvidia-tesla-a100"))
    #expect(owned(a2) == ["c a2-highgpu-1g 2.0"] && rules(a2) == [], "\(a2.report)")
    let mega = read(
      "ACCELERATOR_OPTIMIZED", ("VCPU", 96, ""), ("MEMORY", 1_392_640, ""),
      ("ACCELERATOR", 16, "nvidia-tesla-a100"))
    #expect(owned(mega) == ["c a2-megagpu-16g 1.0"] && rules(mega) == [], "\(mega.report)")
    // One accelerator for eight vCPUs is the shape of none.
    let g2 = read(
      "GRAPHICS_OPTIMIZED", ("VCPU", 8, ""), ("MEMORY", 32_768, ""), ("ACCELERATOR", 1, "nvidia-l4")
    )
    #expect(owned(g2) == ["c g2-standard-4 2.0"] && rules(g2) == ["warning owned.other-shape"])
    let a3 = read(
      "ACCELERATOR_OPTIMIZED_A3", ("VCPU", 26, ""), ("MEMORY", 239_616, ""),
      ("ACCELERATOR", 1, "nvidia-h100-80gb"), ("LOCAL_SSD", 750, ""))
    #expect(owned(a3) == ["c a3-highgpu-1g 1.0"] && rules(a3) == ["warning owned.no-price"])
  }

  /// Z3's types differ in their disks alone.
  @Test func disksTellTheTypeOfZ3() {
    let standard = read(
      "STORAGE_OPTIMIZED_Z3", ("VCPU", 22, ""), ("MEMORY", 180_224, ""), ("LOCAL_SSD", 6000, ""))
    #expect(owned(standard) == ["c z3-highmem-22-standardlssd 1.0"] && rules(standard) == [])
    let high = read(
      "STORAGE_OPTIMIZED_Z3", ("VCPU", 44, ""), ("MEMORY", 360_448, ""), ("LOCAL_SSD", 18_000, ""))
    #expect(owned(high) == ["c z3-highmem-22-highlssd 2.0"] && rules(high) == [])
  }

  /// Only a part of a machine is not the machine.
  @Test func partsOfABuiltMachineAreSaid() {
    for reading in [
      read("ACCELERATOR_OPTIMIZED", ("VCPU", 24, ""), ("MEMORY", 174_080, "")),
      read("ACCELERATOR_OPTIMIZED", ("ACCELERATOR", 2, "nvidia-tesla-a100")),
      read("STORAGE_OPTIMIZED_Z3", ("VCPU", 22, ""), ("MEMORY", 180_224, "")),
    ] {
      #expect(owned(reading) == [])
      #expect(rules(reading).first == "warning owned.other-resource", "\(reading.report)")
    }
  }

  /// Disks are counted in GB; accelerators may be all that a commitment is to.
  @Test func disksAndAcceleratorsAreOwned() {
    let disks = read(
      "GENERAL_PURPOSE", ("VCPU", 4, ""), ("MEMORY", 15_360, ""), ("LOCAL_SSD", 750, ""))
    #expect(owned(disks) == ["c n1-standard-4 1.0", "c/local-ssd gcp-local-ssd/GB 750.0"])
    let alone = read("GENERAL_PURPOSE", ("ACCELERATOR", 4, "nvidia-tesla-t4"))
    #expect(owned(alone) == ["c/nvidia-tesla-t4 gcp-gpu/TeslaT4 4.0"])
    #expect(rules(disks) == [] && rules(alone) == [], "\(disks.report)\(alone.report)")
    let memory = read("MEMORY_OPTIMIZED", ("MEMORY", 15_360, ""))
    #expect(owned(memory) == [] && rules(memory).first == "note owned.left-aside")
  }
}
