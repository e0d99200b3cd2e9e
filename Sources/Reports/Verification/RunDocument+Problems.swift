import CloudCosts
import Scenarios

extension RunDocument {
  /// What the document says that is not so, by the same document made anew from its purchases and
  /// actions.
  ///
  /// - Parameter comparison: the document's runs, billed again.
  func problems(by comparison: Comparison) throws -> [String] {
    let checksum = try contentsChecksum()
    var texts = formatProblems + duplicates
    texts += try OrderedJSON.differences(self, RunDocument(comparison)) {
      RunDocument.notRemade.contains($0)
    }.map { "\($0.place) is \($0.first) and should be \($0.second)" }
    if self.checksum != checksum {
      texts.append(
        self.checksum == nil
          ? "the document has no checksum: it was changed, or is of an older version"
          : "the document was changed after it was written: its checksum is that of other contents")
    }
    return texts
  }

  private var formatProblems: [String] {
    switch format {
    case nil: ["the document has no format: it was changed, or is of an older version"]
    case .some(let format) where RunDocument.knownFormats.contains(format): []
    case .some(let format):
      ["format \(format) is not known to this version, which knows \(RunDocument.currentFormat)"]
    }
  }

  private var duplicates: [String] {
    let names = runs.map(\.name).repeated.map { "there are several runs named \"\($0)\"" }
    return names
      + runs.flatMap { run in
        run.outcomes.map(\.name).repeated.map {
          "run \"\(run.name)\" has several outcomes named \"\($0)\""
        }
      }
  }

  /// What purchases and actions alone do not give: where the document came from, how the solver got
  /// there, and what it found out on the way. The checksum covers it, and plans' objectives, bounds
  /// and proofs are checked by themselves.
  private static let notRemade: Set<String> = {
    let ofPlan = [
      "seconds", "rounds", "cuts", "solver", "sensitivity", "left_out", "left_out_cost",
      "giving_up", "compared", "later",
      "proof",
    ]
    let ofPurchase = ["reason", "explanation"]
    return Set(
      [
        "format", "version", "made_at", "source", "inputs", "changes", "findings", "checksum",
        "runs.outcomes.showback",
      ] + ofPlan.map { "runs.outcomes.plan.\($0)" }
        + ["purchases", "horizon.renewals"].flatMap { list in
          ofPurchase.map { "runs.outcomes.plan.\(list).\($0)" }
        })
  }()
}

extension [String] {
  /// What occurs more than once.
  fileprivate var repeated: [String] {
    Dictionary(grouping: self) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
  }
}
