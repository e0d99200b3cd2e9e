import Testing

@testable import CloudCosts

/// Azure compares names of sizes without case, and its files write them in several.
@Suite struct AzureSizeNameTests {
  @Test(arguments: [
    "Standard_D2s_v5", "Standard_DS3_v2", "Standard_E8-4ads_v5", "Standard_NC4as_T4_v3",
    "Standard_NV12ads_A10_v5", "Standard_NG16ads_V620_v1", "Standard_NV4ads_V710_v5",
    "Standard_ND96is_MI300X_v5", "Standard_M8-2ms", "Standard_B2ats_v2", "Standard_D2_v2_Promo",
    "Standard_E64is_v4_SPECIAL", "Standard_E8s_v4_ADHType1", "Basic_A1", "Standard_A1_v2",
  ])
  func oneSpelling(name: String) {
    for text in [name, name.lowercased(), name.uppercased()] {
      #expect(SKU(provider: .azure, region: "eastus", instanceType: text).instanceType == name)
    }
  }

  @Test(arguments: ["D2s v5", "sql/GP_Gen5", "standard", "", "_", "standard_", "Mixed_Case_Name"])
  func whatIsNoSizeStays(text: String) {
    #expect(AzureSizeName.spelled(text).lowercased() == text.lowercased())
    #expect(text.lowercased().hasPrefix("standard_") || AzureSizeName.spelled(text) == text)
  }

  @Test func otherProvidersNamesStay() {
    #expect(
      SKU(provider: .aws, region: "x", instanceType: "standard_X").instanceType == "standard_X")
  }

  /// Source: finops-toolkit, Regions.csv: a blank tells Switzerland's meter regions from China's.
  @Test(arguments: [
    ("CH North", "switzerlandnorth"), ("CH West", "switzerlandwest"), ("chnorth", "chinanorth"),
    ("CN North", "chinanorth"), ("Switzerland North", "switzerlandnorth"),
  ])
  func regionsOfSwitzerlandAreNotChinas(name: String, code: String) {
    #expect(AzureRegions.code(named: name) == code)
  }
}
