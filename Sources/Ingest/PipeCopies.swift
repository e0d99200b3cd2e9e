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

  /// Seconds without a byte after which nobody is believed to write.
  var patience = 60
  /// No file of this program's is as long.
  var mostBytes = 8 << 30

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
    let path = "\(try folder().path)/pipe-\(copies.count)"
    // Without O_NONBLOCK the opening itself waits for a writer.
    let source = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard source >= 0 else { throw .notCopied(String(cString: strerror(errno))) }
    defer { close(source) }
    let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw .notCopied(String(cString: strerror(errno))) }
    defer { close(target) }
    do {
      try copy(source, target)
    } catch {
      unlink(path)
      throw error
    }
    return path
  }

  private func copy(_ source: Int32, _ target: Int32) throws(InputPath.Fault) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var bytes = 0
    while true {
      try wait(source)
      let count = read(source, buffer.baseAddress, buffer.count)
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      guard count >= 0 else { throw .notCopied(String(cString: strerror(errno))) }
      guard count > 0 else { return }
      bytes += count
      guard bytes <= mostBytes else { throw .tooLong(bytes: mostBytes) }
      try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: target)
    }
  }

  /// Until there is something to read, or the last writer has gone.
  private func wait(_ source: Int32) throws(InputPath.Fault) {
    for _ in 0..<max(1, patience) {
      var wanted = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      if poll(&wanted, 1, 1000) > 0 { return }
    }
    throw .silent(seconds: patience)
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
