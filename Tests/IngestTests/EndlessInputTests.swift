import CloudCosts
import Foundation
import Testing

@testable import Ingest

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What never ends is refused, what comes through a pipe is read once, and what grows is noticed.
@Suite(.serialized) struct EndlessInputTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "endless-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func close() { try? FileManager.default.removeItem(at: folder) }
  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private static let usage = """
    timestamp,provider,region,instance_type,quantity
    2024-01-01T00:00:00Z,aws,us-east-1,m5.large,2
    2024-01-01T01:00:00Z,aws,us-east-1,m5.large,3

    """

  /// In the last one's folder some never end.
  @Test(arguments: ["/dev/zero", "/dev/urandom", "/dev/null", "/proc/uptime"])
  func devicesAreNoFiles(device: String) throws {
    defer { close() }
    // Only Linux has it.
    guard FileManager.default.fileExists(atPath: device) else { return }
    #expect(
      UsageReader.read(InputFile(path: device)).findings.map(\.rule) == ["usage.not-a-file"])
    #expect(
      PriceReader.read(any: InputFile(path: device)).findings.map(\.rule) == ["prices.not-a-file"])
    #expect(throws: FindingsError.self) { try BillFile(path: device, name: device) }
    #expect(throws: FindingsError.self) { try History(path: device) }
  }

  @Test func aPipeIsReadOnceAndMayBeOpenedOften() throws {
    defer { close() }
    let pipe = path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    Thread.detachNewThread {
      guard let file = FileHandle(forWritingAtPath: pipe) else { return }
      try? file.write(contentsOf: Data(Self.usage.utf8))
      try? file.close()
    }
    let file = InputFile(path: pipe, name: "usage")
    #expect(!FileHead.isJSON(file))
    for _ in 0..<2 { #expect(UsageReader.read(file).value?.demand.quantities == [2, 3]) }
  }

  @Test func aPipeThatNobodyWritesIntoIsGivenUp() throws {
    defer { close() }
    let pipe = path("silent")
    #expect(mkfifo(pipe, 0o600) == 0)
    let copies = PipeCopies()
    copies.patience = 2
    copies.quiet = 1
    nonisolated(unsafe) var said: [Finding] = []
    copies.notice = { said.append($0) }
    #expect(throws: InputPath.Fault.silent(seconds: 2)) { try copies.path(of: pipe) }
    #expect(said.map(\.rule) == ["input.waiting"])
    #expect(said.first?.message == "nothing has come through the pipe for 1 seconds")
    // And a history or a bill is never waited for.
    #expect(!HistoryFile.isHistory(pipe))
    #expect(throws: FindingsError.self) { try BillFile(path: pipe, name: pipe) }
  }

  /// A pipe that holds 5,000 bytes, with its writer.
  private func longPipe() -> (path: String, writer: Int32) {
    let pipe = path("long")
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = open(pipe, O_RDWR)
    #expect(write(writer, String(repeating: "x", count: 5000), 5000) == 5000)
    return (pipe, writer)
  }

  @Test func aStreamWithoutEndIsGivenUp() throws {
    defer { close() }
    let (pipe, writer) = longPipe()
    defer { Foundation.close(writer) }
    let copies = PipeCopies()
    copies.mostBytes = 4000
    copies.long = 0
    nonisolated(unsafe) var said: [Finding] = []
    copies.notice = { said.append($0) }
    #expect(throws: InputPath.Fault.tooLong(bytes: 4000)) { try copies.path(of: pipe) }
    #expect(said.map(\.rule) == ["input.reading"])
  }

  /// An eighth of what is free, so that the disk is not filled.
  @Test func aStreamIsGivenUpBeforeTheDiskIsFull() throws {
    defer { close() }
    let (pipe, writer) = longPipe()
    defer { Foundation.close(writer) }
    let copies = PipeCopies()
    copies.freeBytes = { _ in 39_999 }
    #expect(throws: InputPath.Fault.tooLong(bytes: 4999)) { try copies.path(of: pipe) }
    #expect(PipeCopies().mostBytes == 1 << 30)
  }

  @Test func aFileThatGrowsIsNoticed() throws {
    defer { close() }
    let growing = path("usage.csv")
    try Data(Self.usage.utf8).write(to: URL(filePath: growing))
    var source = try ByteSource(InputFile(path: growing))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    #expect(try source.read(into: buffer) == Self.usage.utf8.count)
    let file = try #require(FileHandle(forWritingAtPath: growing))
    try file.seekToEnd()
    try file.write(contentsOf: Data("2024".utf8))
    try file.close()
    var failure: ByteSource.Failure?
    do {
      while try source.read(into: buffer) > 0 {}
    } catch {
      failure = error
    }
    #expect(failure == .unsuitable(.changed))
  }

  @Test func aFolderOfTooManyFilesIsRefused() throws {
    defer { close() }
    let most = BillFile.mostFiles
    #expect(most == 100_000)
    for index in 0..<40 {
      try Data().write(to: URL(filePath: path("\(index).csv")))
    }
    var findings: [Finding] = []
    do throws(FindingsError) {
      _ = try BillFile.expand([folder.path], most: 30)
    } catch { findings = error.findings }
    #expect(findings.map(\.rule) == ["import.too-many-files"])
    #expect(try BillFile.expand([folder.path], most: 40).count == 40)
  }
}
