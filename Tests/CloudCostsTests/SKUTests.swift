import CloudCosts
import Testing

/// Copies share what they hold, and no one can tell.
@Suite struct SKUTests {
  @Test func aChangedCopyLeavesTheOriginal() {
    let original = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large", zone: "a")
    var copy = original
    copy.instanceType = "db.r6g.large"
    copy.region = "eu-west-1"
    copy.zone = ""
    copy.pricedFrom = Hour(sinceEpoch: 7)
    #expect(original.instanceType == "m5.large" && original.region == "us-east-1")
    #expect(original.zone == "a" && original.pricedFrom == nil)
    #expect(original.service == .machines(of: .aws) && copy.service != original.service)
    #expect(copy.pricedFrom == Hour(sinceEpoch: 7))
  }

  @Test func whatIsMadeApartIsTheSame() {
    func make(_ type: String) -> SKU {
      SKU(provider: .gcp, region: "europe-west1", instanceType: type)
    }
    var changed = make("n1-standard-4")
    changed.instanceType = "n2-standard-4"
    #expect(changed == make("n2-standard-4") && changed != make("n1-standard-4"))
    #expect(changed.hashValue == make("n2-standard-4").hashValue)
    #expect(Set([changed, make("n2-standard-4"), make("n1-standard-4")]).count == 2)
    #expect(make("n1-standard-4") < changed && !(changed < changed))
    #expect(changed.zoneless == changed && changed.asListed == changed)
  }

  /// In tables of a million groups it is the key.
  @Test func itIsSmall() { #expect(MemoryLayout<SKU>.size == 8) }
}
