import Foundation
import GRDB
import Ledger

/// Adds remarks to a ledger, and prints the number of each when it was acknowledged.
///
/// `ledger-writer LEDGER NAME COUNT`, or `ledger-writer LEDGER hold SECONDS`: holds the write lock.
@main
enum LedgerWriter {
  static func main() throws {
    endWithParent()
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let number = Int(arguments[3]) else { exit(2) }
    let (path, name) = (arguments[1], arguments[2])
    if name == "hold" { return try hold(path, seconds: number) }
    let ledger = try Ledger(path: path)
    for count in 0..<number {
      let act = LedgerAct(
        .noted, PurchaseID(proposal: 1, line: 1), by: name, why: "\(name) \(count)")
      try ledger.record([act])
      say("\(count)")
    }
  }

  /// A test run that was stopped must not leave it behind, at work for ever.
  private static func endWithParent() {
    let parent = getppid()
    Thread.detachNewThread {
      while getppid() == parent { usleep(200_000) }
      _exit(3)
    }
  }

  private static func hold(_ path: String, seconds: Int) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inTransaction(.immediate) { _ in
      say("held")
      sleep(UInt32(seconds))
      return .rollback
    }
  }

  /// At once: a line that is printed was acknowledged.
  private static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
