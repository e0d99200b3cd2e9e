import CloudCosts
import Foundation
import Subprocess

/// The program `duckdb`, run as a process: it reads Parquet and CSV, aggregates, and spills to disk.
struct DuckDB: Sendable {
  let program: String
  /// In DuckDB's words: `1GB`.
  var memoryLimit: String

  /// - Throws: a finding where there is none.
  init(memoryLimit: String = "1GB") throws(FindingsError) {
    self.memoryLimit = memoryLimit
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["PLIMSOLL_DUCKDB"], !named.isEmpty {
      program = named
    } else if let found = DuckDB.found {
      program = found
    } else {
      throw FindingsError([DuckDB.missing])
    }
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw FindingsError([DuckDB.missing])
    }
  }

  /// Runs a script inside a folder of its own.
  ///
  /// - Returns: what it wrote to standard error where it failed; nil where it did not.
  func run(_ script: String, in folder: String) throws(FindingsError) -> String? {
    let settings = """
      set memory_limit = '\(memoryLimit)';
      set temp_directory = 'spill';
      set preserve_insertion_order = false;
      set enable_progress_bar = false;

      """
    let program = program
    return try Blocking.run { () async -> Result<String?, FindingsError> in
      do {
        let result = try await Subprocess.run(
          .path(.init(program)), arguments: ["-no-init", "-csv", "-noheader", "-bail"],
          environment: .inherit, workingDirectory: .init(folder),
          input: .string(settings + script), output: .discarded,
          error: .string(limit: 1 << 20))
        guard case .exited(0) = result.terminationStatus else {
          let text = result.standardError
          return .success(text.isEmpty ? "\(result.terminationStatus)" : text)
        }
        return .success(nil)
      } catch {
        return .failure(
          FindingsError([
            Finding(
              .error, rule: "import.engine", place: program,
              message: "DuckDB could not be run: \(error)",
              remedy: "Install the PyPI package duckdb-cli, or set PLIMSOLL_DUCKDB.")
          ]))
      }
    }
  }

  private static var missing: Finding {
    Finding(
      .error, rule: "import.no-duckdb", place: "duckdb",
      message: "there is no duckdb: not in PLIMSOLL_DUCKDB, on PATH, or among Python's packages",
      remedy: "Run `pip install duckdb-cli`, or set PLIMSOLL_DUCKDB to the program.")
  }

  private static func onPath(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    // The Python package puts a launcher there that costs a Python start: its own program is better.
    return folders.lazy.map { "\($0)/\(name)" }.first { path in
      guard FileManager.default.isExecutableFile(atPath: path),
        let file = FileHandle(forReadingAtPath: path)
      else { return false }
      defer { try? file.close() }
      return (try? file.read(upToCount: 2)) != Data("#!".utf8)
    }
  }

  /// Looked for once: asking Python takes a tenth of a second.
  private static let found = onPath("duckdb") ?? ofPython()

  /// `duckdb_cli/duckdb` in the site-packages of the first python3 on PATH that has it.
  private static func ofPython() -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.lazy.map { "\($0)/python3" }
      .filter(FileManager.default.isExecutableFile(atPath:)).compactMap(program(ofPython:)).first
  }

  private static func program(ofPython python: String) -> String? {
    let code =
      "import importlib.util as u, os; s = u.find_spec('duckdb_cli'); "
      + "print(os.path.join(os.path.dirname(s.origin), 'duckdb') if s else '')"
    let found = try? Blocking.run { () async -> Result<String?, FindingsError> in
      let result = try? await Subprocess.run(
        .path(.init(python)), arguments: ["-c", code], output: .string(limit: 1 << 16))
      return .success(result?.standardOutput)
    }
    let path = (found ?? nil)?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    return path.isEmpty ? nil : path
  }
}

/// Waits for asynchronous work; not to be called inside a task, whose thread the work may need.
enum Blocking {
  private final class Box<Value>: @unchecked Sendable {
    var result: Result<Value, FindingsError>?
  }

  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () async -> Result<Value, FindingsError>
  ) throws(FindingsError) -> Value {
    let box = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      box.result = await body()
      done.signal()
    }
    done.wait()
    guard let result = box.result else { throw FindingsError([]) }
    return try result.get()
  }
}
