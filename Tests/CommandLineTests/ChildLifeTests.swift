import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

#if os(Linux)
  /// An engine that hangs ends with the program that started it, however that ends.
  @Suite(.serialized) struct ChildLifeTests {
    /// A DuckDB that says its process number, and then does nothing.
    ///
    /// - Parameter isLauncher: whether it has another process do nothing, and says that one's
    ///   number.
    private func start(
      in place: Workplace, _ program: URL = Program.url, _ first: [String] = [],
      isLauncher: Bool = false
    ) throws -> (Program.Running, engine: pid_t) {
      try place.write(
        "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,BilledCost,EffectiveCost\n"
          + "2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,Usage,1,1\n", to: "bill.csv")
      let pid = place["pid"].path
      try WrittenProgram.write(
        isLauncher
          ? "#!/bin/sh\nsleep 60 &\necho $! > \(pid)\nwait\n"
          : "#!/bin/sh\necho $$ > \(pid)\nexec sleep 60\n", to: place["duckdb"])
      let running = try Program.start(
        program, first + ["import", "bill.csv", "--into", "h.db"], in: place.url,
        environment: ["PLIMSOLL_DUCKDB": place["duckdb"].path])
      var engine: pid_t?
      for _ in 0..<300 where engine == nil {
        Thread.sleep(forTimeInterval: 0.1)
        let text = (try? place.text("pid")) ?? ""
        engine = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      return (running, try #require(engine))
    }

    /// A process that has ended, and was not waited for yet, is a zombie.
    private func isRunning(_ process: pid_t) -> Bool {
      guard let file = FileHandle(forReadingAtPath: "/proc/\(process)/stat"),
        let data = try? file.readToEnd()
      else { return false }
      let text = String(decoding: data, as: UTF8.self)
      return text.lastIndex(of: ")").map { !text[$0...].hasPrefix(") Z") } ?? false
    }

    @Test(arguments: [SIGKILL, SIGTERM, SIGINT], [false, true])
    func itEndsWithItsParent(signal: Int32, isLauncher: Bool) throws {
      let place = try Workplace()
      defer { place.close() }
      let (running, engine) = try start(in: place, isLauncher: isLauncher)
      #expect(isRunning(engine))
      #expect(kill(running.process.processIdentifier, signal) == 0)
      try expectEnd(of: running, engine, by: signal, in: place)
    }

    private func expectEnd(
      of running: Program.Running, _ engine: pid_t, by signal: Int32, in place: Workplace
    ) throws {
      let ended = try running.end(within: 40)
      #expect(ended.wasKilled && ended.status == signal)
      for _ in 0..<100 where isRunning(engine) { Thread.sleep(forTimeInterval: 0.1) }
      #expect(!isRunning(engine))
      #expect(!place.exists("h.db"))
    }

    /// Python can block signals and ignore them before it becomes another program.
    private static func starter(_ prepare: String) -> [String] {
      ["-c", "import os, signal, sys; \(prepare); os.execv(sys.argv[1], sys.argv[1:])"]
    }

    /// What a starter did to SIGTERM, on purpose or not, is undone: a request to end is obeyed.
    @Test(arguments: [
      "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
      "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))",
    ]) func aStarterCannotMakeItDeafToSIGTERM(prepare: String) throws {
      let place = try Workplace()
      defer { place.close() }
      let python = try #require(Executable.onPath("python3"))
      let (running, engine) = try start(
        in: place, python, Self.starter(prepare) + [Program.url.path])
      #expect(kill(running.process.processIdentifier, SIGTERM) == 0)
      try expectEnd(of: running, engine, by: SIGTERM, in: place)
    }

    /// A blocked SIGINT is undone as well; an ignored one stays: the job is in the background.
    @Test func aBackgroundJobIgnoresSIGINT() throws {
      let place = try Workplace()
      defer { place.close() }
      let python = try #require(Executable.onPath("python3"))
      let (running, engine) = try start(
        in: place, python,
        Self.starter("signal.signal(signal.SIGINT, signal.SIG_IGN)") + [Program.url.path])
      #expect(kill(running.process.processIdentifier, SIGINT) == 0)
      Thread.sleep(forTimeInterval: 1)
      #expect(running.process.isRunning && isRunning(engine))
      #expect(kill(running.process.processIdentifier, SIGTERM) == 0)
      try expectEnd(of: running, engine, by: SIGTERM, in: place)
    }
  }
#endif
