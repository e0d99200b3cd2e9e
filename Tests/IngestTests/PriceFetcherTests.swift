import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// A server on loopback with the providers' layout, which can misbehave; it ends with the test.
private final class PriceServer {
  let folder: URL
  private let process: Process

  init(_ mode: String) throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    folder = FileManager.default.temporaryDirectory.appending(
      path: "plimsoll-prices-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process = Process()
    process.executableURL = URL(filePath: try #require(Child.onPath("python3").first))
    process.arguments = [
      tests.appending(path: "Fixtures/price-server.py").path,
      tests.appending(path: "Fixtures/prices").path, folder.appending(path: "log").path, mode,
    ]
    // It complains of connections that are closed early.
    process.standardError = FileHandle.nullDevice
    try process.runWithDefaultSignals()
    for _ in 0..<1200 where log.isEmpty { Thread.sleep(forTimeInterval: 0.05) }
    try #require(!log.isEmpty)
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    _ = process.ends(within: 20)
    try? FileManager.default.removeItem(at: folder)
  }

  private var log: [String] {
    let text = try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  /// `path range status` of every request.
  var requests: [[String]] {
    log.dropFirst().map { $0.split(separator: " ").map(String.init) }
  }

  var base: String { "http://127.0.0.1:\(log.first ?? "0")" }
  var cache: String { folder.appending(path: "cache").path }

  func fetch(_ source: PriceFetcher.Source, regions: [String] = ["us-east-1"]) throws -> [String] {
    try PriceFetcher(source, base: base, cache: cache, pause: 0.001).files(regions: regions)
  }
}

/// `prices --fetch`, against a server that serves the providers' layout and misbehaves.
@Suite struct PriceFetcherTests {
  static func fixture(_ name: String) throws -> Data {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try Data(contentsOf: folder.appending(path: "Fixtures/prices/\(name)"))
  }

  private func areWhole(_ files: [String], more: String = "") throws -> Bool {
    try files.count == 2
      && zip(files, ["aws-ec2-offer.csv", "aws-savings-plan.csv"]).allSatisfy { file, name in
        try Data(contentsOf: URL(filePath: file)) == Self.fixture(name) + Data(more.utf8)
      }
  }

  @Test func filesOfAWSArePriceBooks() throws {
    let server = try PriceServer("well")
    let files = try server.fetch(.aws)
    #expect(try areWhole(files))
    let reading = PublishedPriceReader.read(files.map { InputFile(path: $0) })
    #expect(try #require(reading.value).rows.count > 5)
  }

  /// Pages follow the provider's own links, on the mirror.
  @Test(arguments: [PriceFetcher.Source.azure, .google])
  func allPagesAreFetched(_ source: PriceFetcher.Source) throws {
    let server = try PriceServer("well")
    let files = try server.fetch(source)
    #expect(files.count == 2 && server.requests.count == 2)
    let pages = files.map { InputFile(path: $0) }
    let whole = Self.whole(source)
    let reading = PublishedPriceReader.read(pages)
    #expect(try #require(reading.value).rows == #require(whole.value).rows)
    #expect(reading.findings.map(\.rule) == whole.findings.map(\.rule))
    // The first page alone says that there are more.
    #expect(
      PublishedPriceReader.read([pages[0]]).findings.map(\.rule).contains("prices.more-pages"))
  }

  /// The same prices out of one file.
  private static func whole(_ source: PriceFetcher.Source) -> Reading<PublishedPrices> {
    PublishedPriceReader.read([
      PublishedPriceTests.fixture(source == .azure ? "azure-retail.json" : "google-skus.json")
    ])
  }

  /// What is there whole is not asked for again, unless it is no longer what was downloaded.
  @Test func whatIsKeptIsCheckedByItsSum() throws {
    let server = try PriceServer("well")
    let files = try server.fetch(.aws)
    let first = server.requests.count
    #expect(try server.fetch(.aws) == files)
    // Only the lists of versions are new each time.
    #expect(server.requests.count == first + 2)
    try Data("\"FormatVersion\",\"v1.0\"\n".utf8).write(to: URL(filePath: files[0]))
    #expect(try areWhole(server.fetch(.aws)))
    #expect(server.requests.count == first + 5)
    try FileManager.default.removeItem(atPath: files[1] + ".sum")
    #expect(try areWhole(server.fetch(.aws)))
    #expect(server.requests.count == first + 8)
  }

  @Test func aBrokenDownloadGoesOnWhereItEnded() throws {
    let server = try PriceServer("cut")
    #expect(try areWhole(server.fetch(.aws)))
    let resumed = server.requests.filter { $0[2] == "206" }
    #expect(resumed.count == 2)
    let half = try Self.fixture("aws-ec2-offer.csv").count / 2
    #expect(resumed.first?[1] == "bytes=\(half)-")
  }

  /// Two versions are never put together.
  @Test func aFileThatChangedIsFetchedFromTheStart() throws {
    let server = try PriceServer("cut-changed")
    #expect(try areWhole(server.fetch(.aws), more: "\n"))
    #expect(!server.requests.contains { $0[2] == "206" })
  }

  @Test func aServerWithoutRangesIsAskedForAllOfIt() throws {
    let server = try PriceServer("cut-no-range")
    #expect(try areWhole(server.fetch(.aws)))
    #expect(!server.requests.contains { $0[2] == "206" })
  }

  @Test func aBusyServerIsAskedAgain() throws {
    let server = try PriceServer("busy")
    #expect(try areWhole(server.fetch(.aws)))
    #expect(server.requests.filter { $0[2] == "500" }.count == 4)
    #expect(server.requests.filter { $0[2] == "503" }.count == 4)
  }

  @Test(arguments: [
    ("gone", "404", 1), ("page", "no price file", 1), ("always-cut", "could not be downloaded", 6),
  ])
  func whatCannotBeGotIsAFinding(_ mode: String, _ words: String, _ attempts: Int) throws {
    let server = try PriceServer(mode)
    let failure = try #require(throws: FindingsError.self) { try server.fetch(.aws) }
    let finding = try #require(failure.findings.first)
    #expect(finding.rule == "fetch.failed" && finding.severity == .error)
    #expect(finding.message.contains(words), "\(finding.message)")
    #expect(server.requests.filter { $0[0].hasSuffix(".csv") }.count == attempts)
    // Nothing that looks like a whole file is left behind.
    let kept = try FileManager.default.contentsOfDirectory(atPath: server.cache)
    #expect(!kept.contains { $0.hasSuffix(".csv") || $0.hasSuffix(".csv.sum") })
  }

  /// An attempt of today goes on with what one of yesterday left.
  @Test func aLaterRunResumes() throws {
    let server = try PriceServer("well")
    let files = try server.fetch(.aws)
    let whole = try Self.fixture("aws-ec2-offer.csv")
    try FileManager.default.removeItem(atPath: files[0])
    try whole.prefix(100).write(to: URL(filePath: files[0] + ".part"))
    try Data("\"old\"".utf8).write(to: URL(filePath: files[0] + ".etag"))
    #expect(try areWhole(server.fetch(.aws)))
    #expect(server.requests.contains { $0[1] == "bytes=100-" && $0[2] == "206" })
  }

  @Test func anUnknownRegionIsNamed() throws {
    let server = try PriceServer("well")
    let failure = try #require(throws: FindingsError.self) {
      try server.fetch(.aws, regions: ["us-esat-1"])
    }
    #expect(failure.findings.first?.rule == "fetch.unknown-region")
    #expect(failure.findings.first?.remedy.contains("us-east-1") == true)
  }

  @Test func whatIsNoAddressIsRefused() throws {
    let cache = FileManager.default.temporaryDirectory.path
    let failure = try #require(throws: FindingsError.self) {
      _ = try PriceFetcher(.aws, base: "file:///etc", cache: cache)
    }
    #expect(failure.findings.first?.rule == "fetch.bad-base")
    let google = try PriceFetcher(.google, cache: cache)
    let keyless = try #require(throws: FindingsError.self) { try google.files(regions: []) }
    #expect(keyless.findings.first?.rule == "fetch.no-key")
  }
}
