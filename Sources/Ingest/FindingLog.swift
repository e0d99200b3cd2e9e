import CloudCosts

/// Collects what is wrong with one file; a mistake that a million lines repeat is reported twenty
/// times and then counted.
struct FindingLog {
  /// How many findings of one rule are reported one by one.
  static let limit = 20

  /// The file, as its user calls it.
  let file: String
  /// The first part of every rule: `usage` of `usage.not-a-number`.
  let kind: String
  private var entries: [(line: Int?, finding: Finding)] = []
  private var counts: [String: Int] = [:]
  private(set) var hasErrors = false
  /// What comes before the decimals of the file's numbers.
  var decimalPoint = UInt8(ascii: ".")
  /// Whether its fields are not separated by commas, and no number settles what a comma in one is.
  var hasDoubtfulCommas = false

  init(file: String, kind: String) {
    self.file = file
    self.kind = kind
  }

  /// Notes a finding on a line, or on the whole file where `line` is nil.
  ///
  /// - Parameter rule: without the file's kind: `not-a-number`.
  mutating func add(
    _ severity: Finding.Severity, _ rule: String, line: Int?, _ message: @autoclosure () -> String,
    remedy: @autoclosure () -> String
  ) {
    if severity == .error { hasErrors = true }
    counts[rule, default: 0] += 1
    guard counts[rule, default: 0] <= FindingLog.limit else { return }
    let finding = Finding(
      severity, rule: "\(kind).\(rule)", place: place(line), message: message(), remedy: remedy())
    entries.append((line, finding))
  }

  /// Takes over a finding that another reader of the same file made.
  mutating func add(_ finding: Finding) {
    if finding.severity == .error { hasErrors = true }
    entries.append((nil, finding))
  }

  /// `usage.csv:17`.
  func place(_ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }

  /// All findings in the order of their lines, those of the whole file behind them, and for each
  /// rule that was cut short how many more there were.
  func finished() -> [Finding] {
    let order = entries.indices.sorted { a, b in
      (entries[a].line ?? .max, a) < (entries[b].line ?? .max, b)
    }
    var result = order.map { entries[$0].finding }
    for (rule, count) in counts.sorted(by: { $0.key < $1.key }) where count > FindingLog.limit {
      let id = "\(kind).\(rule)"
      guard let example = result.last(where: { $0.rule == id }) else { continue }
      result.append(
        Finding(
          example.severity, rule: id, place: file,
          message: "and \((count - FindingLog.limit).grouped) more of this kind",
          remedy: example.remedy))
    }
    return result
  }
}

extension Int {
  /// With commas between thousands: `1,234`.
  package var grouped: String { Money(micros: Int128(self) * 1_000_000).formatted(decimals: 0) }
}
