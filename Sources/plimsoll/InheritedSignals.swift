import Foundation

/// Signals as what starts this program left them.
///
/// Blocked and ignored signals are inherited by a program, and many starters pass them on without
/// wanting to: every thread of Dispatch blocks nearly all of them, and so does what a Swift program
/// starts from one.
enum InheritedSignals {
  /// SIGTERM always ends the program: a service or a batch queue that asks for an end must get it,
  /// also while a child is waited for. SIGINT and SIGHUP that are ignored stay so: that is how a
  /// shell starts a background job, and `nohup` a job that outlives its terminal.
  static func restore() {
    signal(SIGTERM, SIG_DFL)
    // A file that may not grow (`ulimit -f`) is an error of what writes it.
    signal(SIGXFSZ, SIG_IGN)
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] { sigaddset(&blocked, number) }
    pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
  }
}
