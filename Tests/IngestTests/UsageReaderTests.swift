import CloudCosts
import Testing

@testable import Ingest

@Suite struct UsageReaderTests {
  private let header = "timestamp,provider,region,instance_type,quantity"

  /// By their first bytes.
  @Test(
    arguments: [
      (Array("PAR1".utf8) + [1, 2, 3], "a Parquet file"),
      ([0x50, 0x4B, 3, 4, 0, 0], "a ZIP archive or a workbook"),
      (Array("BZh91AY".utf8), "packed by bzip2"), ([0x28, 0xB5, 0x2F, 0xFD, 0], "packed by zstd"),
      ([0xFD] + Array("7zXZ".utf8) + [0], "packed by xz"), (Array("%PDF-1.7".utf8), "a PDF"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsNamed(bytes: [UInt8], words: String) {
    let reading = UsageReader.read(InputFile(name: "usage.csv", contents: bytes))
    #expect(reading.value == nil)
    #expect(reading.findings.map(\.rule) == ["usage.other-kind"])
    #expect(reading.findings.first?.message.contains("it is \(words), and no text") == true)
  }

  @Test func rowsBecomeDemand() throws {
    let reading = UsageReader.read(
      file(
        "usage.csv", "quantity,tenancy,instance_type,region,provider,note,timestamp",
        "2,,m5.large,us-east-1,aws,ignored,2024-01-01T00:00:00Z",
        "1.5,dedicated,c5.large,us-east-1,aws,,2024-01-01T00:00:00+00:00",
        "3,default,m5.large,us-east-1,aws,,2024-01-01T02:00:00Z"))
    let history = try #require(reading.value)
    let m5 = UsageGroup(sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"))
    let c5 = UsageGroup(
      sku: SKU(
        provider: .aws, region: "us-east-1", instanceType: "c5.large", tenancy: "dedicated"))
    #expect(history.demand.groups == [c5, m5])
    #expect(
      history.demand.window == HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 3))
    #expect(history.demand.quantities == [1.5, 0, 0, 2, 0, 3])
    #expect(history.firstLines == [3, 2])
    #expect(
      reading.report == """
        warning usage.gap usage.csv:4: 1 of 3 hours have no row at all, the first is \
        2024-01-01T01:00:00Z; they count as 0
          check that the export is complete, if something should have run then
        """)
  }

  /// As in lists of reservations: one for a subscription meets its usage in whatever case.
  @Test func subscriptionsOfAzureHaveOneName() throws {
    let id = "abcdef00-0000-0000-0000-00000000000a"
    let reading = UsageReader.read(
      file(
        "usage.csv", "timestamp,provider,account,region,instance_type,quantity",
        "2024-01-01T00:00:00Z,azure,\(id.uppercased()),eastus,Standard_D2s_v5,1",
        "2024-01-01T00:00:00Z,azure,/subscriptions/\(id),westus,Standard_D2s_v5,1",
        "2024-01-01T00:00:00Z,aws,ABCDEF,us-east-1,m5.large,1"))
    #expect(Set(try #require(reading.value).demand.groups.map(\.account)) == [id, "ABCDEF"])
  }

  @Test func windowKeepsItsHoursAndGroups() throws {
    let usage = file(
      "usage.csv", header,
      "2024-01-01T00:00:00Z,aws,us-east-1,a1.large,1",
      "2024-01-01T01:00:00Z,aws,us-east-1,m5.large,2",
      "2024-01-01T02:00:00Z,aws,us-east-1,m5.large,3")
    let start = Hour(year: 2024, month: 1, day: 1, hour: 2)
    let inside = UsageReader.read(usage, window: HourWindow(start: start, hours: 1))
    #expect(inside.findings.isEmpty)
    #expect(inside.value?.demand.groups.map(\.sku.instanceType) == ["m5.large"])
    #expect(inside.value?.demand.quantities == [3])
    #expect(inside.value?.firstLines == [4])
    let beyond = UsageReader.read(usage, window: HourWindow(start: start, hours: 3))
    #expect(beyond.value?.demand.quantities == [3, 0, 0])
    #expect(
      beyond.report == """
        warning usage.window-beyond-file usage.csv: the window 2024-01-01T02:00:00Z to \
        2024-01-01T05:00:00Z reaches beyond the file, which spans 2024-01-01T00:00:00Z to \
        2024-01-01T03:00:00Z; hours outside count as 0
          shorten the window, or export the missing hours
        """)
    let outside = UsageReader.read(usage, window: HourWindow(start: start + 9, hours: 1))
    #expect(outside.value == nil)
    #expect(
      outside.report == """
        error usage.none usage.csv: no usage above 0 lies between 2024-01-01T11:00:00Z and \
        2024-01-01T12:00:00Z; the file spans 2024-01-01T00:00:00Z to 2024-01-01T03:00:00Z
          change the scenario's window, or name another file
        """)
  }

  @Test func missingColumnsAreTold() {
    let reading = UsageReader.read(
      file("usage.csv", "timestamp,provider,instance_typ,region", "a,b,c,d"))
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error usage.missing-column usage.csv:1: there is no column 'instance_type'
          rename column 'instance_typ', if that is what it holds
        error usage.missing-column usage.csv:1: there is no column 'quantity'
          add it; the header is \
        timestamp,provider,account,region,instance_type,operating_system,tenancy,quantity,zone,tag,\
        service,unit,engine,license,deployment
        """)
  }

  @Test func badQuantitiesAreToldTogether() {
    let reading = UsageReader.read(
      file(
        "usage.csv", header,
        "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,abc",
        "2024-01-01T01:00:00Z,aws,us-east-1,m5.large,-1",
        "2024-01-01T02:00:00Z,aws,us-east-1,m5.large,NaN",
        "2024-01-01T03:00:00Z,aws,us-east-1,m5.large,1e12",
        "2024-01-01T04:00:00Z,aws,us-east-1,m5.large,",
        "2024-01-01T05:00:00Z,aws,us-east-1,m5.large,\"1,5\"",
        "2024-01-01T06:00:00Z,aws,us-east-1,m5.large,-inf"))
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error usage.not-a-number usage.csv:2: quantity 'abc' is not a number
          write a plain decimal number such as 12.5
        error usage.negative-quantity usage.csv:3: quantity '-1' is negative
          write 0 or more; credits and corrections are left out
        error usage.not-a-number usage.csv:4: quantity 'NaN' is not a number
          leave the row out where nothing was measured
        error usage.absurd-quantity usage.csv:5: quantity '1e12' is larger than 1,000,000,000
          check the unit and the decimal point
        error usage.not-a-number usage.csv:6: quantity is empty
          write a plain decimal number such as 12.5
        error usage.not-a-number usage.csv:7: quantity '1,5' is not a number
          write a plain decimal number such as 12.5
        error usage.not-a-number usage.csv:8: quantity '-inf' is not a number
          leave the row out where nothing was measured
        """)
  }

  @Test func badTimestampsAreToldTogether() {
    let reading = UsageReader.read(
      file(
        "usage.csv", header,
        "2024-01-01T05:00:00Z,aws,us-east-1,m5.large,1",
        "2024-01-01T04:00:00Z,aws,us-east-1,m5.large,1",
        "2024-01-01 06:00:00,aws,us-east-1,m5.large,1",
        "2024-01-01T06:00:00+02:00,aws,us-east-1,m5.large,1",
        "2024-01-01T06:30:00Z,aws,us-east-1,m5.large,1",
        "2024-02-30T06:00:00Z,aws,us-east-1,m5.large,1",
        "2044-02-01T06:00:00Z,aws,us-east-1,m5.large,1",
        ",aws,us-east-1,m5.large,1"))
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error usage.out-of-order usage.csv:3: timestamp 2024-01-01T04:00:00Z comes after \
        2024-01-01T05:00:00Z
          sort the file by timestamp
        error usage.not-utc usage.csv:4: timestamp '2024-01-01 06:00:00' has no time zone
          export in UTC and write it as 2023-02-01T05:00:00Z
        error usage.not-utc usage.csv:5: timestamp '2024-01-01T06:00:00+02:00' is not in UTC
          export in UTC and write it as 2023-02-01T05:00:00Z
        error usage.not-on-hour usage.csv:6: timestamp '2024-01-01T06:30:00Z' is not on the hour
          sum or average by hour, and give the start of the hour
        error usage.bad-timestamp usage.csv:7: timestamp '2024-02-30T06:00:00Z' is not an ISO 8601 \
        date and time
          write it as 2023-02-01T05:00:00Z
        error usage.span usage.csv:8: timestamp 2044-02-01T06:00:00Z is more than ten years after \
        the first, 2024-01-01T05:00:00Z
          check the year, or cut the file
        error usage.bad-timestamp usage.csv:9: timestamp is empty
          write it as 2023-02-01T05:00:00Z
        """)
  }

  @Test func duplicatesAreTold() {
    let reading = UsageReader.read(
      file(
        "usage.csv", "timestamp,provider,account,region,instance_type,operating_system,quantity",
        "2024-01-01T00:00:00Z,aws,1,us-east-1,m5.large,Linux,1",
        "2024-01-01T00:00:00Z,aws,2,us-east-1,m5.large,Linux,1",
        "2024-01-01T00:00:00Z,aws,1,us-east-1,m5.large,,1",
        "2024-01-01T01:00:00Z,aws,1,us-east-1,m5.large,,1"))
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error usage.duplicate usage.csv:4: 1 aws us-east-1 m5.large Linux default has a second row \
        for 2024-01-01T00:00:00Z
          add the rows of one group and hour up, or remove the copy
        """)
  }

  @Test func everyFieldOfARowIsLookedAt() {
    let reading = UsageReader.read(
      file("usage.csv", header, "yesterday,awz,,,minus one"))
    #expect(
      reading.report == """
        error usage.bad-timestamp usage.csv:2: timestamp 'yesterday' is not an ISO 8601 date and time
          write it as 2023-02-01T05:00:00Z
        error usage.unknown-provider usage.csv:2: provider 'awz' is unknown
          did you mean 'aws'? It must be one of aws, azure, gcp
        error usage.empty-region usage.csv:2: region is empty
          fill it in; every row needs it
        error usage.empty-instance-type usage.csv:2: instance_type is empty
          fill it in; every row needs it
        error usage.not-a-number usage.csv:2: quantity 'minus one' is not a number
          write a plain decimal number such as 12.5
        """)
  }

  @Test func aMistakeOfManyLinesIsCounted() {
    let row = "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,x"
    let rows = [String](repeating: row, count: 1254).joined(separator: "\n")
    let reading = UsageReader.read(file("usage.csv", header, rows))
    #expect(reading.findings.count == 21)
    #expect(reading.findings.map(\.place).prefix(2) == ["usage.csv:2", "usage.csv:3"])
    #expect(
      reading.findings.suffix(1).report == """
        error usage.not-a-number usage.csv: and 1,234 more of this kind
          write a plain decimal number such as 12.5
        """)
  }

  /// Rows of one group that differ in their tag are one group's usage, and each value's share is
  /// known.
  @Test func tagsAreAddedUp() throws {
    let reading = UsageReader.read(
      file(
        "u.csv", "timestamp,provider,region,instance_type,quantity,tag",
        "2024-01-31T23:00:00Z,aws,r,m5.large,3,web", "2024-01-31T23:00:00Z,aws,r,m5.large,1,batch",
        "2024-02-01T00:00:00Z,aws,r,m5.large,2,", "2024-02-01T00:00:00Z,aws,r,c5.large,5,web"))
    #expect(reading.findings.isEmpty)
    let history = try #require(reading.value)
    #expect(history.demand.groups.map(\.sku.instanceType) == ["c5.large", "m5.large"])
    #expect(history.demand.quantities == [0, 5, 4, 2])
    #expect(history.firstLines == [5, 2])
    let tags = try #require(history.tags)
    let group = history.demand.groups[1]
    let january = tags.shares(of: group, in: Hour(year: 2024, month: 1, day: 1).month)
    #expect(january.map(\.value) == ["batch", "web"] && january.map(\.share) == [0.25, 0.75])
    let later = tags.shares(of: group, in: Hour(year: 2024, month: 3, day: 1).month)
    #expect(later.map(\.value) == ["", "batch", "web"])
    #expect(abs(later.map(\.share).reduce(0, +) - 1) < 1e-12)
    let twice = UsageReader.read(
      file(
        "u.csv", "timestamp,provider,region,instance_type,quantity,tag",
        "2024-01-31T23:00:00Z,aws,r,m5.large,3,web", "2024-01-31T23:00:00Z,aws,r,m5.large,1,web"))
    #expect(twice.findings.map(\.rule) == ["usage.duplicate"])
  }
}

extension ArraySlice<Finding> {
  fileprivate var report: String { Array(self).report }
}
