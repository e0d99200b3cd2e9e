import CProcess
import Foundation

/// A program run to its end on the calling thread.
///
/// No tasks: callers are synchronous, and may themselves hold every thread that tasks have. Files
/// in place of pipes, so that neither side waits for the other to read. It ends with this process,
/// however that ends (on Linux; `Sources/CProcess`).
package enum Child {
  /// What happens to a child that neither computes nor reads nor writes.
  package struct Watch {
    /// Seconds after which `asked` is called, and again after as many.
    package var ask = 60
    /// Seconds after which it is ended; nil: never.
    package var end: Int?
    /// With the program and the seconds.
    package var asked: (String, Int) -> Void = { _, _ in }

    package init(end: Int? = nil) { self.end = end }
  }

  /// Why there is no exit code.
  package enum Failure: Error, CustomStringConvertible {
    /// With the system's reason.
    case notStarted(String)
    /// Ended after so many seconds in which it did nothing.
    case silent(seconds: Int)

    package var description: String {
      switch self {
      case .notStarted(let reason): reason
      case .silent(let seconds): "it did nothing for \(seconds) seconds, and was ended"
      }
    }
  }

  /// The programs of a name in the folders of PATH, in their order.
  package static func onPath(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String] {
    (environment["PATH"]?.split(separator: ":") ?? []).map { "\($0)/\(name)" }
      .filter(FileManager.default.isExecutableFile(atPath:))
  }

  /// - Returns: its exit code; 128 and the signal's number where a signal ended it.
  package static func run(
    _ program: String, _ arguments: [String], in folder: URL? = nil,
    input: FileHandle = .nullDevice, output: FileHandle = .nullDevice,
    error: FileHandle = .nullDevice, watch: Watch = Watch()
  ) throws(Failure) -> Int32 {
    let pid = try start(program, arguments, in: folder, input, output, error)
    var status: Int32 = 0
    var activity = Activity(of: pid)
    // Seconds are counted by waking up, so that those in which this process slept do not count.
    while true {
      switch plimsoll_await(pid, 1000, &status) {
      case 1: return plimsoll_exit_code(status)
      case 0: break
      default: throw .notStarted(String(cString: strerror(errno)))
      }
      let seconds = activity.silentSeconds()
      if seconds > 0, seconds % max(1, watch.ask) == 0 { watch.asked(program, seconds) }
      if let end = watch.end, seconds >= end {
        kill(pid, SIGKILL)
        _ = plimsoll_await(pid, -1, &status)
        throw .silent(seconds: seconds)
      }
    }
  }

  private static let mostStarts = 100

  private static func start(
    _ program: String, _ arguments: [String], in folder: URL?, _ input: FileHandle,
    _ output: FileHandle, _ error: FileHandle
  ) throws(Failure) -> pid_t {
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var pid: pid_t = 0
    var code: Int32 = 0
    // A program that this process has just written is busy for as long as a child that another
    // thread started meanwhile holds it open: until that becomes another program, moments later.
    for attempt in 1...Self.mostStarts {
      code = plimsoll_spawn(
        program, words, folder?.path, input.fileDescriptor, output.fileDescriptor,
        error.fileDescriptor, &pid)
      if code != ETXTBSY || attempt == Self.mostStarts { break }
      Thread.sleep(forTimeInterval: 0.02)
    }
    guard code == 0 else { throw .notStarted(String(cString: strerror(code))) }
    return pid
  }

  /// Whether a process does anything, by what the kernel counts of it.
  private struct Activity {
    let pid: pid_t
    private var last = ""
    private var seconds = 0

    init(of pid: pid_t) { self.pid = pid }

    /// For how many calls nothing has changed; 0 where the system does not say.
    mutating func silentSeconds() -> Int {
      let now = counters
      seconds = now == last && !now.isEmpty ? seconds + 1 : 0
      last = now
      return seconds
    }

    /// Times on a processor (fields 14 and 15 of proc(5)), and bytes read and written.
    private var counters: String {
      guard let stat = text("stat"), let end = stat.lastIndex(of: ")") else { return "" }
      let fields = stat[end...].split(separator: " ")
      guard fields.count > 13 else { return "" }
      return fields[12...13].joined(separator: " ") + (text("io") ?? "")
    }

    private func text(_ name: String) -> String? {
      // Foundation asks for a file's size first, and these have none.
      guard let file = FileHandle(forReadingAtPath: "/proc/\(pid)/\(name)") else { return nil }
      defer { try? file.close() }
      return (try? file.readToEnd()).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
