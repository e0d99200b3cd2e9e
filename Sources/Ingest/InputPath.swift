import CloudCosts
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is at the path of an input: a file is read where it is, what comes through a pipe is copied
/// once, and what never ends is refused.
///
/// Inputs are opened more than once (their kind is recognised by their first bytes), and a pipe
/// gives its bytes away only once: hence the copy.
package enum InputPath {
  package enum Kind {
    case file, folder, pipe
    /// A device or a socket, or what a kernel shows as a file: `/dev/zero` and `/proc/kmsg` never
    /// end.
    case device
    /// There is nothing, or it may not be looked at: who opens it gets the reason.
    case unknown
  }

  /// Why an input is not read.
  package enum Fault: Error, Hashable, Sendable {
    case device
    /// No process has written into the pipe for so many seconds.
    case silent(seconds: Int)
    case tooLong(bytes: Int)
    /// With the system's reason.
    case notCopied(String)
    /// Somebody wrote into the file while it was read.
    case changed
    /// It holds no text: what it is, by its first bytes.
    case otherKind(String)
  }

  package static func kind(_ path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .unknown }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return status.st_size == 0 && isKernels(status) ? .device : .file
    case S_IFDIR: return .folder
    case S_IFIFO: return .pipe
    default: return .device
    }
  }

  /// Whether a file is one of those that Linux makes up where they are read: all have no length,
  /// and some wait for events (proc(5), `/proc/kmsg`).
  private static func isKernels(_ file: stat) -> Bool {
    ["/proc", "/sys/kernel/debug", "/sys/kernel/tracing"].contains { folder in
      var status = stat()
      return stat(folder, &status) == 0 && status.st_dev == file.st_dev
    }
  }

  /// Where to open it.
  package static func readable(_ path: String) throws(Fault) -> String {
    switch kind(path) {
    case .file, .folder, .unknown: return path
    case .device: throw .device
    case .pipe: return try PipeCopies.shared.path(of: path)
    }
  }

  /// Where it is said that an input is waited for, or has no end yet.
  package static func setNotice(_ notice: @escaping @Sendable (Finding) -> Void) {
    PipeCopies.shared.notice = notice
  }

  /// Refuses what is no file where its path is remembered.
  package static func mustBeFile(_ path: String, rule: String) throws(FindingsError) {
    switch kind(path) {
    case .file, .folder, .unknown: return
    case .pipe, .device:
      throw FindingsError([
        Finding(
          .error, rule: rule, place: path, message: "it is a pipe or a device, and no file",
          remedy: "Save it in a file first: what is made of it remembers its name.")
      ])
    }
  }
}

extension InputPath.Fault {
  /// Behind "the file cannot be read: ".
  package var complaint: String {
    switch self {
    case .device: "it is a device or a socket, and no file"
    case .silent(let seconds): "nothing was written into the pipe for \(seconds) seconds"
    case .tooLong(let bytes):
      "more than \(bytes.grouped) bytes came through the pipe, and no more are kept (1 GiB, or an "
        + "eighth of what is free where temporary files are)"
    case .notCopied(let reason): "what comes through the pipe cannot be kept: \(reason)"
    case .changed: "it changed while it was read"
    case .otherKind(let kind): "it is \(kind), and no text"
    }
  }

  /// Of the finding, behind the kind of file.
  var rule: String {
    switch self {
    case .changed: "changed-while-read"
    case .otherKind: "other-kind"
    case .device, .silent, .tooLong, .notCopied: "not-a-file"
    }
  }

  package var remedy: String {
    switch self {
    case .device: "name a file"
    case .silent: "start what writes into it, or name a file"
    case .tooLong:
      "save it in a file, and name that: files are read where they are, of any length, also "
        + "compressed with gzip"
    case .notCopied: "make room, or set TMPDIR to a folder on another disk"
    case .changed: "run it again when nothing writes the file"
    case .otherKind: "save it as text (CSV or JSON), packed by nothing or once by gzip"
    }
  }
}
