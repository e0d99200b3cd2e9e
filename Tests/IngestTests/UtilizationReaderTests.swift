import CloudCosts
import Testing

@testable import Ingest

@Suite struct UtilizationReaderTests {
  private let header = "timestamp,resource,cpu_max,cpu_avg,memory_max,memory_avg"
  private let resources = ResourceReader.read(
    file(
      "resources.csv", "resource,provider,account,region,instance_type",
      "web,aws,,us-east-1,m5.large", "api,aws,,us-east-1,m5.large", "db,aws,,us-east-1,r5.large")
  ).value

  @Test func rowsBecomeSeries() throws {
    let reading = UtilizationReader.read(
      file(
        "utilization.csv", header,
        "2024-01-01T00:00:00Z,web,30,12.5,38,34",
        "2024-01-01T01:00:00Z,web,104,12,,",
        "2024-01-01T00:00:00Z,api,62,45,55,50"), resources: resources)
    let series = try #require(reading.value).series
    #expect(series.map(\.resource.id) == ["api", "web"])
    #expect(
      series[1].hours == [
        Hour(year: 2024, month: 1, day: 1), Hour(year: 2024, month: 1, day: 1) + 1,
      ])
    #expect(series[1].cpuMax == [30, 104])
    #expect(series[1].cpuAvg == [12.5, 12])
    #expect(series[1].memoryMax[0] == 38 && series[1].memoryMax[1].isNaN)
    #expect(
      reading.report == """
        note utilization.above-100 utilization.csv: 1 row has values above 100 percent, as of \
        processors above their nominal clock: they count as 100
          nothing, if they are few
        note utilization.unmeasured utilization.csv: 1 of 3 machines in resources.csv have no row, \
        the first is 'db'; they stay as they are
          export their utilisation too, to have them judged
        """)
  }

  @Test func mistakesAreToldTogether() {
    let reading = UtilizationReader.read(
      file(
        "utilization.csv", header,
        "2024-01-01T01:00:00Z,web,30,12,38,34",
        "2024-01-01T01:00:00Z,web,30,12,38,34",
        "2024-01-01T00:00:00Z,web,30,12,38,34",
        "2024-01-01T00:00:00Z,wbe,30,12,38,34",
        "2024-01-01T00:00:00Z,,30,12,38,34",
        "2024-01-01T02:00:00Z,api,350,-1,,x",
        "2024-01-01T03:00:00Z,api,10,20,5,6",
        "2024-01-01T04:00:00Z,api,y,20,5,6"), resources: resources)
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error utilization.duplicate utilization.csv:3: 'web' has a second row for \
        2024-01-01T01:00:00Z
          average the rows of one hour, or remove the copy
        error utilization.out-of-order utilization.csv:4: 'web' has 2024-01-01T00:00:00Z after \
        2024-01-01T01:00:00Z
          sort the file by timestamp
        warning utilization.unknown-resource utilization.csv:5: resource 'wbe' is not in \
        resources.csv: its rows are left out
          did you mean 'web'? Or add it to resources.csv
        error utilization.empty-resource utilization.csv:6: resource is empty
          fill it in; every row needs it
        warning utilization.absurd-percent utilization.csv:7: cpu_max '350' is far above 100 \
        percent: the machine keeps what it has
          give the share of all processors or of all memory, from 0 to 100
        error utilization.negative-cpu-avg utilization.csv:7: cpu_avg '-1' is negative
          write 0 or more; credits and corrections are left out
        error utilization.not-a-number utilization.csv:7: memory_avg 'x' is not a number
          write a plain decimal number such as 12.5
        warning utilization.average-above-maximum utilization.csv:8: cpu_avg 20.0 is above cpu_max \
        10.0
          check whether the two columns were swapped
        warning utilization.average-above-maximum utilization.csv:8: memory_avg 6.0 is above \
        memory_max 5.0
          check whether the two columns were swapped
        error utilization.not-a-number utilization.csv:9: cpu_max 'y' is not a number
          write a plain decimal number such as 12.5
        """)
  }

  @Test func machinesThatAreNotListedAreLeftOut() throws {
    let reading = UtilizationReader.read(
      file(
        "utilization.csv", header, "2024-01-01T00:00:00Z,web,30,12,38,34",
        "2024-01-01T00:00:00Z,ghost,30,12,38,34", "2024-01-01T01:00:00Z,ghost,30,12,38,34"),
      resources: resources)
    let history = try #require(reading.value)
    #expect(history.series.map(\.resource.id) == ["web"])
    #expect(history.series[0].cpuMax == [30])
    #expect(
      reading.findings.filter { $0.severity == .warning }.map(\.rule)
        == ["utilization.unknown-resource"])
  }

  /// Whatever else was measured of it: no one knows what its figures mean.
  @Test func whoseMeasurementsCannotBeIsNotJudged() throws {
    let reading = UtilizationReader.read(
      file(
        "utilization.csv", header, "2024-01-01T00:00:00Z,web,30,12,38,34",
        "2024-01-01T01:00:00Z,web,30,12,380,34", "2024-01-01T00:00:00Z,api,30,12,38,34"),
      resources: resources)
    let history = try #require(reading.value)
    #expect(history.series.map(\.resource.id) == ["api", "web"])
    #expect(history.series.map(\.resource.isMismeasured) == [false, true])
    #expect(
      reading.findings.filter { $0.severity == .warning }.map(\.rule)
        == ["utilization.absurd-percent"])
  }

  @Test func blanksAreUnknownAndNotNothing() throws {
    let reading = UtilizationReader.read(
      file(
        "utilization.csv", header, "2024-01-01T00:00:00Z,web,,,38,34",
        "2024-01-01T01:00:00Z,web,30,,,"), resources: resources)
    let series = try #require(reading.value?.series.first)
    #expect(series.cpuMax[0].isNaN && series.cpuAvg[1].isNaN && series.memoryMax[1].isNaN)
    #expect(series.cpuMax[1] == 30 && series.memoryMax[0] == 38)
    #expect(reading.findings.allSatisfy { $0.rule == "utilization.unmeasured" })
  }

  @Test func fractionsAreSuspected() {
    let reading = UtilizationReader.read(
      file(
        "utilization.csv", header, "2024-01-01T00:00:00Z,web,0.3,0.1,,",
        "2024-01-01T00:00:00Z,api,0.9,0.1,1,0.5"), resources: resources)
    #expect(reading.findings.map(\.rule) == ["utilization.fractions", "utilization.unmeasured"])
  }

  @Test func machinesThatDidNotRunAreTold() throws {
    let usage = UsageReader.read(
      file(
        "usage.csv", "timestamp,provider,region,instance_type,quantity",
        "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,2"))
    let findings = CrossChecks.resources(
      try #require(resources), in: try #require(usage.value))
    #expect(
      findings.report == """
        warning resources.not-in-usage resources.csv:4: usage.csv has no usage of aws us-east-1 \
        r5.large Linux default inside the window, the group of 'db'
          write the machine's group as in usage.csv
        """)
  }
}
