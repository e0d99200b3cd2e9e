import CloudCosts

/// Who and what a charge is for.
///
/// All copies of one share what they hold: a bill's costs, and tables by subject, name the same one
/// day by day.
package struct ChargeSubject: Hashable, Sendable {
  private var shared: Shared

  private struct Facts: Hashable, Sendable {
    var provider: String
    var account: String
    var service: String
    var region: String
    var group: UsageGroup?
    var meter = ""
    var tags: [String: String]
  }

  private final class Shared: Sendable {
    let facts: Facts
    let hash: Int

    init(_ facts: Facts) {
      self.facts = facts
      hash = facts.hashValue
    }
  }

  package init(
    provider: String, account: String, service: String, region: String, group: UsageGroup? = nil,
    meter: String = "", tags: [String: String] = [:]
  ) {
    shared = Shared(
      Facts(
        provider: provider, account: account, service: service, region: region, group: group,
        meter: meter, tags: tags))
  }

  /// `aws`, `azure`, `gcp`, or another provider's name in lower case.
  package var provider: String { shared.facts.provider }

  /// The account (subscription, project) that used it; empty where the bill does not tell.
  package var account: String { shared.facts.account }

  /// As the bill calls it: `Amazon Elastic Compute Cloud`.
  package var service: String { shared.facts.service }

  package var region: String {
    get { shared.facts.region }
    set { change { $0.region = newValue } }
  }

  /// The usage group; nil for everything but instance-hours.
  package var group: UsageGroup? {
    get { shared.facts.group }
    set { change { $0.group = newValue } }
  }

  /// What else commitments can cover, by the meter's name: `Fargate`, `ElastiCache`; empty for
  /// all else.
  package var meter: String {
    get { shared.facts.meter }
    set { change { $0.meter = newValue } }
  }

  /// The tags that the import was asked to keep.
  package var tags: [String: String] {
    get { shared.facts.tags }
    set { change { $0.tags = newValue } }
  }

  private mutating func change(_ body: (inout Facts) -> Void) {
    var facts = shared.facts
    body(&facts)
    shared = Shared(facts)
  }

  package static func == (a: ChargeSubject, b: ChargeSubject) -> Bool {
    a.shared === b.shared
      || a.shared.hash == b.shared.hash && a.shared.facts == b.shared.facts
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(shared.hash) }
}

extension ChargeSubject {
  /// The kind of usage that commitments can cover, in words; nil where none can.
  package var coverable: String? {
    if let sku = group?.sku { return sku.isCoverable ? sku.service.title : nil }
    return meter.isEmpty ? nil : meter
  }
}

/// What the rows of one day, subject and class charge together.
///
/// The four costs have FOCUS's meanings. Each is rounded so that the sums by file, month, service
/// and class are exact to a millionth: what a cell's rounding leaves over goes into the next cell.
package struct HistoryCost: Hashable, Sendable {
  /// Days since 1970-01-01 (UTC) of the charge period's start.
  package var day: Int
  package var subject: ChargeSubject
  package var chargeClass: ChargeClass
  /// The commitment that covers it, was not used, or was bought; empty for none.
  package var commitment: String
  /// Instance-hours where the subject has a group, else 0.
  package var quantity: Double
  package var list: Money
  package var contracted: Money
  package var billed: Money
  package var effective: Money
  /// Rows of the bill.
  package var rows: Int

  package init(
    day: Int, subject: ChargeSubject, chargeClass: ChargeClass, commitment: String = "",
    quantity: Double = 0, list: Money, contracted: Money, billed: Money, effective: Money,
    rows: Int
  ) {
    self.day = day
    self.subject = subject
    self.chargeClass = chargeClass
    self.commitment = commitment
    self.quantity = quantity
    self.list = list
    self.contracted = contracted
    self.billed = billed
    self.effective = effective
    self.rows = rows
  }

  /// Adds another part of the same: of what a machine costs, its memory.
  mutating func add(_ other: HistoryCost) {
    quantity += other.quantity
    list += other.list
    contracted += other.contracted
    billed += other.billed
    effective += other.effective
    rows &+= other.rows
  }
}
