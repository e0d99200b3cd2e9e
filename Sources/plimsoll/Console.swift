import ArgumentParser
import CloudCosts
import Foundation

/// Results go to standard output only; everything else to standard error.
enum Console {
  static func result(_ text: String) {
    // By bytes: to a String, the CR LF at the end of a CSV file is one character and no "\n".
    let isComplete = text.utf8.last == UInt8(ascii: "\n")
    FileHandle.standardOutput.write(Data((isComplete ? text : text + "\n").utf8))
  }

  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Whether what matters is coloured on standard error: on a terminal, unless NO_COLOR is set
  /// (https://no-color.org) or the terminal is a dumb one.
  static var isColoured: Bool {
    let variables = ProcessInfo.processInfo.environment
    return isatty(STDERR_FILENO) == 1 && (variables["NO_COLOR"] ?? "").isEmpty
      && variables["TERM"] != "dumb"
  }

  /// What is being worked on; where a person watches, each line replaces the one before.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }

  static func endProgress() { progress("") }

  /// Runs a body whose findings end the program with code 1, all of them told.
  static func reportingFindings(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure as FindingsError {
      endProgress()
      for finding in failure.findings.sorted(by: { $0.severity > $1.severity }) {
        error(finding.text(isColoured: isColoured))
      }
      throw ExitCode(1)
    }
  }
}

extension Finding {
  /// `error: usage.csv:17: message (rule)`, and the remedy on a line of its own.
  var text: String { text(isColoured: false) }

  func text(isColoured: Bool) -> String {
    let colour =
      switch severity {
      case .error: "\u{1B}[1;31m"
      case .warning: "\u{1B}[1;33m"
      case .note: "\u{1B}[1m"
      }
    let word = isColoured ? colour + severity.rawValue + "\u{1B}[0m" : severity.rawValue
    return "\(word): \(place): \(message) (\(rule))\n  remedy: \(remedy)"
  }
}
