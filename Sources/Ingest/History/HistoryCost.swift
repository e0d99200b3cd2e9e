import CloudCosts

/// Who and what a charge is for.
package struct ChargeSubject: Hashable, Sendable {
  /// `aws`, `azure`, `gcp`, or another provider's name in lower case.
  package var provider: String
  /// The account (subscription, project) that used it; empty where the bill does not tell.
  package var account: String
  /// As the bill calls it: `Amazon Elastic Compute Cloud`.
  package var service: String
  package var region: String
  /// The usage group; nil for everything but instance-hours.
  package var group: UsageGroup?
  /// What else commitments can cover, by the meter's name: `Fargate`, `ElastiCache`; empty for
  /// all else.
  package var meter = ""
  /// The tags that the import was asked to keep.
  package var tags: [String: String]

  package init(
    provider: String, account: String, service: String, region: String, group: UsageGroup? = nil,
    tags: [String: String] = [:]
  ) {
    self.provider = provider
    self.account = account
    self.service = service
    self.region = region
    self.group = group
    self.tags = tags
  }
}

extension ChargeSubject {
  /// The kind of usage that commitments can cover, in words; nil where none can.
  package var coverable: String? {
    group.map(\.sku.service.title) ?? (meter.isEmpty ? nil : meter)
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
}
