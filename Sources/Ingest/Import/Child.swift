import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program run to its end on the calling thread.
///
/// No tasks: callers are synchronous, and may themselves hold every thread that tasks have. Files in
/// place of pipes, so that neither side waits for the other to read.
package enum Child {
  /// The programs of a name in the folders of PATH, in their order.
  package static func onPath(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String] {
    (environment["PATH"]?.split(separator: ":") ?? []).map { "\($0)/\(name)" }
      .filter(FileManager.default.isExecutableFile(atPath:))
  }

  /// Starts a program next to a watcher that ends it once this process is gone, however that ended. `$1` is our
  /// process, the rest the program and its arguments.
  private static let guardian = """
    parent=$1; shift; exec 3<&0
    "$@" <&3 3<&- & child=$!
    exec 3<&- </dev/null
    (while kill -0 "$parent" 2>/dev/null && kill -0 "$child" 2>/dev/null; do sleep 1; done
    kill -9 "$child" 2>/dev/null) >/dev/null 2>&1 & watcher=$!
    trap 'kill -9 "$child" "$watcher" 2>/dev/null; exit 143' TERM INT HUP
    wait "$child"; status=$?
    kill "$watcher" 2>/dev/null
    exit "$status"
    """

  /// Seconds after which a program that is still running is named, again and again.
  private static let patience = 60.0

  /// - Returns: its exit code; 128 and the signal's number where a signal ended it.
  package static func run(
    _ program: String, _ arguments: [String], in folder: URL? = nil,
    input: FileHandle = .nullDevice, output: FileHandle = .nullDevice,
    error: FileHandle = .nullDevice
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments =
      ["-c", guardian, "plimsoll-child", "\(getpid())", program] + arguments
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    try withoutBlockedSignals(process.run)
    wait(for: process, named: (program as NSString).lastPathComponent)
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// Threads of a pool block signals, and what they start would inherit that: a shell then waits for ever.
  private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// Waits for its end, and says so once a minute.
  private static func wait(for process: Process, named name: String) {
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    if !process.isRunning { return process.waitUntilExit() }
    var minutes = 0
    while ended.wait(timeout: .now() + patience) == .timedOut {
      minutes += 1
      let text =
        "\(name) (process \(process.processIdentifier)) has been at work for \(minutes) min; Ctrl-C ends it\n"
      try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
    process.waitUntilExit()
  }
}
