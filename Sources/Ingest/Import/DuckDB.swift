import CloudCosts
import Foundation

/// The program `duckdb`, run as a process: it reads Parquet and CSV, aggregates, and spills to
/// disk.
struct DuckDB {
  let program: String
  /// In DuckDB's words: `1GB`.
  var memoryLimit: String
  /// Ten minutes without a sign of life: its file, or the disk, does not answer.
  var watch = Child.Watch(end: 600)

  init(program: String, memoryLimit: String = "1GB") {
    self.program = program
    self.memoryLimit = memoryLimit
  }

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
  func run(_ script: String, in folder: Scratch) throws(FindingsError) -> String? {
    let settings = """
      set memory_limit = '\(memoryLimit)';
      set temp_directory = 'spill';
      set preserve_insertion_order = false;
      set enable_progress_bar = false;

      """
    let home = URL(filePath: folder.path, directoryHint: .isDirectory)
    let complaints = home.appending(path: "duckdb.err")
    let input = home.appending(path: "duckdb.sql")
    try folder.write(settings + script, as: "duckdb.sql")
    try folder.write("", as: "duckdb.err")
    do {
      let status = try Child.run(
        program, ["-no-init", "-csv", "-noheader", "-bail"], in: home,
        input: FileHandle(forReadingFrom: input), error: FileHandle(forWritingTo: complaints),
        watch: watch)
      guard status != 0 else { return nil }
      let text = String(decoding: try Data(contentsOf: complaints).prefix(1 << 20), as: UTF8.self)
      return text.isEmpty ? "it ended with status \(status)" : text
    } catch Child.Failure.silent(let seconds) {
      throw FindingsError([
        Finding(
          .error, rule: "import.engine-silent", place: program,
          message: "DuckDB did nothing for \(seconds) seconds, and was ended",
          remedy: "See whether the bills can be read (cat FILE | wc -c), and import them again.")
      ])
    } catch {
      throw FindingsError([
        Finding(
          .error, rule: "import.engine", place: program,
          message: "DuckDB could not be run: \(error)",
          remedy: "Install the PyPI package duckdb-cli, or set PLIMSOLL_DUCKDB.")
      ])
    }
  }

  private static var missing: Finding {
    Finding(
      .error, rule: "import.no-duckdb", place: "duckdb",
      message: "there is no duckdb: not in PLIMSOLL_DUCKDB, on PATH, or among Python's packages",
      remedy: "Run `pip install duckdb-cli`, or set PLIMSOLL_DUCKDB to the program.")
  }

  private static func onPath(_ name: String) -> String? {
    // The Python package puts a launcher there that costs a Python start: its own program is
    // better.
    Child.onPath(name).first { path in
      guard let file = FileHandle(forReadingAtPath: path) else { return false }
      defer { try? file.close() }
      return (try? file.read(upToCount: 2)) != Data("#!".utf8)
    }
  }

  /// Looked for once: asking Python takes a tenth of a second.
  private static let found = onPath("duckdb") ?? ofPython()

  /// `duckdb_cli/duckdb` in the site-packages of the first python3 on PATH that has it.
  private static func ofPython() -> String? {
    Child.onPath("python3").lazy.compactMap(program(ofPython:)).first
  }

  private static func program(ofPython python: String) -> String? {
    let code =
      "import importlib.util as u, os; s = u.find_spec('duckdb_cli'); "
      + "print(os.path.join(os.path.dirname(s.origin), 'duckdb') if s else '')"
    let output = Pipe()
    let status = try? Child.run(python, ["-c", code], output: output.fileHandleForWriting)
    try? output.fileHandleForWriting.close()
    guard status == 0, let data = try? output.fileHandleForReading.readToEnd() else { return nil }
    let path = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return path.isEmpty ? nil : path
  }
}
