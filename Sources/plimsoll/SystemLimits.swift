import CMemory
import CloudCosts

/// Limits of the system under which the program's libraries trap: an error before they do.
enum SystemLimits {
  /// Bytes that deep parts of the libraries need of each thread's stack.
  private static let leastStack: UInt64 = 512 << 10
  /// Open files: a history with its journal, pipes of a child, and those that the system keeps.
  private static let leastFiles: UInt64 = 32

  static func check() throws(FindingsError) {
    let stack = plimsoll_stack_limit()
    guard stack >= leastStack else {
      throw error(
        "a thread's stack may have \(stack / 1024) KiB, and \(leastStack / 1024) are needed",
        remedy: "Raise the limit: ulimit -s 8192.")
    }
    let files = plimsoll_file_limit(leastFiles)
    guard files >= leastFiles else {
      throw error(
        "\(files) files may be open at once, and \(leastFiles) are needed",
        remedy: "Raise the limit: ulimit -n 1024.")
    }
  }

  private static func error(_ message: String, remedy: String) -> FindingsError {
    FindingsError([
      Finding(.error, rule: "system.limit", place: "ulimit", message: message, remedy: remedy)
    ])
  }
}
