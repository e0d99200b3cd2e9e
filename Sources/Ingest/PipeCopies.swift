import CloudCosts
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What came through pipes, kept in temporary files until the program ends.
final class PipeCopies: @unchecked Sendable {
  static let shared = PipeCopies()

  /// Seconds without a byte after which the program takes it that no process writes.
  var patience = 60
  /// Seconds without a byte after which it is said that it waits, and again after as many.
  var quiet = 5
  /// Seconds after which a pipe that still brings bytes is said to be read, and again after as
  /// many.
  var long = 60
  /// Receives what is to be said meanwhile.
  var notice: @Sendable (Finding) -> Void = { _ in }
  /// Bytes of a pipe that are kept: what is longer is no usage or price list, or better a file,
  /// which is read where it is, compressed or not, and of any length.
  var mostBytes = 1 << 30
  /// Bytes that are free where copies are made; nil where the system does not say.
  var freeBytes: (_ folder: String) -> Int? = PipeCopies.freeBytes(in:)
  /// An endless pipe takes no more than this of what is free: others need room too.
  private static let share = 8

  private let lock = NSLock()
  private var copies: [String: Result<String, InputPath.Fault>] = [:]
  private var scratch: Scratch?

  /// The copy's path; a pipe is read once, by whoever asks first.
  func path(of pipe: String) throws(InputPath.Fault) -> String {
    lock.lock()
    defer { lock.unlock() }
    let known = copies[pipe] ?? Result { () throws(InputPath.Fault) in try copy(pipe) }
    copies[pipe] = known
    return try known.get()
  }

  private func copy(_ pipe: String) throws(InputPath.Fault) -> String {
    let folder = try folder().path
    let path = "\(folder)/pipe-\(copies.count)"
    let most = min(mostBytes, freeBytes(folder).map { $0 / PipeCopies.share } ?? .max)
    // Without O_NONBLOCK the opening itself waits for a writer.
    let source = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard source >= 0 else { throw .notCopied(String(cString: strerror(errno))) }
    defer { close(source) }
    let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw .notCopied(String(cString: strerror(errno))) }
    defer { close(target) }
    do {
      try copy(source, target, named: pipe, most: most)
    } catch {
      unlink(path)
      throw error
    }
    return path
  }

  private func copy(
    _ source: Int32, _ target: Int32, named pipe: String, most: Int
  ) throws(InputPath.Fault) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var bytes = 0
    let clock = ContinuousClock()
    var said = clock.now
    while true {
      try wait(source, named: pipe)
      if clock.now - said >= .seconds(long) {
        said = clock.now
        notice(reading(pipe, bytes))
      }
      let count = read(source, buffer.baseAddress, buffer.count)
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      guard count >= 0 else { throw .notCopied(String(cString: strerror(errno))) }
      guard count > 0 else { return }
      bytes += count
      guard bytes <= most else { throw .tooLong(bytes: most) }
      try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: target)
    }
  }

  /// Until there is something to read, or the last writer has gone.
  private func wait(_ source: Int32, named pipe: String) throws(InputPath.Fault) {
    for second in 0..<max(1, patience) {
      if second > 0, second % max(1, quiet) == 0 { notice(waiting(pipe, second)) }
      var wanted = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      if poll(&wanted, 1, 1000) > 0 { return }
    }
    throw .silent(seconds: patience)
  }

  private func waiting(_ pipe: String, _ seconds: Int) -> Finding {
    Finding(
      .note, rule: "input.waiting", place: pipe,
      message: "nothing has come through the pipe for \(seconds) seconds",
      remedy: "Start what writes into it: after \(patience) seconds it is given up.")
  }

  private func reading(_ pipe: String, _ bytes: Int) -> Finding {
    Finding(
      .note, rule: "input.reading", place: pipe,
      message: "\(bytes.grouped) bytes have come through the pipe, and it has not ended",
      remedy: "Wait until what writes into it ends, or end it.")
  }

  private func write(_ bytes: UnsafeRawBufferPointer, to target: Int32) throws(InputPath.Fault) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(target, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .notCopied(String(cString: strerror(errno))) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  private static func freeBytes(in folder: String) -> Int? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    let (bytes, isTooLarge) = Int(clamping: status.f_bavail)
      .multipliedReportingOverflow(by: Int(clamping: status.f_frsize))
    return isTooLarge ? nil : bytes
  }

  private func folder() throws(InputPath.Fault) -> Scratch {
    if let scratch { return scratch }
    do {
      let made = try Scratch()
      scratch = made
      atexit { PipeCopies.shared.scratch?.remove() }
      return made
    } catch {
      throw .notCopied(error.findings.first?.message ?? "no temporary folder")
    }
  }
}
