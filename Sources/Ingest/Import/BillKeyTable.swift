import CloudCosts

/// What the rows of a bill are: an entry for each set of texts that tells them apart.
struct BillKeyTable {
  struct Entry: Hashable {
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
    /// Whether a machine costs nothing because the host that it runs on is charged for.
    var isHosted = false
    /// Whether `isUnnamed` is only one reading: where there are hosts, it runs on one.
    var mayBeHosted = false
  }

  /// Where an id's subject and entry are; few entries differ, and there may be millions of ids.
  private struct Place {
    var subject: Int32
    var kind: Int32
  }

  /// A host and its machines are of one subscription and region.
  private struct HostPlace: Hashable {
    var account: String
    var region: String

    init(_ subject: ChargeSubject) { (account, region) = (subject.account, subject.region) }
  }

  /// What tells which texts were there already; needed while records are added.
  private struct Known {
    var subjects: [ChargeSubject: Int32] = [:]
    var kinds: [Entry: Int32] = [:]
    var keys: Set<String> = []
    var skus: Set<SKU> = []
    var names: Set<String> = []
  }

  private(set) var subjects: [ChargeSubject] = []
  private var kinds: [Entry] = []
  private var places: [Int: Place] = [:]
  /// Where Dedicated Hosts are charged for.
  private var hosts: Set<HostPlace> = []
  private var known = Known()
  private let format: any BillFormat
  private let tags: [String]

  /// - Parameter tags: in the order of the records' last fields.
  init(_ format: any BillFormat, tags: [String] = []) {
    self.format = format
    self.tags = tags
  }

  /// The place of each subject in an order that depends on nothing but what they are.
  var ranks: [Int] {
    var ranks = [Int](repeating: 0, count: subjects.count)
    let order = subjects.indices.sorted { subjects[$0].goesBefore(subjects[$1]) }
    for (rank, subject) in order.enumerated() { ranks[subject] = rank }
    return ranks
  }

  /// What the rows of an id are, and the place of their subject; nil for an id that no record has.
  func entry(_ id: Int) -> (entry: Entry, subject: Int)? {
    places[id].map { (kinds[Int($0.kind)], Int($0.subject)) }
  }

  /// - Returns: whether the record is a key, and one that no other record has.
  mutating func add(_ record: borrowing CSVReader) -> Bool {
    let first = BillKey.allCases.count
    guard record.count == first + BillWord.allCases.count + tags.count,
      let id = record[BillKey.id.rawValue].integer,
      known.keys.insert(record[BillKey.key.rawValue].text).inserted, places[id] == nil
    else { return false }
    var texts: [BillWord: String] = [:]
    for (index, word) in BillWord.allCases.enumerated() { texts[word] = record[first + index].text }
    let words = BillWords { texts[$0] ?? "" }
    var entry = Entry(words, format.charge(words), pool: format.pool(words))
    var subject = ChargeSubject(
      provider: once(words.providerName), account: words.owner, service: once(words[.service]),
      region: once(words.place))
    if entry.isUsage { entry.read(words, machine: record[BillKey.machine.rawValue].text, &subject) }
    if entry.isUsage, subject.meter == AzureMeter.host { hosts.insert(HostPlace(subject)) }
    if var group = subject.group {
      group.sku = known.skus.insert(group.sku).memberAfterInsert
      subject.group = group
      subject.region = group.sku.region
    }
    for (index, tag) in tags.enumerated() {
      let value = record[first + BillWord.allCases.count + index].text
      if !value.isEmpty { subject.tags[tag] = value }
    }
    places[id] = Place(
      subject: Self.number(of: subject, &known.subjects, &subjects),
      kind: Self.number(of: entry, &known.kinds, &kinds))
    return true
  }

  /// Once all records are added: knows where hosts are, and lets go of what only adding needs.
  mutating func finish() {
    for id in places.keys.sorted() where !hosts.isEmpty { placeOnHost(id) }
    known = Known()
  }

  /// A machine that costs nothing next to a host runs on it: it is neither owned nor demand.
  private mutating func placeOnHost(_ id: Int) {
    guard let (entry, place) = entry(id), entry.mayBeHosted, entry.isUnnamed,
      hosts.contains(HostPlace(subjects[place]))
    else { return }
    var subject = subjects[place]
    subject.group = nil
    places[id] = Place(
      subject: Self.number(of: subject, &known.subjects, &subjects),
      kind: Self.number(of: entry.hosted, &known.kinds, &kinds))
  }

  /// One copy of a text that many records have.
  private mutating func once(_ text: String) -> String {
    known.names.insert(text).memberAfterInsert
  }

  private static func number<Value: Hashable>(
    of value: Value, _ numbers: inout [Value: Int32], _ values: inout [Value]
  ) -> Int32 {
    if let number = numbers[value] { return number }
    let number = Int32(clamping: values.count)
    values.append(value)
    numbers[value] = number
    return number
  }
}

extension ChargeSubject {
  /// An order by what they are, field by field.
  fileprivate func goesBefore(_ other: ChargeSubject) -> Bool {
    let (mine, theirs) = (
      (provider, account, service, region),
      (other.provider, other.account, other.service, other.region)
    )
    guard mine == theirs else { return mine < theirs }
    func sku(_ subject: ChargeSubject) -> String { subject.group.map { "\($0.sku)" } ?? "" }
    func rest(_ subject: ChargeSubject) -> (String, String, String) {
      (sku(subject), subject.meter, HistoryRows.text(of: subject.tags))
    }
    return rest(self) < rest(other)
  }
}

extension BillKeyTable.Entry {
  fileprivate init(_ words: BillWords, _ charge: BillCharge, pool: String) {
    self.init(
      currency: words[.currency], chargeClass: charge.chargeClass, rule: charge.rule,
      isUsage: charge.isUsage, commitment: words[.commitment],
      isCorrection: words.lower(.correction) == "correction", pool: pool, unitsPerHour: 1)
  }

  /// The same, on a host.
  fileprivate var hosted: Self {
    var entry = self
    (entry.chargeClass, entry.rule) = (.onDemand, HostedUsage.rule)
    (entry.isHosted, entry.isUnnamed, entry.mayBeHosted) = (true, false, false)
    return entry
  }

  /// What a row of usage is, and whose.
  fileprivate mutating func read(
    _ words: BillWords, machine: String, _ subject: inout ChargeSubject
  ) {
    switch BilledUsage(words, machine: machine) {
    case .machine(_, let units) where words[.uncharged] == "free":
      (rule, isFree, unitsPerHour) = ("set-aside.free", true, units)
    case .part where words[.uncharged] == "free": rule = "set-aside.free"
    case .machine(let sku, let units)
    where words[.uncharged] == "priced" && sku.service == .machines(of: .azure):
      unitsPerHour = units
      self = hosted
    case .machine(let sku, let units):
      // Of two readings that which buys nothing twice: it is owned.
      if words[.uncharged] == "1", commitment.isEmpty {
        (chargeClass, isUnnamed) = (.covered, true)
        mayBeHosted = sku.service == .machines(of: .azure) && words[.pricing].isEmpty
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
