import CloudCosts
import Foundation

/// Gets files over HTTP with the program `curl`: resumed where a connection breaks, whole or not at
/// all.
struct Download {
  private let curl: String
  /// Between attempts, in seconds; doubled each time.
  var pause = 0.5
  static let attempts = 6
  /// `curl` ends by itself where nothing arrives; this is for one that hangs.
  private var watch: Child.Watch { Child.Watch(end: 180) }

  /// - Throws: a finding where there is no curl.
  init() throws(FindingsError) {
    guard let found = Child.onPath("curl").first else {
      throw FindingsError([
        Finding(
          .error, rule: "fetch.no-curl", place: "PATH", message: "there is no curl",
          remedy: "install curl, or download the files by hand: plimsoll prices FILE…")
      ])
    }
    curl = found
  }

  /// What one attempt came to.
  private struct Attempt {
    var exit: Int32
    var status: Int
    var complaint: String
  }

  /// The file, once it is there as a whole; one that is there already, with its checksum, is kept.
  ///
  /// - Parameters:
  ///   - isKept: whether a whole file of an earlier time will do.
  ///   - begins: how the contents must begin; else the answer is something else, such as an error
  ///     page.
  func get(
    _ url: String, to path: String, isKept: Bool, begins: [String]
  ) throws(FindingsError) {
    if isKept, isWhole(path) { return }
    var wait = pause
    var last = Attempt(exit: 0, status: 0, complaint: "")
    for attempt in 1...Self.attempts {
      last = try run(url, to: path)
      if last.exit == 0 {
        guard hasBeginning(path + ".part", begins) else {
          remove(path)
          throw failure(
            url, "the answer is no price file: it does not begin with \(begins[0])",
            "check --base-url; a proxy or a login page may have answered")
        }
        return try finish(path, url)
      }
      // What is there can not be gone on with: from the start again.
      if [33, 36].contains(last.exit) || last.status == 416 { remove(path) }
      let isFinal = (400..<500).contains(last.status) && ![408, 416, 429].contains(last.status)
      if isFinal { break }
      if attempt < Self.attempts {
        Thread.sleep(forTimeInterval: wait)
        wait *= 2
      }
    }
    let reason = last.status >= 400 ? "HTTP status \(last.status)" : last.complaint
    throw failure(
      url, "it could not be downloaded: \(reason)",
      "check the network and run the command again: it goes on where it ended")
  }

  private func run(_ url: String, to path: String) throws(FindingsError) -> Attempt {
    let part = path + ".part"
    let etag = (try? String(contentsOfFile: path + ".etag", encoding: .utf8)) ?? ""
    let isResumed = FileManager.default.fileExists(atPath: part)
    var arguments = [
      "--silent", "--show-error", "--fail", "--location", "--max-redirs", "5", "--globoff",
      "--proto-redir", "=http,https", "--connect-timeout", "20", "--speed-limit", "100",
      "--speed-time", "20", "--dump-header", path + ".head", "--output", part, "--write-out",
      "%{http_code}",
    ]
    if isResumed { arguments += ["--continue-at", "-"] }
    if isResumed, !etag.isEmpty { arguments += ["--header", "If-Range: \(etag)"] }
    let said = path + ".said"
    let complaints = path + ".err"
    do {
      for file in [said, complaints] { try Data().write(to: URL(filePath: file)) }
      let exit = try Child.run(
        curl, arguments + ["--", url],
        output: FileHandle(forWritingTo: URL(filePath: said)),
        error: FileHandle(forWritingTo: URL(filePath: complaints)), watch: watch)
      noteTag(path)
      let status = (try? String(contentsOfFile: said, encoding: .utf8)).flatMap { Int($0) } ?? 0
      let complaint = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
      for file in [said, complaints, path + ".head"] {
        try? FileManager.default.removeItem(atPath: file)
      }
      return Attempt(
        exit: exit, status: status,
        complaint: complaint.trimmingCharacters(in: .whitespacesAndNewlines).printable)
    } catch {
      throw failure(
        path, "nothing can be written there, or curl cannot be run: \(error)",
        "check the folder of --cache")
    }
  }

  /// Keeps the version of what is being downloaded, so that no two are put together.
  private func noteTag(_ path: String) {
    let head = (try? String(contentsOfFile: path + ".head", encoding: .utf8)) ?? ""
    let tag = head.split(whereSeparator: \.isNewline).last {
      $0.lowercased().hasPrefix("etag:")
    }.map { $0.dropFirst(5).trimmingCharacters(in: .whitespaces) }
    guard let tag, tag.hasPrefix("\"") else { return }
    try? Data(tag.utf8).write(to: URL(filePath: path + ".etag"))
  }

  private func hasBeginning(_ path: String, _ begins: [String]) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path),
      let head = try? file.read(upToCount: 256)
    else { return false }
    let text = String(decoding: head, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return begins.contains { text.hasPrefix($0) }
  }

  /// Puts the file in its place, with its checksum next to it.
  private func finish(_ path: String, _ url: String) throws(FindingsError) {
    let sum = try Fingerprint(path: path + ".part").text
    guard rename(path + ".part", path) == 0 else {
      throw failure(path, "it cannot be put in its place", "check the folder of --cache")
    }
    try? Data("\(sum) \(url)\n".utf8).write(to: URL(filePath: path + ".sum"))
    try? FileManager.default.removeItem(atPath: path + ".etag")
  }

  /// Whether a file has the contents that were downloaded.
  func isWhole(_ path: String) -> Bool {
    guard let known = try? String(contentsOfFile: path + ".sum", encoding: .utf8),
      let sum = try? Fingerprint(path: path).text
    else { return false }
    return known.hasPrefix(sum + " ")
  }

  private func remove(_ path: String) {
    for end in [".part", ".etag"] { try? FileManager.default.removeItem(atPath: path + end) }
  }

  private func failure(_ place: String, _ message: String, _ remedy: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "fetch.failed", place: place.printable, message: message, remedy: remedy)
    ])
  }
}
