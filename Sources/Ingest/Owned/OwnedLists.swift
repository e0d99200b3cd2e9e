import CloudCosts
import Foundation

/// Reads owned commitments from the lists that the providers' own tools print.
///
/// | list | made by |
/// |---|---|
/// | `ReservedInstances` | `aws ec2 describe-reserved-instances` |
/// | `ReservedDBInstances` and the like | `aws rds describe-reserved-db-instances` (`ReservationInterface`) |
/// | `reservationsList` | `aws redshift-serverless list-reservations` |
/// | `savingsPlans` | `aws savingsplans describe-savings-plans` |
/// | `Microsoft.Capacity` | `az reservations reservation list` |
/// | `Microsoft.BillingBenefits` | `az billing-benefits savings-plan list` |
/// | `compute#commitment` | `gcloud compute commitments list --format=json` |
///
/// A commitment starts on the hour in which it was bought, and ends when the list says so; where it
/// does not, after its term. Lists of Azure and Google state no price; it is that of the price
/// book. An entry that cannot be used is left out, with a warning; where that is all entries,
/// another one says what that means.
final class OwnedLists {
  var log: FindingLog
  /// Where prices come from that the list does not state.
  let prices: PriceList?
  /// ISO 4217 code that amounts must have; nil: any.
  let currency: String?
  private(set) var owned: OwnedCommitments
  private var ids: [String: Int] = [:]
  private var entries = 0
  private var aside: [String: (count: Int, example: String)] = [:]
  /// Entries that could not be used, and those of them that are no commitments.
  private var faults = 0
  private var strangers = 0
  /// Reservations of AWS, added when all are known.
  var reservations: [ListedReservation] = []
  /// Google: when commitments that were merged or split went on under another name; by the old
  /// name.
  var successions: [String: Hour] = [:]
  /// Azure: what was renewed already, and so is not renewed again; ids in small letters.
  var renewed: Set<String> = []
  /// Google: what was cancelled.
  var replaced: [(commitment: Commitment, line: Int)] = []
  /// When the list is read: what is retired cannot end later.
  let now: Hour

  init(_ file: InputFile, prices: PriceList?, currency: String?, now: Hour = .current) {
    self.now = now
    log = FindingLog(file: file.name, kind: "owned")
    self.prices = prices
    self.currency = currency
    owned = OwnedCommitments(commitments: [], lines: [], file: file.name)
  }

  func read(_ file: InputFile) -> Reading<OwnedCommitments> {
    let paths =
      OwnedLists.paths.map { JSONPath(stringLiteral: $0) }
    let hints = FileNameHints(file.name)
    do {
      try JSONReader.read(file, at: paths) { element in
        self.entry(element, hints)
        return true
      }
    } catch {
      log.add(error)
    }
    addReservations()
    addReplaced()
    for index in owned.commitments.indices
    where renewed.contains(owned.commitments[index].id.lowercased()) {
      owned.commitments[index].renews = false
    }
    if owned.commitments.isEmpty, faults > 0, strangers < entries, !log.hasErrors {
      log.add(
        .warning, "nothing-usable", line: nil,
        "none of its \(entries.grouped) \(entries == 1 ? "entry" : "entries") can be used: bills and"
          + " plans are made as if nothing of it were owned, so a plan may buy it again",
        remedy: "correct what the warnings name, or leave the file out if nothing is owned")
    }
    for (reason, entry) in aside.sorted(by: { $0.key < $1.key }) {
      log.add(
        .note, "left-aside", line: nil,
        "\(entry.count.grouped) \(entry.count == 1 ? "commitment" : "commitments") left aside:"
          + " \(reason), such as \(entry.example.quoted)",
        remedy: "nothing, if that is meant")
    }
    if entries == strangers, !log.hasErrors, entries > 0 || !OwnedLists.isEmptyList(file) {
      log.add(
        .error, "unknown-format", line: nil, "this is no list of commitments of a known kind",
        remedy:
          "export it with describe-reserved-instances (or its like of another service),"
          + " describe-savings-plans, az reservations"
          + " reservation list, az billing-benefits savings-plan list, or gcloud compute"
          + " commitments list --format=json")
    }
    return Reading(value: owned, findings: log.finished())
  }

  /// Whether a file without entries is the list of a team that owns nothing.
  private static func isEmptyList(_ file: InputFile) -> Bool {
    var log = FindingLog(file: file.name, kind: "")
    guard let head = FileHead(file, log: &log) else { return false }
    return head.start.hasPrefix("[")
      || (["ReservedInstances", elasticsearch, serverless, "savingsPlans", "value"]
        + ReservationInterface.all.map(\.list))
        .contains { head.contains("\"\($0)\"") }
  }

  private static let paths =
    ["value/[]", "[]", "items/[]"] + lists.map { $0 + "/[]" }

  private static let lists =
    ["savingsPlans", serverless]
    + Set([OwnedLists.elasticsearch, "ReservedInstances"] + ReservationInterface.all.map(\.list))
    .sorted()

  private func entry(_ element: JSONElement, _ hints: FileNameHints) {
    let value = OwnedLists.renamed(element.value)
    guard case .object = value else { return }
    // Answers for several regions or accounts, collected into one list (`jq -s`).
    let inner = element.path == "[]" ? OwnedLists.lists.filter { value[$0] != nil } : []
    guard inner.isEmpty else {
      for list in inner {
        for part in value[list]?.elements ?? [] {
          entry(
            JSONElement(
              path: JSONPath(stringLiteral: list + "/[]"), name: "[]", line: element.line,
              value: part), hints)
        }
      }
      return
    }
    entries += 1
    if let interface = ReservationInterface.all.first(where: { value[$0.id] != nil }),
      value[interface.type] != nil
    {
      return reservedNodes(value, interface, hints, line: element.line)
    }
    switch element.path {
    case "reservationsList/[]": reservedCapacity(value, line: element.line)
    case "ReservedInstances/[]": reservedInstances(value, hints, line: element.line)
    case "savingsPlans/[]": savingsPlan(value, line: element.line)
    default:
      if value["kind"]?.text == "compute#commitment" || value["plan"] != nil {
        googleCommitment(value, line: element.line)
      } else if let entry = OwnedLists.azure(value) {
        if azureOrder(entry, line: element.line) { return }
        if entry["properties", "commitment"] != nil {
          azurePlan(entry, line: element.line)
        } else {
          azureReservation(entry, line: element.line)
        }
      } else if value["ReservedInstancesId"] != nil {
        reservedInstances(value, hints, line: element.line)
      } else if value["savingsPlanId"] != nil {
        savingsPlan(value, line: element.line)
      } else {
        strangers += 1
        leaveOut(
          "unknown-entry", line: element.line,
          "entry \(entries) is no commitment of a known kind", remedy: "export the list again")
      }
    }
  }

  /// An entry of Azure with `properties`: the API has them, some commands of `az` print what is in
  /// them next to the rest.
  private static func azure(_ value: JSONValue) -> JSONValue? {
    if value["properties"] != nil { return value }
    guard value["term"] != nil, value["appliedScopeType"] != nil,
      case .object(let members) = value
    else { return nil }
    return .object(members + [JSONValue.Member(key: "properties", value: value)])
  }

  // MARK: What all lists share

  func add(
    _ severity: Finding.Severity, _ rule: String, line: Int?, _ message: String, remedy: String
  ) {
    log.add(severity, rule, line: line, message, remedy: remedy)
  }

  func leaveAside(_ reason: String, _ id: String) {
    aside[reason, default: (0, id)].count += 1
  }

  /// Adds a commitment, unless one of its id is there.
  func add(_ commitment: Commitment, line: Int) {
    if let first = ids.updateValue(line, forKey: commitment.id) {
      return add(
        .warning, "duplicate-id", line: line,
        "\(commitment.id.quoted) is already on line \(first): this copy does not count",
        remedy: "remove the copy from the list")
    }
    var commitment = commitment
    commitment.account = AccountName.of(commitment.account, commitment.terms.product.provider)
    owned.commitments.append(commitment)
    owned.lines.append(line)
  }

  /// Leaves aside what its state says is not owned; a state that is not known may be of what is,
  /// so that it is a warning.
  func leaveOut(state: String, dead: Set<String>, _ id: String, line: Int) {
    if dead.contains(state.lowercased()) { return leaveAside("state \(state)", id) }
    leaveOut(
      "unknown-state", line: line,
      "the state of \(id.quoted) is \(state.quoted), which is not known",
      remedy: "if it is owned, write its state as active; else remove the entry")
  }

  /// Notes that an entry cannot be used.
  func leaveOut(_ rule: String, line: Int?, _ message: String, remedy: String) {
    faults += 1
    log.add(
      .warning, rule, line: line, message + ": it is left out of what is owned", remedy: remedy)
  }

  /// Says that a commitment pays for licences (SUSE and RHEL, of Azure and Google), which bills
  /// here have at their full price.
  func tellLicence(_ kind: String, _ id: String, line: Int) {
    leaveOut(
      "licence-commitment", line: line,
      "\(id.quoted) pays for software licences (\(kind)), and licences are computed at their full"
        + " price here, so that bills are too high by what it saves",
      remedy: "state lower prices of the machines with that system in the price file, if that"
        + " matters")
  }

  func setUnscoped(_ id: Commitment.ID) { owned.unscoped.insert(id) }

  func setGroup(_ name: String, _ accounts: Set<String>) { owned.groups[name] = accounts }

  /// A text that an entry must have.
  func text(_ value: JSONValue?, _ field: String, of id: String, line: Int) -> String? {
    if let text = value?.text { return text }
    leaveOut(
      "missing-field", line: line, "\(id.quoted) has no \(field)",
      remedy: "export the list again, with all its fields")
    return nil
  }

  /// A number above 0 that an entry must have.
  func amount(_ value: JSONValue?, _ field: String, of id: String, line: Int) -> Double? {
    guard let text = text(value, field, of: id, line: line) else { return nil }
    if let number = Number.value(of: text), number > 0, number <= FindingLog.largestNumber {
      return number
    }
    leaveOut(
      "bad-number", line: line, "\(field) of \(id.quoted) is \(text.quoted)",
      remedy: "it must be a number above 0; export the list again")
    return nil
  }

  /// A moment that an entry must have.
  func moment(_ value: JSONValue?, _ field: String, of id: String, line: Int) -> Moment? {
    guard let text = text(value, field, of: id, line: line) else { return nil }
    if let moment = Moment(text) ?? OwnedLists.powerShell(text) { return moment }
    // Version 1 of AWS's command line prints some services' times as they send them.
    if case .number = value, let seconds = value?.number, let moment = Moment(sinceEpoch: seconds) {
      return moment
    }
    leaveOut(
      "bad-timestamp", line: line,
      "\(field) of \(id.quoted) is \(text.quoted), no moment with a time zone",
      remedy: "export the list again; write moments as 2023-02-01T05:12:00Z")
    return nil
  }

  /// `/Date(1685606400000)/`, as Windows PowerShell writes times in JSON.
  private static func powerShell(_ text: String) -> Moment? {
    guard text.hasPrefix("/Date("), text.hasSuffix(")/"),
      let milliseconds = Double(text.dropFirst(6).dropLast(2))
    else { return nil }
    return Moment(sinceEpoch: milliseconds / 1000)
  }

  /// From a start to the end that the list states, or else to `fallback`; nil, with a finding,
  /// where that is no time.
  func life(
    from start: Moment, to end: JSONValue?, _ field: String, of id: String, line: Int,
    fallback: Hour?
  ) -> HourWindow? {
    var last = fallback
    if end?.text != nil {
      guard let moment = moment(end, field, of: id, line: line) else { return nil }
      last = moment.atTime(of: start).endHour
    }
    guard let last else {
      _ = text(nil, field, of: id, line: line)
      return nil
    }
    guard last > start.hour else {
      leaveOut(
        "end-before-start", line: line,
        "\(id.quoted) ends at \(last), and starts at \(start.hour)",
        remedy: "export the list again")
      return nil
    }
    guard Hour.isLikely(start.hour) else {
      leaveOut(
        "absurd-start", line: line,
        "\(id.quoted) starts at \(start.hour), in no year of a cloud", remedy: Hour.unlikelyRemedy)
      return nil
    }
    guard last - start.hour <= CheckedRow.mostHours else {
      leaveOut(
        "absurd-end", line: line,
        "\(id.quoted) ends at \(last), more than twenty years after its start, \(start.hour)",
        remedy: "correct the year of its end")
      return nil
    }
    return HourWindow(from: start.hour, to: last)
  }

  /// One of the words of a field; a finding where it is none.
  func word<Value>(
    _ value: JSONValue?, _ field: String, of id: String, line: Int, _ meaning: (String) -> Value?
  ) -> Value? {
    guard let text = text(value, field, of: id, line: line) else { return nil }
    if let known = meaning(text) { return known }
    leaveOut(
      "unknown-\(field.lowercased())", line: line,
      "\(field) of \(id.quoted) is \(text.quoted), which is not known",
      remedy: "only commitments of 1 and 3 years on sale today are known; remove the entry")
    return nil
  }

  func accepts(_ code: String?, of id: String, line: Int) -> Bool {
    guard let code, let currency, code != currency else { return true }
    leaveOut(
      "other-currency", line: line,
      "\(id.quoted) is in \(code.quoted), the scenario in \(currency.quoted)",
      remedy: "give all prices in one currency, or set the scenario's")
    return false
  }
}

/// What a file's name says that its list does not:
/// `reserved-instances.123456789012.eu-west-1.json`.
struct FileNameHints {
  /// Twelve digits.
  var account: String?
  var region: String?

  init(_ name: String) {
    let words = name.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
    for word in words.flatMap({ [$0] + FileNameHints.tails(of: $0) }) {
      if word.count == 12, word.allSatisfy(\.isNumber) { account = account ?? word }
      if AWSRegions.isCode(word) { region = region ?? word }
    }
  }

  /// `us-east-1` of `reserved-us-east-1`: the last three and four parts.
  private static func tails(of word: String) -> [String] {
    let parts = word.split(separator: "-").map(String.init)
    return
      (parts.indices.flatMap { start in
        [1, 3, 4].compactMap { length in
          start + length <= parts.count
            ? parts[start..<start + length].joined(separator: "-") : nil
        }
      })
  }
}

extension Hour {
  /// The clock hour in which this is read.
  static var current: Hour {
    Hour(sinceEpoch: Int(Date().timeIntervalSince1970) / 3600)
  }
}
