import CloudCosts
import Ingest

// The key `spend_commitments`: `[{name: edp, provider: aws, amount: 1000000, from: …, to: …, other:
// 200000}]`.
extension ScenarioParser {
  func spendCommitments(_ root: ScenarioSection) -> [SpendCommitment] {
    root.maps("spend_commitments").compactMap { section in
      for (key, example) in [("provider", "aws"), ("amount", "1000000")]
      where section.entry(key) == nil {
        findings.add(
          .error, "missing-key", line: section.line,
          "the key \(section.name(key).quoted) is missing", remedy: "add \(key): \(example)")
      }
      let provider: Provider? = section.choice("provider")
      let amount = section.limit("amount")
      let other = section.limit("other") ?? 0
      let from = hour(section, "from")
      let to = hour(section, "to")
      guard let provider, let amount, let from, let to else { return nil }
      guard to > from, to - from <= 10 * 8784 else {
        findings.add(
          .error, "out-of-range", line: section.line,
          "the spend commitment runs from \(from) to \(to)",
          remedy: "write the first hour of the contract, and the first in which it no longer holds")
        return nil
      }
      return SpendCommitment(
        name: section.text("name") ?? "\(provider.rawValue) spend commitment", provider: provider,
        window: HourWindow(from: from, to: to), amount: amount, other: other)
    }
  }
}
