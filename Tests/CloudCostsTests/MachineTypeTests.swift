import Testing

@testable import CloudCosts

@Suite struct MachineTypeTests {
  private func type(_ provider: Provider, _ name: String) throws -> MachineType {
    try #require(
      MachineType.of(SKU(provider: provider, region: "r", instanceType: name)), "\(name)")
  }

  @Test func machinesOfThreeClouds() throws {
    let m5 = try type(.aws, "m5.xlarge")
    #expect(m5.processors == 4 && m5.memory == 16 && m5.shape == .general && m5.generation == 5)
    #expect(m5.speed == 59119 && m5.network == 1.25 && m5.localDisk == 0 && m5.baseline == nil)
    let t3 = try type(.aws, "t3.large")
    #expect(t3.shape == .burstable && t3.creditsPerHour == 36)
    #expect(try type(.aws, "m7g.large").architecture == .arm)
    #expect(try type(.aws, "p4d.24xlarge").accelerators == 8)
    let azure = try type(.azure, "Standard_D4s_v5")
    #expect(azure.processors == 4 && azure.memory == 16 && azure.speed == nil)
    #expect(try type(.azure, "Standard_B2ms").creditsPerHour == 36)
    #expect(try type(.gcp, "e2-medium").baseline == 0.5)
    #expect(try type(.gcp, "n2-highmem-8").shape == .memory)
  }

  @Test func unknownIsNil() {
    #expect(MachineType.of(SKU(provider: .aws, region: "r", instanceType: "m99.large")) == nil)
    #expect(MachineType.of(SKU(provider: .aws, region: "r", instanceType: "db.m5.large")) == nil)
  }

  @Test func everyRowIsRead() {
    let rows = CatalogueTable(csv: MachineTable.csv).rows
    #expect(MachineType.all.count == rows.count)
    #expect(MachineType.all.allSatisfy { $0.baseline.map { (0.01...1).contains($0) } ?? true })
  }

  /// Credits of 24 hours are what AWS prints as the most that a machine keeps.
  @Test(arguments: [
    ("t3.nano", 144.0), ("t3.micro", 288), ("t3.medium", 576), ("t3.large", 864),
    ("t3.xlarge", 2304), ("t2.micro", 144), ("t2.small", 288),
  ])
  func creditsKept(_ name: String, _ most: Double) throws {
    #expect(abs(try #require(try type(.aws, name).creditsPerHour) * 24 - most) < 1)
  }
}
