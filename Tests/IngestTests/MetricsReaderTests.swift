import CloudCosts
import Testing

@testable import Ingest

/// What providers export of metrics; the shapes are those of their documented examples.
@Suite struct MetricsReaderTests {
  private let resources = ResourceList(
    resources: [
      ("i-0abc", "m5.large", Provider.aws), ("vm-1", "n2-standard-4", .gcp),
      ("web", "Standard_D4s_v5", .azure),
    ].map {
      Resource(
        id: $0.0, group: UsageGroup(sku: SKU(provider: $0.2, region: "r", instanceType: $0.1)))
    }, lines: [2, 3, 4], file: "resources.csv")

  private func read(
    _ files: [(name: String, text: String)]
  ) -> Reading<UtilizationHistory> {
    MeasurementFiles.read(
      files.map { InputFile(name: $0.name, contents: Array($0.text.utf8)) }, resources: resources)
  }

  private func series(_ reading: Reading<UtilizationHistory>, _ id: String) throws
    -> UtilizationSeries
  {
    try #require(reading.value?.series.first { $0.resource.id == id }, "\(reading.findings)")
  }

  private static func cloudWatch(_ label: String, _ values: [Double]) -> String {
    let times = values.indices.map { "\"2024-09-29T22:\($0 < 2 ? "0" : "")\($0 * 5):00+00:00\"" }
    return """
      {"MetricDataResults": [{"Id": "m1", "Label": "\(label)", "StatusCode": "Complete",
       "Timestamps": [\(times.joined(separator: ","))],
       "Values": [\(values.map { "\($0)" }.joined(separator: ","))]}], "Messages": []}
      """
  }

  @Test func cloudWatchHasPeaksInsideTheHour() throws {
    let reading = read([
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Average", [10, 30, 20])),
      ("mem.json", Self.cloudWatch("i-0abc mem_used_percent Maximum", [55])),
    ])
    let series = try series(reading, "i-0abc")
    #expect(series.hours == [Hour(year: 2024, month: 9, day: 29, hour: 22)])
    #expect(series.cpuMax == [30] && series.cpuAvg == [20])
    #expect(series.memoryMax == [55] && series.memoryAvg[0].isNaN)
    #expect(series.networkMax.isEmpty, "what is not measured is unknown")
    #expect(reading.findings.map(\.rule) == ["utilization.unmeasured"])
  }

  /// One mean for an hour says nothing of its peak.
  @Test func oneMeanIsNoPeak() throws {
    let series = try series(
      read([("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Average", [10]))]), "i-0abc")
    #expect(series.cpuMax[0].isNaN && series.cpuAvg == [10])
  }

  /// A page that was exported twice is no second part of the hour.
  @Test func aMeanThatIsStatedTwiceIsOne() throws {
    let page = Self.cloudWatch("i-0abc CPUUtilization Average", [10])
    let twice = try series(read([("a.json", page), ("b.json", page)]), "i-0abc")
    #expect(twice.cpuMax[0].isNaN && twice.cpuAvg == [10])
    // Of 10, 30 and 20 the first two are in both.
    let parts = try series(
      read([
        ("a.json", Self.cloudWatch("i-0abc CPUUtilization Average", [10, 30])),
        ("b.json", Self.cloudWatch("i-0abc CPUUtilization Average", [10, 30, 20])),
      ]), "i-0abc")
    #expect(parts.cpuMax == [30] && parts.cpuAvg == [20])
  }

  /// A value of a day tells nothing of its hours, least of all that the machine ran in one of them.
  @Test func aValueOfADayIsNoneOfAnHour() throws {
    let reading = read([
      (
        "cpu.json",
        """
        {"MetricDataResults": [{"Id": "m1", "Label": "i-0abc CPUUtilization Maximum",
         "StatusCode": "Complete", "Timestamps": ["2024-09-28T00:00:00Z", "2024-09-29T00:00:00Z"],
         "Values": [10, 20]}], "Messages": []}
        """
      ),
      (
        "web.json",
        """
        {"interval": "P1D", "value": [{"id": "/subscriptions/0/resourceGroups/g/providers/\
        Microsoft.Compute/virtualMachines/web/providers/Microsoft.Insights/metrics/Percentage CPU",
         "name": {"value": "Percentage CPU"}, "timeseries": [{"data": [
          {"timeStamp": "2024-09-28T00:00:00Z", "average": 10, "maximum": 20}]}]}]}
        """
      ),
      (
        "vm.json",
        """
        {"timeSeries": [{"metric": {"type": "compute.googleapis.com/instance/cpu/utilization",
          "labels": {"instance_name": "vm-1"}}, "points": [{"interval":
          {"startTime": "2024-09-28T00:00:00Z", "endTime": "2024-09-29T00:00:00Z"},
          "value": {"doubleValue": 0.2}}]}]}
        """
      ),
    ])
    #expect(reading.value?.series.isEmpty == true)
    let coarse = reading.findings.filter { $0.rule == "utilization.short-history" }
    #expect(coarse.count == 3 && coarse.allSatisfy { $0.message.contains("more than an hour") })
    #expect(!reading.findings.hasErrors)
  }

  /// Sorted by its keys, an answer has its points before its label.
  @Test func theLabelMayComeBehindThePoints() throws {
    let reading = read([
      (
        "i-0abc.json",
        """
        {"Datapoints": [{"Maximum": 40, "Timestamp": "2024-09-29T22:00:00Z", "Unit": "Percent"}],
         "Label": "CPUUtilization"}
        """
      )
    ])
    #expect(try series(reading, "i-0abc").cpuMax == [40])
  }

  @Test func bytesBecomeRates() throws {
    let reading = read([
      ("in.json", Self.cloudWatch("i-0abc NetworkIn Sum", [300e6, 600e6])),
      ("out.json", Self.cloudWatch("i-0abc NetworkOut Sum", [0, 0])),
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Maximum", [10, 20])),
    ])
    // 600 MB in 300 seconds are 16 Mbit/s.
    #expect(try abs(series(reading, "i-0abc").networkMax[0] - 16) < 1e-9)
  }

  /// EC2 samples each minute: in five minutes Average is a fifth of Sum.
  @Test func meansOfBytesAreThoseOfAMinute() throws {
    let reading = read([
      ("in.json", Self.cloudWatch("i-0abc NetworkIn Average", [60e6, 120e6])),
      ("out.json", Self.cloudWatch("i-0abc NetworkOut Maximum", [15e6, 7.5e6])),
    ])
    // 120 MB and 15 MB in 60 seconds are 16 and 2 Mbit/s.
    #expect(try abs(series(reading, "i-0abc").networkMax[0] - 18) < 1e-9)
    let said = reading.findings.first { $0.rule == "utilization.bytes-by-sample" }
    #expect(said?.severity == .note && said?.message.contains("NetworkIn") == true)
  }

  /// With the number of samples the bytes of the period are known, and how long a sample is.
  @Test(arguments: [(5.0, 60.0), (1, 300)])
  func theNumberOfSamplesSaysHowLongTheyAre(_ count: Double, _ seconds: Double) throws {
    func file(_ metric: String) -> String {
      """
      {"Label": "\(metric)", "Datapoints": [
       {"Average": 30e6, "SampleCount": \(count), "Timestamp": "2024-09-29T22:00:00Z"},
       {"Average": 15e6, "Maximum": 45e6, "SampleCount": 1, "Timestamp": "2024-09-29T22:05:00Z"}]}
      """
    }
    let reading = read([
      ("i-0abc_in.json", file("NetworkIn")), ("i-0abc_out.json", file("NetworkOut")),
    ])
    let series = try series(reading, "i-0abc")
    #expect(abs(series.networkMax[0] - 2 * 45 * 8 / seconds) < 1e-9)
    #expect(!reading.findings.contains { $0.rule == "utilization.bytes-by-sample" })
  }

  /// Percentiles, numbers of samples and sums of percentages are no means.
  @Test func otherStatisticsAreLeftOut() throws {
    let reading = read([
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Average", [10, 20])),
      ("min.json", Self.cloudWatch("i-0abc mem_used_percent Minimum", [1, 1])),
      ("count.json", Self.cloudWatch("i-0abc mem_used_percent SampleCount", [5, 5])),
      ("p99.json", Self.cloudWatch("i-0abc mem_used_percent p99", [2, 2])),
      ("sum.json", Self.cloudWatch("i-0abc mem_used_percent Sum", [3, 3])),
      ("tm.json", Self.cloudWatch("i-0abc mem_used_percent TM(10%:90%)", [4, 4])),
    ])
    let series = try series(reading, "i-0abc")
    #expect(series.cpuMax == [20] && series.memoryMax.allSatisfy(\.isNaN))
    let unread = reading.findings.filter { $0.rule == "utilization.unread-statistic" }
    #expect(unread.count == 3 && unread.allSatisfy { $0.severity == .warning })
    let nothing = reading.findings.filter { $0.rule == "utilization.nothing" }.map(\.place)
    #expect(nothing == ["min.json", "count.json"])
  }

  @Test func azureGapsStayUnknown() throws {
    let reading = read([
      (
        "azure.json",
        """
        {"interval": "PT1H", "value": [
          {"id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web/providers/Microsoft.Insights/metrics/Percentage CPU",
           "name": {"value": "Percentage CPU"}, "unit": "Percent",
           "timeseries": [{"metadatavalues": [], "data": [
             {"timeStamp": "2024-04-14T02:00:00Z", "average": 5.0, "maximum": 40.0},
             {"timeStamp": "2024-04-14T03:00:00Z"},
             {"timeStamp": "2024-04-14T04:00:00Z", "average": 6.0}]}]},
          {"id": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web/providers/Microsoft.Insights/metrics/Available Memory Bytes",
           "name": {"value": "Available Memory Bytes"}, "unit": "Bytes",
           "timeseries": [{"metadatavalues": [], "data": [
             {"timeStamp": "2024-04-14T02:00:00Z", "average": 8589934592, "minimum": 4294967296}]}]}]}
        """
      )
    ])
    let series = try series(reading, "web")
    #expect(series.hours.count == 2)
    #expect(series.cpuMax[0] == 40 && series.cpuAvg[0] == 5 && series.cpuMax[1].isNaN)
    // 16 GiB, of which 4 were free at the least.
    #expect(series.memoryMax[0] == 75 && series.memoryAvg[0] == 50 && series.memoryMax[1].isNaN)
  }

  @Test func googleCountsFractionsAndTheHourBefore() throws {
    let reading = read([
      (
        "google.json",
        """
        {"timeSeries": [{
          "metric": {"type": "compute.googleapis.com/instance/cpu/utilization",
                     "labels": {"instance_name": "vm-1"}},
          "resource": {"type": "gce_instance", "labels": {"instance_id": "77"}},
          "points": [
            {"interval": {"startTime": "2024-01-01T00:30:00Z", "endTime": "2024-01-01T01:00:00Z"},
             "value": {"doubleValue": 0.5}},
            {"interval": {"startTime": "2024-01-01T00:00:00Z", "endTime": "2024-01-01T00:30:00Z"},
             "value": {"doubleValue": 0.1}}]}]}
        """
      )
    ])
    let series = try series(reading, "vm-1")
    #expect(series.hours == [Hour(year: 2024, month: 1, day: 1)])
    #expect(series.cpuMax == [50] && series.cpuAvg == [30])
  }

  // MARK: Bad input

  @Test func strangersAreLeftOutAndSaid() {
    let reading = read([
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Average", [10, 20])),
      ("x.json", Self.cloudWatch("i-9999 CPUUtilization Average", [10, 20])),
    ])
    #expect(reading.value?.series.count == 1)
    #expect(reading.findings.contains { $0.rule == "utilization.unknown-resource" })
  }

  @Test func absurdValuesAreErrors() {
    let reading = read([
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Average", [1000, -3]))
    ])
    #expect(reading.value == nil)
    #expect(reading.findings.count { $0.rule == "utilization.absurd-percent" } == 2)
  }

  @Test func whatCannotBeLeavesTheMachineAlone() throws {
    let reading = read([
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Maximum", [10, 1000])),
      ("memory.json", Self.cloudWatch("i-0abc mem_used_percent Maximum", [10, 20])),
    ])
    #expect(try series(reading, "i-0abc").resource.isMismeasured)
    #expect(
      reading.findings.filter { $0.severity == .warning }.map(\.rule)
        == ["utilization.absurd-percent"])
  }

  /// A type of less memory than is free is not the machine's: 16 GiB are in the list, 24 are free.
  @Test func moreFreeMemoryThanThereIsLeavesTheMachineAlone() throws {
    let id =
      "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web"
      + "/providers/Microsoft.Insights/metrics/Available Memory Bytes"
    let points = (2..<5).map {
      #"{"timeStamp": "2024-04-14T0\#($0):00:00Z", "average": 25769803776}"#
    }
    let reading = read([
      (
        "azure.json",
        """
        {"interval": "PT1H", "value": [
          {"id": "\(id)", "name": {"value": "Available Memory Bytes"}, "unit": "Bytes",
           "timeseries": [{"data": [\(points.joined(separator: ", "))]}]}]}
        """
      )
    ])
    #expect(try series(reading, "web").resource.isMismeasured)
    #expect(
      reading.findings.filter { $0.severity == .warning }.map(\.rule)
        == ["utilization.absurd-percent", "utilization.nothing"])
  }

  @Test func somewhatAbove100IsANote() throws {
    let reading = read([
      ("cpu.json", Self.cloudWatch("i-0abc CPUUtilization Maximum", [105]))
    ])
    #expect(try series(reading, "i-0abc").cpuMax == [105])
    #expect(reading.findings.contains { $0.rule == "utilization.above-100" })
  }

  @Test func damagedFilesAreFindings() {
    for text in ["{", "[]", "{\"MetricDataResults\": [{\"Timestamps\": [1], \"Values\": []}]}"] {
      let reading = read([("a.json", text), ("b.json", text)])
      #expect(!reading.findings.isEmpty, "\(text)")
    }
  }

  @Test func aMachineResizedInsideTheHistoryKeepsWhatItHas() throws {
    let text = """
      resource,provider,account,region,instance_type,group,may
      i-1,aws,,us-east-1,m5.large,web,architecture;schedule
      i-2,aws,,us-east-1,m5.large,,
      i-2,aws,,us-east-1,m5.xlarge,,
      """
    let reading = ResourceReader.read(InputFile(name: "r.csv", contents: Array(text.utf8)))
    let list = try #require(reading.value)
    #expect(list.resources.map(\.isResized) == [false, true])
    #expect(list.resources[0].fleet == "web")
    #expect(list.resources[0].consent == [.architecture, .schedule])
    #expect(reading.findings.map(\.rule) == ["resources.resized"])
  }

  // MARK: Recommendations on machines

  @Test func recommendationsOfThreeProviders() throws {
    func read(_ text: String) throws -> MachineRecommendations {
      let reading = MachineRecommendationReader.read(
        InputFile(name: "r", contents: Array(text.utf8)), resources: resources)
      return try #require(reading.value, "\(reading.findings)")
    }
    let aws = try read(
      """
      accountid,instancearn,currentinstancetype,recommendationoptions_1_instancetype,recommendationoptions_1_performancerisk,recommendationoptions_1_estimatedmonthlysavings_value
      1,arn:aws:ec2:us-east-1:1:instance/i-0abc,m5.large,t3.medium,2,40.5
      """)
    #expect(aws.source == "Compute Optimizer")
    #expect(aws.entries.map(\.target) == ["t3.medium"] && aws.entries[0].monthlySaving == 40.5)
    let google = try read(
      """
      [{"content": {"operationGroups": [{"operations": [
         {"action": "test", "path": "/machineType", "resource": "//compute.googleapis.com/projects/p/zones/z/instances/vm-1"},
         {"action": "replace", "path": "/machineType", "resource": "//compute.googleapis.com/projects/p/zones/z/instances/vm-1",
          "value": "zones/z/machineTypes/n2-standard-2"}]}]},
        "primaryImpact": {"category": "COST", "costProjection": {"cost": {"units": "-73", "nanos": -500000000}, "duration": "2592000s"}},
        "recommenderSubtype": "CHANGE_MACHINE_TYPE"}]
      """)
    #expect(google.entries.map(\.target) == ["n2-standard-2"])
    #expect(abs((google.entries[0].monthlySaving ?? 0) - 73.5 * 730 / 720) < 1e-9)
    let azure = try read(
      """
      {"value": [{"properties": {"category": "Cost", "impactedField": "Microsoft.Compute/virtualMachines",
        "impactedValue": "web", "extendedProperties": {"targetSku": "Standard_D2s_v5", "savingsAmount": "12.5"}}}]}
      """)
    #expect(azure.entries.map(\.target) == ["Standard_D2s_v5"])
  }
}
