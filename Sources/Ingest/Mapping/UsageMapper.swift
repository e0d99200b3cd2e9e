import CloudCosts
import Foundation

/// Turns somebody else's CSV into rows of a usage file.
package struct UsageMapper {
  /// What came of it.
  package struct Mapped: Sendable {
    /// The usage file's text.
    package var text: String
    package var rows: Int
    /// What was guessed, a sentence each.
    package var guesses: [String]
    package var findings: [Finding]
  }

  private let provider: Provider?
  private let region: String
  private let zone: TimeZone
  private let isZoneStated: Bool
  private let stated: [UsageMapping.Role: String]

  /// - Parameters:
  ///   - provider: of usage whose file names none; nil: by the shape of the instance type.
  ///   - region: of usage whose file names none.
  ///   - timezone: of dates that name none; nil: UTC.
  package init(
    provider: Provider? = nil, region: String = "", timezone: TimeZone? = nil,
    columns: [UsageMapping.Role: String] = [:]
  ) {
    self.provider = provider
    self.region = region
    zone = timezone ?? .gmt
    isZoneStated = timezone != nil
    stated = columns
  }

  /// Nil where it cannot be read as text.
  private static func text(of path: String) throws(FindingsError) -> String? {
    do throws(InputPath.Fault) {
      return FileManager.default.contents(atPath: try InputPath.readable(path))
        .flatMap { String(data: $0, encoding: .utf8) }
    } catch {
      throw FindingsError([
        UsageMapping.finding(
          "unreadable", "the file \(path.quoted) cannot be read: \(error.complaint)", error.remedy)
      ])
    }
  }

  /// - Throws: every finding, where a line cannot be read.
  package func mapped(_ path: String) throws(FindingsError) -> Mapped {
    guard let content = try UsageMapper.text(of: path) else {
      throw FindingsError([
        UsageMapping.finding(
          "unreadable", "the file \(path.quoted) cannot be read as UTF-8 text",
          "check its path and its encoding")
      ])
    }
    let lines = content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let head = lines.first(where: { !$0.isEmpty }) else {
      throw FindingsError([UsageMapping.finding("empty", "the file is empty", "export it again")])
    }
    let header = head.hasPrefix("\u{FEFF}") ? String(head.dropFirst()) : String(head)
    let mapping = try UsageMapping(header: header, stated: stated)
    var reader = RowReader(mapping, provider, region, zone)
    var seenHead = false
    for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      if !seenHead {
        seenHead = true
        continue
      }
      reader.read(line, number: number + 1)
    }
    guard reader.findings.isEmpty else { throw FindingsError(reader.findings) }
    var guesses = mapping.guesses + reader.guesses
    if reader.hasZonelessDates {
      guesses.append(
        "Dates name no time zone: they are taken as \(isZoneStated ? zone.identifier : "UTC")"
          + (isZoneStated ? "." : "; --timezone Europe/Berlin says otherwise."))
    }
    return Mapped(
      text: RowReader.header + reader.text, rows: reader.rows, guesses: guesses, findings: [])
  }
}

/// Reads the rows, one after the other.
private struct RowReader {
  static let header =
    "timestamp,provider,account,region,instance_type,operating_system,tenancy,quantity,zone\n"
  /// More are not listed one by one.
  private static let mostFindings = 20

  private let mapping: UsageMapping
  private let provider: Provider?
  private let region: String
  private let calendar: Calendar
  private(set) var text = ""
  private(set) var rows = 0
  private(set) var findings: [Finding] = []
  private(set) var hasZonelessDates = false
  private var guessed: Set<String> = []

  init(_ mapping: UsageMapping, _ provider: Provider?, _ region: String, _ zone: TimeZone) {
    self.mapping = mapping
    self.provider = provider
    self.region = region
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.calendar = calendar
  }

  var guesses: [String] { guessed.sorted() }

  mutating func read(_ line: Substring, number: Int) {
    let fields = UsageMapping.fields(line, mapping.delimiter)
    func field(_ role: UsageMapping.Role) -> String {
      mapping.columns[role].flatMap { fields.indices.contains($0) ? fields[$0] : nil } ?? ""
    }
    let type = field(.instanceType)
    let place = field(.region).isEmpty ? region : field(.region)
    let stamp = field(.timestamp)
    guard let named = ForeignHour(stamp, in: calendar) else {
      return note(
        number, "date \(stamp.quoted) is not understood, or not on the hour",
        "write it as 2024-01-31T13:00:00Z, 2024-01-31 13:00 or 31.01.2024 13:00")
    }
    if let order = named.order { guessed.insert(order.rawValue) }
    hasZonelessDates = hasZonelessDates || named.isZoneless
    guard let quantity = quantity(field(.quantity)) else {
      return note(
        number, "quantity \(field(.quantity).quoted) is no number from 0 on",
        "write a plain number; instance-hours in that hour")
    }
    guard let provider = cloud(field(.provider), type) else {
      return note(
        number, "the provider of \(type.quoted) is not known", "name it: --provider aws")
    }
    guard !place.isEmpty else {
      return note(number, "no region is named", "name it: --region eu-west-1")
    }
    let cells = [
      named.hour.iso8601, provider.rawValue, field(.account), place, type,
      field(.operatingSystem).isEmpty ? "Linux" : field(.operatingSystem),
      field(.tenancy).isEmpty ? "default" : field(.tenancy), quantity, field(.zone),
    ]
    text += cells.map(Self.cell).joined(separator: ",") + "\n"
    rows += 1
  }

  private mutating func note(_ line: Int, _ message: String, _ remedy: String) {
    guard findings.count < Self.mostFindings else { return }
    findings.append(
      Finding(
        .error, rule: "init.bad-row", place: "line \(line)", message: message, remedy: remedy))
  }

  private static func cell(_ text: String) -> String {
    text.contains { ",\"".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  /// A comma is a decimal comma where it does not separate columns.
  private mutating func quantity(_ text: String) -> String? {
    var plain = text
    if mapping.delimiter != ",", plain.contains(",") {
      guessed.insert("A comma in a number is a decimal comma.")
      if plain.contains(".") { plain = plain.replacing(".", with: "") }
      plain = plain.replacing(",", with: ".")
    }
    guard let number = Double(plain), number.isFinite, number >= 0 else { return nil }
    return plain
  }

  private mutating func cloud(_ stated: String, _ type: String) -> Provider? {
    let names: [String: Provider] = [
      "aws": .aws, "amazon": .aws, "amazonwebservices": .aws, "azure": .azure, "microsoft": .azure,
      "gcp": .gcp, "google": .gcp, "googlecloud": .gcp,
    ]
    if let named = names[stated.lowercased().filter { $0.isLetter }] { return named }
    if let provider {
      guessed.insert("The provider is \(provider.rawValue), as the command line says.")
      return provider
    }
    let guess: Provider? =
      type.hasPrefix("Standard_")
      ? .azure : type.contains(".") ? .aws : type.contains("-") ? .gcp : nil
    if let guess { guessed.insert("Machines such as \(guess.example) are \(guess.rawValue)'s.") }
    return guess
  }
}

extension Provider {
  fileprivate var example: String {
    switch self {
    case .aws: "m5.large"
    case .azure: "Standard_D4s_v5"
    case .gcp: "n2-standard-4"
    }
  }
}
