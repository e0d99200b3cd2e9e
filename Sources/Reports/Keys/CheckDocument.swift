import CloudCosts

/// What `plimsoll check` prints of a scenario that can be run.
public struct CheckDocument: Hashable, Sendable, Encodable {
  public var ok = true
  public var findings: [RunDocument.Note]

  public init(_ findings: [Finding]) { self.findings = findings.map(RunDocument.Note.init) }

  public func json() throws -> String { try OrderedJSON.text(self) }

  public var text: String {
    let count = AmountText.plural(findings.count, "finding")
    let lines =
      findings.isEmpty
      ? ["In order: nothing to remark."]
      : ["It can be run; \(count):"] + FindingsText(findings).lines
    return lines.joined(separator: "\n") + "\n"
  }
}
