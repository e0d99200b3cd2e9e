import CloudCosts

/// What `plimsoll check` prints of a scenario that can be run.
package struct CheckDocument: Hashable, Sendable, Encodable {
  package var ok = true
  package var findings: [RunDocument.Note]

  package init(_ findings: [Finding]) { self.findings = findings.map(RunDocument.Note.init) }

  package func json() throws -> String { try OrderedJSON.text(self) }

  package var text: String {
    let count = AmountText.plural(findings.count, "finding")
    let lines =
      findings.isEmpty
      ? ["In order: nothing to remark."]
      : ["It can be run; \(count):"] + FindingsText(findings).lines
    return lines.joined(separator: "\n") + "\n"
  }
}
