import Dispatch
import Foundation
import Planning
import Scenarios

/// Ctrl-C: the first asks the solver for what it has, the second ends the program.
final class Interruption {
  let stop = StopSignal()
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    let stop = stop
    source.setEventHandler {
      if stop.isStopped { _exit(130) }
      stop.stop()
      Console.error("\nStopping: the best plans so far will be told, with their gaps.")
    }
    source.resume()
  }

  deinit {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
