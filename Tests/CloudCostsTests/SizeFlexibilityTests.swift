import CloudCosts
import Testing

/// Groups and ratios against what the providers publish.
@Suite struct SizeFlexibilityTests {
  private func footprint(_ provider: Provider, _ type: String) -> SizeFlexibility.Footprint? {
    SizeFlexibility.footprint(of: SKU(provider: provider, region: "r", instanceType: type))
  }

  /// Microsoft's ratios: each pair is of one group, the second so many times the first.
  @Test(arguments: [
    ("Standard_DS1_v2", "Standard_DS5_v2", 16.0), ("Standard_DS11_v2", "Standard_DS14_v2", 8),
    ("Standard_D11_v2", "Standard_D15_v2", 10), ("Standard_B1s", "Standard_B2s", 4),
    ("Standard_B1ls", "Standard_B1s", 2), ("Standard_B1ms", "Standard_B8ms", 16),
    ("Standard_D2s_v3", "Standard_D64s_v3", 32), ("Standard_E2_v3", "Standard_E64_v3", 28.8),
    ("Standard_E8ads_v5", "Standard_E8-4ads_v5", 1), ("Standard_F2s_v2", "Standard_F72s_v2", 36),
    ("Standard_L8s_v3", "Standard_L80s_v3", 10), ("Standard_DC2as_v5", "Standard_DC96as_v5", 48),
  ])
  func azureRatio(_ pair: (String, String, Double)) throws {
    let small = try #require(footprint(.azure, pair.0))
    let large = try #require(footprint(.azure, pair.1))
    #expect(small.group == large.group)
    #expect(abs(large.units / small.units - pair.2) < 1e-9)
  }

  @Test(arguments: [
    ("Standard_DS1_v2", "Standard_DS11_v2"), ("Standard_D4s_v5", "Standard_D4_v5"),
    ("Standard_D4s_v4", "Standard_D4s_v5"), ("Standard_B1s", "Standard_B1ms"),
  ])
  func azureGroupsAreApart(_ pair: (String, String)) {
    #expect(footprint(.azure, pair.0)?.group != footprint(.azure, pair.1)?.group)
  }

  @Test(arguments: ["Standard_M64ms", "Standard_NC24", "Basic_A1", "Standard_", "Standard_D", "x"])
  func azureTypesAlone(_ type: String) {
    #expect(footprint(.azure, type) == nil)
  }

  /// Of series with a row it is known what their reservations cover; of others it is not.
  @Test(arguments: [
    ("Standard_D4s_v5", false), ("Standard_DS1_v2", false), ("Standard_NV12", true),
    ("Standard_Q4z_v9", true), ("Basic_A1", false),
  ])
  func azureSeriesThatNoListKnows(_ type: String, _ isUnknown: Bool) {
    let sku = SKU(provider: .azure, region: "r", instanceType: type)
    #expect(SizeFlexibility.isUnknownFamily(sku) == isUnknown)
  }

  @Test func googleShapes() {
    #expect(footprint(.gcp, "n2-standard-8") == .init(group: "n2-standard", units: 8))
    #expect(footprint(.gcp, "n2-highmem-8")?.group == "n2-highmem")
    for alone in ["e2-micro", "n2-custom-4-8192", "a2-megagpu-16g", "c3-standard-4-lssd", "n1"] {
      #expect(footprint(.gcp, alone) == nil, "\(alone)")
    }
  }

  /// vCPUs and GiB, of predefined and custom types; what shares a core or has more to it counts as
  /// a whole.
  @Test func googleResources() throws {
    for (type, processors, memory) in [
      ("n1-standard-4", 4.0, 15.0), ("n2-highmem-128", 128, 864), ("c4-standard-2", 2, 7),
      ("n2-custom-4-10240", 4, 10), ("custom-2-4096", 2, 4), ("n2-custom-8-131072-ext", 8, 128),
    ] {
      #expect(
        GoogleSizes.resources(of: type) == MachineResources(processors: processors, memory: memory),
        "\(type)")
    }
    for type in [
      "e2-micro", "e2-custom-small-2048", "n2-custom-4", "a2-highgpu-1g", "c3-standard-4-lssd",
      "n2-custom-0-1024", "custom", "",
    ] { #expect(GoogleSizes.resources(of: type) == nil, "\(type)") }
    #expect(GoogleSizes.series(of: "custom-2-4096") == "n1")
    let machine = try #require(GoogleSizes.resources(of: "n1-standard-1"))
    // Google's own list: 0.031611 a vCPU, 0.004237 a GiB.
    let whole = 0.031611 + 3.75 * 0.004237
    #expect(abs(machine.share(of: .processors) - 0.031611 / whole) < 1e-4)
    #expect(abs(machine.share(of: .processors) + machine.share(of: .memory) - 1) < 1e-15)
    let scope = { (type: String, part: MachinePart) in
      ReservationScope.counting(SKU(provider: .gcp, region: "r", instanceType: type), part)
    }
    #expect(scope("n2-highmem-2", .memory)?.scope == scope("n2-custom-4-10240", .memory)?.scope)
    #expect(scope("n2-highmem-2", .memory)?.scope != scope("n2-highmem-2", .processors)?.scope)
    #expect(scope("n2-highmem-2", .memory)?.units == 16)
  }

  /// Four `g2-standard-4` have four times the accelerators of one `g2-standard-16`; from 12 vCPUs
  /// on, doubled G2 have all parts doubled.
  @Test func accelerators() {
    for type in ["g2-standard-4", "g2-standard-16", "z3-highmem-14-standardlssd", "g2-standard-7"] {
      #expect(footprint(.gcp, type) == nil, "\(type)")
    }
    #expect(footprint(.gcp, "g2-standard-12") == .init(group: "g2-standard-12", units: 1))
    #expect(footprint(.gcp, "g2-standard-96") == .init(group: "g2-standard-12", units: 8))
    #expect(footprint(.gcp, "a2-highgpu-8g") == .init(group: "a2-highgpu", units: 8))
    #expect(footprint(.gcp, "a2-megagpu-16g") == nil)
    #expect(footprint(.gcp, "n2-standard-16") == .init(group: "n2-standard", units: 16))
  }

  @Test func servicesOfAWSAreNotFlexible() {
    #expect(footprint(.aws, "m5.large") == .init(group: "m5", units: 4))
    #expect(footprint(.aws, "ml.m5.large") == nil)
    #expect(footprint(.aws, "db.m5.large") == nil)
  }

  @Test func familiesOfServices() {
    let ml = SKU(provider: .aws, region: "r", instanceType: "ml.m5.xlarge")
    #expect(ml.family == "ml.m5")
    #expect(ml.size == "xlarge")
    #expect(SKU(provider: .aws, region: "r", instanceType: "m5.xlarge").family == "m5")
  }

  @Test func sustainedUse() throws {
    let n1 = SKU(provider: .gcp, region: "r", instanceType: "n1-standard-1")
    let schedule = try #require(SustainedUse.schedule(for: n1))
    // Google's figures: 10 % off at half a month, 20 % at three quarters, 30 % at a whole one.
    for (share, price) in [(0.25, 0.25), (0.5, 0.45), (0.75, 0.6), (1, 0.7)] {
      #expect(abs(schedule.price(ofShare: share) - price) < 1e-12)
    }
    #expect(abs(schedule.lowestShare - 0.7) < 1e-12)
    let e2 = SKU(provider: .gcp, region: "r", instanceType: "e2-standard-2")
    #expect(SustainedUse.schedule(for: e2) == nil)
  }
}
