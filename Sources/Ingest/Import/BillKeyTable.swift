import CloudCosts

/// What the rows of a bill are: an entry for each set of texts that tells them apart.
struct BillKeyTable {
  struct Entry {
    /// Among `subjects`.
    var subject: Int
    var currency: String
    /// Nil: a refund or other, by its sum.
    var chargeClass: ChargeClass?
    var rule: String
    /// Whether its rows count as usage; in hours where the subject has a group.
    var isUsage: Bool
    var commitment: String
    var isCorrection: Bool
    /// Units of the quantity in an hour of an instance.
    var divisor: Int
  }

  private(set) var subjects: [ChargeSubject] = []
  private(set) var entries: [Int: Entry] = [:]
  private var numbers: [ChargeSubject: Int] = [:]
  private var keys = Set<String>()
  private let tags: [String]

  /// - Parameter tags: in the order of the records' last fields.
  init(tags: [String] = []) { self.tags = tags }

  /// The place of each subject in an order that depends on nothing but what they are.
  var ranks: [Int] {
    func text(_ subject: ChargeSubject) -> [String] {
      [
        subject.provider, subject.account, subject.service, subject.region,
        subject.group.map { "\($0.sku)" } ?? "", HistoryRows.text(of: subject.tags),
      ]
    }
    let texts = subjects.map(text)
    var ranks = [Int](repeating: 0, count: subjects.count)
    let order = subjects.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
    for (rank, subject) in order.enumerated() { ranks[subject] = rank }
    return ranks
  }

  /// - Returns: whether the record is a key, and one that no other record has.
  mutating func add(_ record: borrowing CSVReader) -> Bool {
    func text(_ column: BillKey) -> String { record[column.rawValue].text }
    let parts = text(.classAndRule).split(separator: "/")
    guard record.count == BillKey.allCases.count - 1 + tags.count,
      let id = record[BillKey.id.rawValue].integer,
      let divisor = record[BillKey.divisor.rawValue].integer, parts.count == 2,
      keys.insert(text(.key)).inserted, entries[id] == nil
    else { return false }
    let chargeClass = ChargeClass(rawValue: String(parts[0]))
    guard chargeClass != nil || parts[0] == "adjustment" else { return false }
    var subject = ChargeSubject(
      provider: text(.provider), account: text(.account), service: text(.service),
      region: text(.region))
    if !record[BillKey.instanceType.rawValue].isEmpty,
      let provider = Provider(rawValue: subject.provider)
    {
      subject.group = UsageGroup(
        account: subject.account,
        sku: SKU(
          provider: provider, region: subject.region, instanceType: text(.instanceType),
          operatingSystem: text(.operatingSystem), tenancy: text(.tenancy), zone: text(.zone)))
    }
    for (index, tag) in tags.enumerated() {
      let value = record[BillKey.tags.rawValue + index].text
      if !value.isEmpty { subject.tags[tag] = value }
    }
    let number = numbers[subject] ?? subjects.count
    if number == subjects.count {
      subjects.append(subject)
      numbers[subject] = number
    }
    let isUsage = parts[1] == "usage"
    let rule =
      isUsage
      ? (subject.group == nil ? "set-aside.not-instance-hours" : "usage.instance-hours")
      : String(parts[1])
    entries[id] = Entry(
      subject: number, currency: text(.currency), chargeClass: chargeClass, rule: rule,
      isUsage: isUsage, commitment: text(.commitment),
      isCorrection: record[BillKey.isCorrection.rawValue].integer == 1, divisor: max(1, divisor))
    return true
  }
}
