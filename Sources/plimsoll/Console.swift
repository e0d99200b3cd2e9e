import ArgumentParser
import CloudCosts
import Foundation

/// Results go to standard output only; everything else to standard error.
enum Console {
  /// Where standard output or error is closed, the next file to be opened would take its place, and
  /// what is printed would go into that: something that cannot be written to holds it.
  static func holdStandardStreams() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// Prints a result, or ends the program with code 1 where it cannot.
  static func result(_ text: String) {
    // By bytes: to a String, the CR LF at the end of a CSV file is one character and no "\n".
    let isComplete = text.utf8.last == UInt8(ascii: "\n")
    put(isComplete ? text : text + "\n")
  }

  /// Prints a result that comes in pieces.
  static func result(_ write: (@escaping (String) -> Void) throws -> Void) rethrows {
    try write { put($0) }
  }

  private static func put(_ text: String) {
    let code = write(text, to: STDOUT_FILENO)
    guard code != 0 else { return }
    // Who reads no further, as `head` does, need not be reported.
    if code != EPIPE {
      error(
        Finding(
          .error, rule: "output.not-written", place: "standard output",
          message: String(cString: strerror(code)),
          remedy: "Check where it leads to, or name a file with --out."
        ).text())
    }
    exit(1)
  }

  static func error(_ text: String) {
    if write(text + "\n", to: STDERR_FILENO) != 0 {
      lock.withLock { hasLost = true }
    }
  }

  /// Whether something was to be said on standard error, and could not.
  static var hasLostErrors: Bool { lock.withLock { hasLost } }
  private static let lock = NSLock()
  nonisolated(unsafe) private static var hasLost = false

  /// Whether what matters is coloured on standard error: on a terminal, unless NO_COLOR is set
  /// (https://no-color.org) or the terminal is a dumb one.
  static var isColoured: Bool {
    let variables = ProcessInfo.processInfo.environment
    return isatty(STDERR_FILENO) == 1 && (variables["NO_COLOR"] ?? "").isEmpty
      && variables["TERM"] != "dumb"
  }

  /// What is being worked on; where a person watches, each line replaces the one before.
  static func progress(_ text: String) {
    let terminal = ProcessInfo.processInfo.environment["TERM"]
    guard isatty(STDERR_FILENO) == 1, terminal != "dumb" else { return }
    _ = write("\r\u{1B}[K\(printable(text))", to: STDERR_FILENO)
  }

  /// What cannot wait until the end.
  static func notice(_ finding: Finding) {
    endProgress()
    error(finding.text(isColoured: isColoured))
  }

  static func endProgress() { progress("") }

  /// Runs a body whose findings end the program with code 1, all of them reported.
  static func reportingFindings(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure as FindingsError {
      endProgress()
      report(failure.findings)
      throw ExitCode(1)
    } catch let failure as CocoaError {
      endProgress()
      report([fault(failure as NSError)])
      throw ExitCode(1)
    }
  }

  /// What the system has against a file that no command has words of its own for.
  private static func fault(_ failure: NSError) -> Finding {
    let inner = failure.userInfo[NSUnderlyingErrorKey] as? NSError
    let reason = inner.flatMap { inner in
      inner.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(inner.code))) : nil
    }
    let path = failure.userInfo[NSFilePathErrorKey] as? String
    return Finding(
      .error, rule: "system.file", place: path.map { ($0 as NSString).lastPathComponent } ?? "",
      message: "the system refused a file: \(reason ?? failure.localizedDescription)",
      remedy: "Check its path and permissions, the room on the disk, and the limits (ulimit -a).")
  }

  /// Control characters from data become spaces: a file name must not move the cursor.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSeen =
        scalar == "\n" || !scalar.isUnseen && scalar.properties.generalCategory != .format
      result.append(isSeen ? scalar : " ")
    }
    return String(result)
  }

  /// - Returns: 0, or why not all was written.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count > 0 else { return count < 0 ? errno : EIO }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return 0
    }
  }
}
