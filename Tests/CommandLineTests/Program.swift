import Foundation
import TestSupport

/// The built program, run as a process.
enum Program {
  /// Next to the tests, in the same build directory.
  static let url: URL = {
    let places: [URL] = ([Bundle.main] + Bundle.allBundles).flatMap { bundle in
      let executable = (bundle.executableURL ?? bundle.bundleURL).deletingLastPathComponent()
      return [executable, bundle.bundleURL, bundle.bundleURL.deletingLastPathComponent()]
    }
    return places.map { $0.appendingPathComponent("plimsoll") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? URL(fileURLWithPath: "plimsoll")
  }()

  /// What a process that has ended left behind.
  struct Ended {
    var status: Int32
    /// Whether a signal ended it: a crash, or a kill.
    var wasKilled: Bool
    var output: String
    var errors: String

    /// All of it, as one text.
    func transcript(of arguments: [String]) -> String {
      """
      $ plimsoll \(arguments.joined(separator: " "))
      \(wasKilled ? "signal" : "exit") \(status)
      --- standard output
      \(output)--- standard error
      \(errors)
      """
    }
  }

  struct Endless: Error {
    let seconds: Double
  }

  /// A process that is under way.
  struct Running {
    let process: Process
    fileprivate let output: URL
    fileprivate let errors: URL

    /// What it has written to standard error so far.
    var errorsSoFar: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    /// - Parameter seconds: How long it may take. It is killed then, and the test fails: a
    ///   program that hangs must not hang the tests.
    func end(within seconds: Double = 400) throws -> Ended {
      defer {
        try? FileManager.default.removeItem(at: output)
        try? FileManager.default.removeItem(at: errors)
      }
      guard process.ends(within: seconds) else { throw Endless(seconds: seconds) }
      return Ended(
        status: process.terminationStatus,
        wasKilled: process.terminationReason == .uncaughtSignal,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  static func run(_ arguments: [String], in directory: URL) throws -> Ended {
    try start(url, arguments, in: directory).end()
  }

  /// Starts any executable. Its two streams go to files, because a pipe that is not emptied blocks.
  static func start(
    _ executable: URL, _ arguments: [String], in directory: URL,
    environment: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    var variables = ProcessInfo.processInfo.environment
    // Help is laid out for the width of the terminal, where there is one.
    variables["COLUMNS"] = "80"
    process.environment = variables.merging(environment) { $1 }
    let name = UUID().uuidString
    let streams = ["output", "errors"].map {
      FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-\(name).\($0)")
    }
    for stream in streams { try Data().write(to: stream) }
    let handles = try streams.map { try FileHandle(forWritingTo: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.runWithDefaultSignals()
    for handle in handles { try handle.close() }
    return Running(process: process, output: streams[0], errors: streams[1])
  }
}
