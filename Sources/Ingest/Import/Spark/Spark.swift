import CloudCosts
import Foundation

/// Spark, by its program `spark-submit`, for bills that outgrow one machine.
package struct Spark {
  /// `spark://host:7077`, `yarn`, `local[4]`.
  package var master: String
  let program: String
  /// A cluster may keep its driver waiting: that is asked about, and never ended.
  var watch = Child.Watch()

  /// - Throws: a finding where there is no `spark-submit`.
  package init(master: String) throws(FindingsError) {
    self.master = master
    let environment = ProcessInfo.processInfo.environment
    let named = environment["PLIMSOLL_SPARK"].flatMap { $0.isEmpty ? nil : $0 }
    let home = environment["SPARK_HOME"].map { "\($0)/bin/spark-submit" }
    let candidates =
      named.map { [$0] } ?? ([home].compactMap { $0 } + Child.onPath("spark-submit"))
    guard let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw FindingsError([
        Finding(
          .error, rule: "import.no-spark", place: named ?? "spark-submit",
          message: "there is no spark-submit: not in PLIMSOLL_SPARK, in SPARK_HOME/bin, or on PATH",
          remedy:
            "Install Spark (`pip install pyspark`, and a Java), or set PLIMSOLL_SPARK to the program."
        )
      ])
    }
    program = found
  }

  /// What is asked of the driver for one data set.
  struct Job: Encodable {
    struct Query: Encodable {
      var name: String
      var query: String
    }

    /// Its folder inside the scratch folder.
    var number: Int
    var path: String
    var table: Query?
    var results: [Query]?
  }

  /// Runs jobs in one application; each leaves its answers in the folder of its number.
  func run(_ jobs: [Job], in folder: Scratch) throws(FindingsError) {
    for job in jobs { _ = try Scratch("\(job.number)", in: folder) }
    let home = URL(filePath: folder.path, directoryHint: .isDirectory)
    let complaints = home.appending(path: "spark.err")
    let status: Int32
    do {
      try folder.write(SparkDriver.program, as: "driver.py")
      try JSONEncoder().encode(jobs).write(to: home.appending(path: "jobs.json"))
      try Data().write(to: complaints)
      let errors = try FileHandle(forWritingTo: complaints)
      status = try Child.run(
        program, ["--master", master, "driver.py", folder.path], in: home, error: errors,
        watch: watch)
    } catch {
      throw failure("Spark could not be run: \(error)")
    }
    guard status != 0 else { return }
    let text = (try? Data(contentsOf: complaints)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let lines = text.split(whereSeparator: \.isNewline)
    let line = lines.last { $0.contains("Exception") || $0.contains("Error") } ?? lines.last
    throw failure(
      "Spark ended with status \(status): \(line.map { String($0.prefix(300)).printable } ?? "")")
  }

  private func failure(_ message: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "import.spark", place: master, message: message,
        remedy: "See that the master can be reached, and that its workers can read the files.")
    ])
  }
}
