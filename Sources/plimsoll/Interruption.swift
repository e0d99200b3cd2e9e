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
    sources = Self.signals.map { number in
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
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }
}
