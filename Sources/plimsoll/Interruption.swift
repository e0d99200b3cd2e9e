import Dispatch
import Foundation
import Planning
import Scenarios

/// Ctrl-C, or the SIGTERM of a service or a batch queue: the first asks the solver for what it has,
/// the second ends the program.
final class Interruption {
  let stop = StopSignal()
  private static let signals = [SIGINT, SIGTERM]
  private let sources: [any DispatchSourceSignal]

  init() {
    let stop = stop
    sources = Self.signals.compactMap { number in
      // A background job goes on when Ctrl-C ends what is in the foreground.
      guard !Self.isIgnored(number) else { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if stop.isStopped { _exit(128 + number) }
        stop.stop()
        Console.error("\nStopping: the best plans so far will be reported, with their gaps.")
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources {
      source.cancel()
      signal(Int32(source.handle), SIG_DFL)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    let before = signal(number, SIG_IGN)
    if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return true }
    signal(number, before)
    return false
  }
}
