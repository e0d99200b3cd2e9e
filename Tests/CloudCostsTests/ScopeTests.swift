import CloudCosts
import Testing

@Suite struct NormalizationFactorTests {
  @Test(arguments: [
    ("t3.nano", 0.25), ("t3.micro", 0.5), ("t3.small", 1), ("t3.medium", 2), ("m5.large", 4),
    ("m5.xlarge", 8), ("m5.2xlarge", 16), ("m5n.3xlarge", 24), ("m5.4xlarge", 32),
    ("z1d.6xlarge", 48), ("m5.8xlarge", 64), ("c5.9xlarge", 72), ("m4.10xlarge", 80),
    ("m5.12xlarge", 96), ("m5.16xlarge", 128), ("c5.18xlarge", 144), ("m5.24xlarge", 192),
    ("x1e.32xlarge", 256), ("u-6tb1.56xlarge", 448), ("u-6tb1.112xlarge", 896),
    ("a1.metal", 32), ("z1d.metal", 96), ("i3.metal", 128), ("c5n.metal", 144),
    ("m5.metal", 192), ("u-12tb1.metal", 896), ("c6gn.metal", 128),
  ])
  func unitsOfKnownSizes(_ type: String, _ units: Double) {
    #expect(NormalizationFactor.units(of: type) == units)
  }

  @Test(arguments: ["m5", "m5.", "m5.huge", "m5.0xlarge", "m5.-2xlarge", "m9x.metal", ""])
  func otherTypesHaveNone(_ type: String) {
    #expect(NormalizationFactor.units(of: type) == nil)
  }
}

@Suite struct ScopeTests {
  private func sku(
    _ type: String, _ system: String = "Linux", _ tenancy: String = "default",
    region: String = "us-east-1", provider: Provider = .aws
  ) -> SKU {
    SKU(
      provider: provider, region: region, instanceType: type, operatingSystem: system,
      tenancy: tenancy)
  }

  @Test func onlyLinuxOnSharedHardwareIsFlexible() {
    #expect(SizeFlexibility.applies(to: sku("m5.large")))
    #expect(SizeFlexibility.applies(to: sku("m5.large", "Linux/UNIX")))
    for system in ["Windows", "RHEL", "SLES", "Windows with SQL Server Standard"] {
      #expect(!SizeFlexibility.applies(to: sku("m5.large", system)))
    }
    #expect(!SizeFlexibility.applies(to: sku("m5.large", "Linux", "dedicated")))
    for family in ["g4ad", "g4dn", "g5", "g5g", "inf1"] {
      #expect(!SizeFlexibility.applies(to: sku("\(family).xlarge")))
    }
    #expect(!SizeFlexibility.applies(to: sku("m5.huge")))
    #expect(!SizeFlexibility.applies(to: sku("m5.large", provider: .gcp)))
  }

  @Test func reservationsOfAFamilyShareAScope() {
    let scope = ReservationScope(of: sku("m5.large"))
    #expect(scope.units(of: sku("m5.4xlarge")) == 32)
    #expect(scope.units(of: sku("m5.4xlarge", "Linux/UNIX")) == 32)
    #expect(scope.units(of: sku("m5d.large")) == nil)
    #expect(scope.units(of: sku("m5.large", region: "us-east-2")) == nil)
    #expect(scope.units(of: sku("m5.large", "Windows")) == nil)
    let windows = ReservationScope(of: sku("m5.large", "Windows"))
    #expect(windows.units(of: sku("m5.large", "Windows")) == 1)
    #expect(windows.units(of: sku("m5.xlarge", "Windows")) == nil)
    #expect(ReservationScope(of: sku("c5.large")) < scope)
  }

  @Test func plansCoverTheirFamilyInTheirRegionOrEverything() {
    let narrow = SavingsPlanScope(provider: .aws, region: "us-east-1", family: "m5")
    #expect(narrow.contains(sku("m5.4xlarge", "Windows", "dedicated")))
    #expect(!narrow.contains(sku("m5d.large")))
    #expect(!narrow.contains(sku("m5.large", region: "eu-west-1")))
    let wide = SavingsPlanScope(provider: .aws)
    #expect(wide.contains(sku("x1.32xlarge", region: "eu-west-1")))
    #expect(!wide.contains(sku("m5.large", provider: .azure)))
    #expect(wide < narrow)
  }

  @Test func namesFallIntoFamilyAndSize() {
    #expect(sku("m5.2xlarge").family == "m5" && sku("m5.2xlarge").size == "2xlarge")
    #expect(sku("n2-standard-4").family == "n2-standard-4" && sku("n2-standard-4").size == "")
    #expect(sku("").family == "")
  }
}
