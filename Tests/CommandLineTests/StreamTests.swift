import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Streams that are closed, full, or read no further.
@Suite struct StreamTests {
  private func shell(_ script: String, in place: Workplace) throws -> Program.Ended {
    try Program.start(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, Program.url.path], in: place.url
    ).end()
  }

  @Test(arguments: [
    ("\"$0\" run two-hours >&-; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" run two-hours >/dev/full; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" --help >/dev/full; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" help run >&-; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" --version >/dev/full; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" run nowhere 2>&-; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" run two-hours --json --out out >&-; echo \"ended $?\" >&2", "ended 1"),
  ])
  func closedOrFull(script: String, end: String) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let before = try place.contents()
    let ended = try shell(script, in: place)
    #expect(ended.errors.hasSuffix("\(end)\n"))
    #expect(!ended.errors.contains("Fatal error") && !ended.errors.contains("Stack dump"))
    // Nothing of what was to be printed went into a file.
    for (path, data) in before { #expect(try place.contents()[path] == data) }
  }

  @Test func headIsQuiet() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    for signals in ["", "trap '' PIPE; "] {
      let ended = try shell("\(signals)\"$0\" run two-hours --json | head -1", in: place)
      #expect(ended.output == "{\n")
      #expect(ended.errors.isEmpty)
    }
  }
}
