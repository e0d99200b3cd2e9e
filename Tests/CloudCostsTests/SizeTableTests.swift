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

  @Test func whatIsNotThereHasNoFactor() {
    #expect(NormalizationFactor.units(of: "m7i.metal-24xl") == nil)
    #expect(NormalizationFactor.units(of: "m9.metal") == nil)
    #expect(NormalizationFactor.units(of: "u-6tb1.metal") == 896)
    let odd = SKU(provider: .aws, region: "r", instanceType: "m5.huge")
    #expect(SizeFlexibility.lacksFactor(odd))
    var windows = odd
    windows.operatingSystem = "Windows"
    #expect(!SizeFlexibility.lacksFactor(windows))
  }
}
