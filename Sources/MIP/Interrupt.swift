internal import CGLPK

/// A flag that stops a solve cleanly, raised from anywhere: a signal source, another thread.
///
/// The relaxation looks at it about once a second, the integer search at every node.
package final class Interrupt: Sendable {
  // The flag is atomic, and the pointer never changes.
  nonisolated(unsafe) let flag = UnsafeMutablePointer<plimsoll_flag>.allocate(capacity: 1)

  package init() {
    flag.initialize(to: plimsoll_flag())
  }

  deinit {
    flag.deallocate()
  }

  /// Asks whatever solve watches this flag to stop, now and until `clear()`.
  package func raise() {
    plimsoll_flag_set(flag, true)
  }

  /// Lets solves run again.
  package func clear() {
    plimsoll_flag_set(flag, false)
  }

  package var isRaised: Bool { plimsoll_flag_get(flag) }
}
