import CloudCosts

// Reads single fields; what is wrong with one is noted, and nil comes back.
extension FindingLog {
  /// No quantity, price or commitment of a real cloud bill is larger.
  static let largestNumber = 1e9

  /// No number of requests in an hour is larger.
  static let largestCount = 1e13

  /// A number from 0 to `most`.
  mutating func number(
    _ field: Field, _ column: String, line: Int, most: Double = largestNumber
  ) -> Double? {
    let value: Double
    do {
      value = try Number.parse(field, point: decimalPoint)
    } catch {
      let isDoubtful = hasDoubtfulCommas && field.bytes.contains(UInt8(ascii: ","))
      add(
        .error, "not-a-number", line: line,
        field.isEmpty ? "\(column) is empty" : "\(column) \(field.quoted) is not a number",
        remedy: error == .notFinite
          ? "leave the row out where nothing was measured"
          : isDoubtful
            ? "write a plain decimal number such as 12.5: no other number of the file settles whether"
              + " its commas stand before decimals or between thousands"
            : "write a plain decimal number such as 12.5")
      return nil
    }
    guard value >= 0 else {
      add(
        .error, "negative-\(column.hyphenated)", line: line,
        "\(column) \(field.quoted) is negative",
        remedy: "write 0 or more; credits and corrections are left out")
      return nil
    }
    guard value <= most else {
      add(
        .error, "absurd-\(column.hyphenated)", line: line,
        "\(column) \(field.quoted) is larger than \(Int(most).grouped)",
        remedy: "check the unit and the decimal point")
      return nil
    }
    return value
  }

  /// A clock hour in UTC.
  mutating func hour(_ field: Field, _ column: String, line: Int) -> Hour? {
    do {
      return try Timestamp.parse(field)
    } catch {
      add(
        .error, error.rule, line: line,
        field.isEmpty ? "\(column) is empty" : "\(column) \(field.quoted) \(error.complaint)",
        remedy: error.remedy)
      return nil
    }
  }

  /// A clock hour in UTC, or a date alone: its first hour.
  mutating func moment(_ field: Field, _ column: String, line: Int) -> Hour? {
    if field.bytes.count == 10, let first = try? Timestamp.parse(field.text + "T00:00:00Z") {
      return first
    }
    return hour(field, column, line: line)
  }

  /// A text that must not be empty.
  mutating func text(_ field: Field, _ column: String, line: Int) -> String? {
    guard field.isEmpty else { return field.text }
    add(
      .error, "empty-\(column.hyphenated)", line: line, "\(column) is empty",
      remedy: "fill it in; every row needs it")
    return nil
  }

  /// One of the names that a file may use here.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ field: Field, _ column: String, line: Int
  ) -> Choice? {
    // `AWS` is `aws`, and `No Upfront` is `no-upfront`.
    if let choice = Choice(rawValue: field.text)
      ?? Choice(rawValue: field.text.lowercased().replacing(" ", with: "-"))
    {
      return choice
    }
    let names = Choice.allCases.map(\.rawValue)
    add(
      .error, "unknown-\(column.hyphenated)", line: line,
      field.isEmpty ? "\(column) is empty" : "\(column) \(field.quoted) is unknown",
      remedy: Spelling.remedy(for: field.text, in: names))
    return nil
  }

  /// `yes` or `no` in the usual spellings; nil where the field is empty, or, with a finding,
  /// neither.
  mutating func flag(_ field: Field, _ column: String, line: Int) -> Bool? {
    switch field.text.lowercased() {
    case "": return nil
    case "yes", "true", "on", "1": return true
    case "no", "false", "off", "0": return false
    default:
      add(
        .error, "unknown-\(column.hyphenated)", line: line,
        "\(column) \(field.quoted) is neither yes nor no", remedy: "write yes or no")
      return nil
    }
  }

  /// The number of years of a commitment: 1 or 3.
  mutating func term(_ field: Field, line: Int) -> Term? {
    if field.bytes.count == 1, let years = Int(field.text), years == 1 || years == 3 {
      return Term(years: years)
    }
    add(
      .error, "bad-term", line: line,
      field.isEmpty ? "term_years is empty" : "term_years \(field.quoted) is not 1 or 3",
      remedy: "write 1 or 3")
    return nil
  }
}

extension Spelling {
  /// What to do about a name that no one knows.
  package static func remedy(for word: String, in candidates: [String]) -> String {
    let all = "one of \(candidates.joined(separator: ", "))"
    guard let near = nearest(to: word, in: candidates) else { return "write \(all)" }
    return "did you mean '\(near)'? It must be \(all)"
  }
}

extension String {
  /// A column's heading as part of a rule: `hourly-commitment`.
  var hyphenated: String { String(map { $0 == "_" ? "-" : $0 }) }
}
