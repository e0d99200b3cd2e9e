import Foundation

/// A program run to its end on the calling thread.
///
/// No tasks: callers are synchronous, and may themselves hold every thread that tasks have. Files
/// in place of pipes, so that neither side waits for the other to read.
package enum Child {
  /// The programs of a name in the folders of PATH, in their order.
  package static func onPath(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String] {
    (environment["PATH"]?.split(separator: ":") ?? []).map { "\($0)/\(name)" }
      .filter(FileManager.default.isExecutableFile(atPath:))
  }

  /// - Returns: its exit code; 128 and the signal's number where a signal ended it.
  package static func run(
    _ program: String, _ arguments: [String], in folder: URL? = nil,
    input: FileHandle = .nullDevice, output: FileHandle = .nullDevice,
    error: FileHandle = .nullDevice
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    try process.run()
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }
}
