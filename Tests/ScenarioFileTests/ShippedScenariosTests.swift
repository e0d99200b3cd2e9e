import CloudCosts
import Foundation
import Testing

@testable import Scenarios

/// The folders under `scenarios` are examples and documentation: they must load.
@Suite struct ShippedScenariosTests {
  private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func load(_ name: String) throws -> [ScenarioData] {
    let reading = ScenarioFile.load(root.appendingPathComponent("scenarios/\(name)").path)
    #expect(reading.findings == [])
    return try #require(reading.value).scenarios
  }

  @Test func twoHours() throws {
    let data = try #require(load("two-hours").first)
    #expect(data.demand.groups.count == 3)
    #expect(data.owned?.commitments.map(\.id) == ["ri-owned"])
    #expect(data.utilization?.series.map(\.resource.id) == ["api", "web"])
  }

  @Test func bitbrains() throws {
    let path = root.appendingPathComponent("scenarios/bitbrains").path
    let reading = ScenarioFile.load(path)
    // Processors above their nominal clock.
    #expect(Set(reading.findings.map(\.rule)) == ["utilization.above-100"])
    let data = try #require(reading.value).scenarios
    #expect(data.map(\.scenario.name) == ["base", "careful", "bold"])
    #expect(data.map(\.scenario.rightsizing.cpuPercentile) == [99.4, 100, 95])
    #expect(data.map(\.scenario.rightsizing.maxCPU) == [90, 70, 95])
    #expect(data.map { $0.utilization?.series.count } == [50, 50, 50])
    #expect(data[0].demand.window.hours == 672)
  }

  @Test func organisation() throws {
    let data = try load("organisation")
    #expect(data.map(\.scenario.name) == ["base", "everyone-shares", "groups-only"])
    #expect(data[0].scenario.sharing.off == ["lab"])
    #expect(data[1].scenario.sharing.isDefault)
    #expect(Set(data[0].demand.groups.map(\.account)) == ["shop", "search", "data", "lab"])
  }
}
