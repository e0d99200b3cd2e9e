import Testing

@testable import CloudCosts

/// The table of normalisation factors that is built in, against the file that people review.
@Suite struct SizeTableTests {
  /// The page's rule (an N-xlarge is N times an xlarge) and its table agree.
  @Test(arguments: [2, 3, 4, 6, 8, 9, 10, 12, 16, 18, 24, 32, 56, 112])
  func listedSizesKeepTheRule(_ multiple: Int) {
    #expect(NormalizationFactor.units(of: "m5.\(multiple)xlarge") == 8 * Double(multiple))
    #expect(AWSSizeTable.csv.contains("size,\(multiple)xlarge,\(8 * multiple)\n"))
  }

  /// Sizes that are newer than the table.
  @Test(arguments: [5, 7, 11, 96]) func otherSizesKeepTheRule(_ multiple: Int) {
    #expect(!AWSSizeTable.csv.contains("size,\(multiple)xlarge,"))
    #expect(NormalizationFactor.units(of: "m5.\(multiple)xlarge") == 8 * Double(multiple))
  }

  /// Bare metal has the factor of the equivalent virtualised size of its family (EC2 User Guide,
  /// "How Reserved Instance discounts are applied").
  @Test(arguments: [
    ("m7i.metal-24xl", 192.0), ("m7i.metal-48xl", 384), ("r7iz.metal-16xl", 128),
    ("c7g.metal", 128), ("i4i.metal", 256), ("m6a.metal", 384), ("x2iedn.metal", 256),
  ])
  func bareMetalCountsAsItsEqual(_ type: String, _ units: Double) {
    #expect(NormalizationFactor.units(of: type) == units)
  }

  @Test func noSizeIsBareMetalOfNothing() {
    #expect(NormalizationFactor.units(of: "m7i.metal-0xl") == nil)
    #expect(NormalizationFactor.units(of: "m7i.metal-xl") == nil)
  }

  @Test func whatIsNotThereHasNoFactor() {
    #expect(NormalizationFactor.units(of: "m9.metal") == nil)
    #expect(NormalizationFactor.units(of: "u-6tb1.metal") == 896)
    let odd = SKU(provider: .aws, region: "r", instanceType: "m5.huge")
    #expect(SizeFlexibility.lacksFactor(odd))
    var windows = odd
    windows.operatingSystem = "Windows"
    #expect(!SizeFlexibility.lacksFactor(windows))
  }
}
