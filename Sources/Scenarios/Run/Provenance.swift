import CloudCosts
import Foundation
import Ingest

/// What a document was made by, when, and from which files: what lets it be trusted later.
package struct Provenance: Hashable, Sendable {
  /// The program's release.
  package var version: String
  /// ISO 8601, in UTC.
  package var madeAt: String
  /// The scenario file first, then all files that it names.
  package var inputs: [InputStamp]
  /// What the command line changed of the scenario file.
  package var changes: ScenarioChanges

  package init(
    version: String = Release.version, madeAt: String, inputs: [InputStamp],
    changes: ScenarioChanges = ScenarioChanges()
  ) {
    self.version = version
    self.madeAt = madeAt
    self.inputs = inputs
    self.changes = changes
  }

  /// Of a scenario as its files are now.
  init(of path: String, _ changes: ScenarioChanges) {
    self.init(
      madeAt: Self.now(),
      inputs: ScenarioFile.inputs(path, changes).compactMap { InputStamp(path: $0) },
      changes: changes)
  }

  /// The time; that of SOURCE_DATE_EPOCH where it is set, for who wants the same bytes again
  /// (https://reproducible-builds.org/specs/source-date-epoch/).
  package static func now(
    _ variables: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    let fixed = variables["SOURCE_DATE_EPOCH"].flatMap(TimeInterval.init)
      .flatMap { (0..<253_402_300_800).contains($0) ? $0 : nil }
    let seconds = Int(fixed ?? Date().timeIntervalSince1970)
    let hour = Hour(sinceEpoch: seconds / 3600)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hour.iso8601.prefix(14) + two(seconds / 60 % 60) + ":" + two(seconds % 60) + "Z"
  }
}

/// A file that something was made from, as it was then.
package struct InputStamp: Hashable, Sendable {
  /// As it was named, or absolute.
  package var path: String
  package var sha256: String

  package init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }

  /// Of a file as it is now; nil where it cannot be read.
  package init?(path: String) {
    guard let digest = SHA256.text(ofFileAt: path) else { return nil }
    self.init(path: path, sha256: digest)
  }
}

/// What became of a file since something was made from it.
package struct InputChange: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, Codable {
    case same, changed, missing
  }

  /// As the document names it.
  package var path: String
  package var state: State

  package init(path: String, state: State) {
    self.path = path
    self.state = state
  }

  /// - Parameters:
  ///   - name: as the document names it.
  ///   - path: where it is.
  package init(_ name: String, at path: String, sha256: String) {
    self.path = name
    let now = SHA256.text(ofFileAt: path)
    state = now == nil ? .missing : now == sha256 ? .same : .changed
  }
}
