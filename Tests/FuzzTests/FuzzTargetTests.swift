import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What libFuzzer looks for by the hour (`Tests/Fuzz/run`), here for as many inputs on every
/// machine.
@Suite(.serialized) struct FuzzTargetTests {
  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzz/Corpus")

  private func seeds(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    let folder = Self.corpus.appending(path: target.rawValue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  /// On a thread of its own: an import waits for DuckDB, and a test's thread is one of the few for
  /// tasks.
  private func complaint(_ target: FuzzTarget, _ bytes: [UInt8]) async -> String? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: target.complaint(about: bytes)) }
    }
  }

  @Test(arguments: FuzzTarget.allCases) func theCorpusIsRead(_ target: FuzzTarget) async throws {
    let seeds = try seeds(target)
    #expect(seeds.count > 1)
    for (name, bytes) in seeds {
      let complaint = await complaint(target, bytes)
      #expect(complaint == nil, "\(name)")
    }
  }

  /// As many rounds as take a few seconds; `PLIMSOLL_FUZZ_SECONDS` makes it so many seconds, and
  /// `PLIMSOLL_FUZZ_SEED` other changes.
  @Test(arguments: FuzzTarget.allCases) func mutationsAreRead(_ target: FuzzTarget) async throws {
    let seeds = try seeds(target).map(\.bytes)
    let variables = ProcessInfo.processInfo.environment
    var random = SeededGenerator(seed: variables["PLIMSOLL_FUZZ_SEED"].flatMap(UInt64.init) ?? 20)
    let seconds = variables["PLIMSOLL_FUZZ_SECONDS"].flatMap(Double.init) ?? 0
    let end = ContinuousClock.now + .seconds(seconds)
    // A bill starts a process.
    let isQuick = ![.cur, .focus, .native].contains(target)
    var round = 0
    while round < (isQuick ? 400 : 20) || ContinuousClock.now < end {
      defer { round += 1 }
      let seed = seeds[round % seeds.count]
      let bytes = Mutation.mutated(seed, with: seeds, using: &random)
      // What traps leaves its input behind, named after the target.
      if seconds > 0 { try Data(bytes).write(to: Self.last(target)) }
      let complaint = await complaint(target, bytes)
      #expect(complaint == nil, "round \(round)")
    }
    if seconds > 0 { print("\(target): \(round) inputs") }
  }

  private static func last(_ target: FuzzTarget) -> URL {
    FileManager.default.temporaryDirectory.appending(path: "plimsoll-fuzz-\(target).last")
  }
}

/// The changes that libFuzzer makes, by a seed.
private enum Mutation {
  private static let pieces = [
    "\"", ",", "\n", "\r\n", "NULL", "-", "1e400", "NaN", "{", "}", "[", "]", ":", "null", "é",
    "\\u0000", "99999999999999999999999999", "9999-12-31T00:00:00Z", "0001-01-01", "true", "''",
    "&a [*a,*a]", "\t", "\u{0}", "-1e15",
  ]

  static func mutated(
    _ seed: [UInt8], with others: [[UInt8]], using random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4:
        let other = others.randomElement(using: &random) ?? []
        bytes.replaceSubrange(place..<end, with: other.dropFirst(place).prefix(end - place))
      default:
        bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
      }
    }
    return bytes
  }
}
