import CloudCosts
import Testing

@testable import Ingest

/// Copies of a subject share what they hold, and are values all the same.
@Suite struct ChargeSubjectTests {
  private func subject(_ account: String = "1", meter: String = "") -> ChargeSubject {
    ChargeSubject(
      provider: "aws", account: account, service: "Amazon EC2", region: "us-east-1", meter: meter)
  }

  @Test func subjectsAreWhatTheyHold() {
    #expect(subject() == subject() && Set([subject(), subject(), subject("2")]).count == 2)
    #expect(subject(meter: "Fargate") != subject() && subject(meter: "Fargate").meter == "Fargate")
  }

  @Test func changesAreOfOneCopyAlone() {
    let first = subject()
    var other = first
    other.tags["team"] = "a"
    other.region = "eu-west-1"
    other.meter = "Fargate"
    other.group = UsageGroup(
      account: "1", sku: SKU(provider: .aws, region: "eu-west-1", instanceType: "m5.large"))
    #expect(first.tags.isEmpty && first.region == "us-east-1" && first.group == nil)
    #expect(first.meter.isEmpty && first.coverable == nil && first == subject())
    #expect(other.tags == ["team": "a"] && other.account == "1" && other != first)
    #expect(other.coverable == Service.machines(of: .aws).title)
  }
}
