import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Process {
  /// Starts it with no signal blocked.
  ///
  /// A child inherits what its parent's thread blocks. Tests run on threads of Dispatch, which
  /// block nearly everything: a server that a test starts would not end by SIGTERM, and whoever
  /// waits for it would wait for ever. SIGINT, which what starts the tests may ignore, is put
  /// right as well.
  package func runWithDefaultSignals() throws {
    _ = Self.interrupt
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }

  private static let interrupt: Void = { signal(SIGINT, SIG_DFL) }()

  /// Runs it to its end, with no signal blocked.
  ///
  /// - Throws: ``Endless`` where it does not end in time; it is killed then.
  package func runToEnd(within seconds: Double = 300) throws {
    try runWithDefaultSignals()
    guard ends(within: seconds) else { throw Endless(seconds: seconds) }
  }

  /// A process that did not end in time.
  package struct Endless: Error {
    package let seconds: Double

    package init(seconds: Double) { self.seconds = seconds }
  }

  /// Whether it ends in time; it is killed where it does not.
  ///
  /// `waitUntilExit` has no limit, and needs the run loop of its thread.
  package func ends(within seconds: Double) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while isRunning {
      guard ContinuousClock.now < end else {
        kill(processIdentifier, SIGKILL)
        return false
      }
      Thread.sleep(forTimeInterval: 0.005)
    }
    return true
  }
}

/// Programs that tests use, where there are any.
package enum Executable {
  package static func onPath(_ name: String) -> URL? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { URL(filePath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
