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
    /// Empty where fees say themselves what they paid for.
    var pool: String
    /// Units of the quantity in an hour of an instance.
    var unitsPerHour: Double
    /// Whether a commitment that its rows do not name paid for a machine.
    var isUnnamed = false
    /// Whether a machine costs nothing because the provider gives it away.
    var isFree = false
  }

  private(set) var subjects: [ChargeSubject] = []
  private(set) var entries: [Int: Entry] = [:]
  private var numbers: [ChargeSubject: Int] = [:]
  private var keys = Set<String>()
  private let format: any BillFormat
  private let tags: [String]

  /// - Parameter tags: in the order of the records' last fields.
  init(_ format: any BillFormat, tags: [String] = []) {
    self.format = format
    self.tags = tags
  }

  /// The place of each subject in an order that depends on nothing but what they are.
  var ranks: [Int] {
    func text(_ subject: ChargeSubject) -> [String] {
      [
        subject.provider, subject.account, subject.service, subject.region,
        subject.group.map { "\($0.sku)" } ?? "", subject.meter, HistoryRows.text(of: subject.tags),
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
    let first = BillKey.allCases.count
    guard record.count == first + BillWord.allCases.count + tags.count,
      let id = record[BillKey.id.rawValue].integer,
      keys.insert(record[BillKey.key.rawValue].text).inserted, entries[id] == nil
    else { return false }
    var texts: [BillWord: String] = [:]
    for (index, word) in BillWord.allCases.enumerated() { texts[word] = record[first + index].text }
    let words = BillWords { texts[$0] ?? "" }
    var entry = Entry(words, format.charge(words), pool: format.pool(words))
    var subject = ChargeSubject(
      provider: words.providerName, account: words.owner, service: words[.service],
      region: words.place)
    if entry.isUsage { entry.read(words, machine: record[BillKey.machine.rawValue].text, &subject) }
    for (index, tag) in tags.enumerated() {
      let value = record[first + BillWord.allCases.count + index].text
      if !value.isEmpty { subject.tags[tag] = value }
    }
    entry.subject = number(of: subject)
    entries[id] = entry
    return true
  }

  private mutating func number(of subject: ChargeSubject) -> Int {
    if let number = numbers[subject] { return number }
    subjects.append(subject)
    numbers[subject] = subjects.count - 1
    return subjects.count - 1
  }
}

extension BillKeyTable.Entry {
  fileprivate init(_ words: BillWords, _ charge: BillCharge, pool: String) {
    self.init(
      subject: 0, currency: words[.currency], chargeClass: charge.chargeClass, rule: charge.rule,
      isUsage: charge.isUsage, commitment: words[.commitment],
      isCorrection: words.lower(.correction) == "correction", pool: pool, unitsPerHour: 1)
  }

  /// What a row of usage is, and whose.
  fileprivate mutating func read(
    _ words: BillWords, machine: String, _ subject: inout ChargeSubject
  ) {
    switch BilledUsage(words, machine: machine) {
    case .machine(_, let units) where words[.uncharged] == "free":
      (rule, isFree, unitsPerHour) = ("set-aside.free", true, units)
    case .part where words[.uncharged] == "free": rule = "set-aside.free"
    case .machine(let sku, let units):
      // Of two readings that which buys nothing twice: it is owned.
      if words[.uncharged] == "1", commitment.isEmpty {
        (chargeClass, isUnnamed) = (.covered, true)
      }
      rule = "usage.instance-hours"
      unitsPerHour = units
      subject.region = sku.region
      subject.group = UsageGroup(account: subject.account, sku: sku)
    case .part(let sku):
      rule = "usage.machine-part"
      subject.region = sku.region
      subject.group = UsageGroup(account: subject.account, sku: sku)
    case .spot:
      (chargeClass, rule, isUsage) = (.spot, "set-aside.spot", false)
    case .coverable(let meter):
      rule = "set-aside.coverable"
      subject.meter = meter
    case .aside(let name): rule = "set-aside.\(name)"
    }
  }
}
