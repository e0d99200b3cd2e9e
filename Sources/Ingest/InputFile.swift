import CloudCosts

/// A file to read: where it lies, and what its user calls it.
package struct InputFile: Hashable, Sendable {
  /// Where to open it.
  package var path: String
  /// How findings name it: as the user wrote it, relative to the scenario.
  package var name: String
  /// Bytes that stand for the file's; tests need no disk for a bad file.
  var contents: [UInt8]?

  package init(path: String, name: String? = nil) {
    self.path = path
    self.name = name ?? path
  }

  /// A file that is only in memory.
  package init(name: String, contents: [UInt8]) {
    path = name
    self.name = name
    self.contents = contents
  }
}

/// What came out of a file: the value, unless errors forbid one, and every finding.
package struct Reading<Value: Sendable>: Sendable {
  /// Nil where a finding is an error.
  package var value: Value?
  /// In the order of the file's lines; at most `FindingLog.limit` of a rule are reported one by
  /// one.
  package var findings: [Finding]

  package init(value: Value?, findings: [Finding]) {
    self.value = findings.hasErrors ? nil : value
    self.findings = findings
  }
}
