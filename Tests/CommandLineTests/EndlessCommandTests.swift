import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whatever an input is that never ends, the program refuses it within seconds or says that it
/// waits.
@Suite struct EndlessCommandTests {
  /// An input of a command: what is named there is `@`.
  struct Entry: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var arguments: [String]
    /// What the scenario names in place of one of its files: `key: file`.
    var replaced: String?
    /// A line more of the scenario.
    var added: String?
    /// Whether it is of use to wait for what comes through a pipe.
    var mayWait = true
  }

  private static func key(_ key: String) -> Entry {
    Entry(
      testDescription: key, arguments: ["run", "two-hours"], replaced: "\(key): \(key).csv")
  }

  private static func added(_ key: String) -> Entry {
    Entry(testDescription: key, arguments: ["run", "two-hours"], added: "\(key): @\n")
  }

  private static func command(_ words: String, mayWait: Bool = true) -> Entry {
    Entry(
      testDescription: words, arguments: words.split(separator: " ").map(String.init),
      mayWait: mayWait)
  }

  static let entries =
    ["usage", "prices", "owned", "utilization", "resources"].map(key)
    + ["discounts", "recommendations", "machine_recommendations"].map(added)
    + [
      command("run @"), command("check @"), command("forecast @"), command("verify @"),
      command("diff @ @"), command("export --plan @ --format csv"),
      command("explain two-hours --hour 2024-01-01T00:00Z --plan @"),
      command("judge two-hours --buy @"), command("prices @ --into p.csv"),
      command("advise @ --into a"), command("advise two-hours/usage.csv --prices @ --into a"),
      command("init @ --into i"), command("ledger propose @ --by ann"),
      command("import @ --into h.db", mayWait: false),
      command("import two-hours/usage.csv --into @", mayWait: false),
      command("history @", mayWait: false), command("inform @", mayWait: false),
      command("assess @", mayWait: false), command("ledger list --ledger @", mayWait: false),
    ]

  private func start(_ entry: Entry, at input: String, in place: Workplace) throws
    -> Program.Running
  {
    try place.copy("two-hours")
    if let replaced = entry.replaced, let key = replaced.split(separator: ":").first {
      try Edit.replace("scenario.yaml", replaced, with: "\(key): \(input)")
        .apply(in: "two-hours", of: place)
    }
    if let added = entry.added {
      try Edit.append("scenario.yaml", added.replacing("@", with: input))
        .apply(in: "two-hours", of: place)
    }
    return try Program.start(
      Program.url, entry.arguments.map { $0.replacing("@", with: input) }, in: place.url)
  }

  private func expectRefusal(_ ended: Program.Ended) {
    #expect(ended.status == 1 && !ended.wasKilled, "\(ended.errors)")
    #expect(ended.errors.contains("error: ") && ended.errors.contains("remedy: "))
  }

  @Test(arguments: entries) func devicesAreRefused(_ entry: Entry) throws {
    for device in ["/dev/zero", "/dev/urandom"] {
      let place = try Workplace()
      defer { place.close() }
      expectRefusal(try start(entry, at: device, in: place).end(within: 60))
    }
  }

  @Test(arguments: entries) func socketsAreRefused(_ entry: Entry) throws {
    let place = try Workplace()
    defer { place.close() }
    // A socket's path is at most 100 bytes long.
    let path = "/tmp/plimsoll-\(UUID().uuidString.prefix(8))"
    let socket = Self.listening(at: path)
    #expect(socket >= 0)
    defer {
      Foundation.close(socket)
      unlink(path)
    }
    expectRefusal(try start(entry, at: path, in: place).end(within: 60))
  }

  /// One that somebody holds open and writes nothing more into.
  @Test(arguments: entries) func aSilentPipeIsRefusedOrSaid(_ entry: Entry) async throws {
    let place = try Workplace()
    defer { place.close() }
    let pipe = place["pipe"].path
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = open(pipe, O_RDWR | O_CLOEXEC)
    defer { Foundation.close(writer) }
    #expect(write(writer, "timestamp,", 10) == 10)
    let running = try start(entry, at: pipe, in: place)
    let end = ContinuousClock.now + .seconds(60)
    while running.process.isRunning, !running.errorsSoFar.contains("input.waiting"),
      ContinuousClock.now < end
    {
      // Others are tested meanwhile: there are as many threads as cores.
      try await Task.sleep(for: .milliseconds(50))
    }
    let isWaiting = running.process.isRunning
    if isWaiting { kill(running.process.processIdentifier, SIGKILL) }
    let ended = try running.end(within: 60)
    guard isWaiting else { return expectRefusal(ended) }
    #expect(entry.mayWait)
    #expect(ended.errors.contains("nothing has come through the pipe for 5 seconds"))
    #expect(ended.errors.contains("after 60 seconds it is given up"))
  }

  private static func listening(at path: String) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
    #else
      let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    return isBound == 0 && listen(descriptor, 1) == 0 ? descriptor : -1
  }
}
