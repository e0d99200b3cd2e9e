import CloudCosts
import Foundation

/// What `BillSQL.commitments` brings home, in this order: id, seller, account, first and last hour,
/// region, the facts.
enum BillCommitment {
  enum Fact: String, CaseIterable {
    case name, type, category
    case usage_type, operation, offering, offering_class, payment, term, family, plan_region, zone
    /// The machine that a reservation is for, where its usage type does not say it.
    case instance_type
    case start_hour, end_hour, rate
    /// GiB in an hour, where `rate` is vCPUs.
    case memory

    var isNumber: Bool { [.start_hour, .end_hour, .rate, .memory].contains(self) }
  }

  private static let given = 6

  /// Nil where the record is none.
  ///
  /// - Parameter periods: a start or an end outside of them counts as not known.
  static func read(
    _ record: borrowing CSVReader, _ periods: BillPeriods
  ) -> HistoryCommitment? {
    guard record.count == given + Fact.allCases.count, let first = record[3].integer,
      let last = record[4].integer
    else { return nil }
    var texts: [Fact: String] = [:]
    for (index, fact) in Fact.allCases.enumerated() { texts[fact] = record[given + index].text }
    func text(_ fact: Fact) -> String { texts[fact] ?? "" }
    var machine = BillWords { _ in "" }
    machine[.seller] = record[1].text
    machine[.region] = record[5].text
    machine[.usageType] = text(.usage_type)
    machine[.operation] = text(.operation)
    var entry = HistoryCommitment(
      id: record[0].text, provider: machine.providerName, account: record[2].text,
      seen: HourWindow(start: Hour(sinceEpoch: first), hours: last - first + 1))
    entry.name = text(.name)
    entry.type = text(.type)
    // Google's view writes small letters.
    entry.category = text(.category).capitalized
    entry.account = AccountName.of(entry.account, Provider(rawValue: entry.provider))
    let arn = ARN(entry.id)
    if let arn, !arn.account.isEmpty { entry.account = arn.account }
    let words = Words(usageType: text(.usage_type))
    entry.product =
      Product(title: entry.type, Provider(rawValue: entry.provider))
      ?? product(entry, text(.offering), text(.offering_class), words, arn?.service)
    entry.term = term(text(.term)) ?? words.term
    entry.payment = AWSTerms.payment(text(.payment)) ?? words.payment
    (entry.start, entry.end) = periods.term(
      from: Int(text(.start_hour)).map(Hour.init(sinceEpoch:)),
      to: Int(text(.end_hour)).map(Hour.init(sinceEpoch:)))
    entry.complete()
    if entry.product?.scope == .family {
      entry.instanceType = text(.family).isEmpty ? words.family : text(.family)
      entry.region = AWSRegions.code(named: text(.plan_region)) ?? text(.plan_region)
    } else if entry.category == "Usage" {
      entry.region = arn?.region ?? machine.place
      entry.zone = text(.zone)
      machine[.region] = entry.region
      machine[.meterService] = arn?.service?.billName ?? ""
      if !text(.instance_type).isEmpty {
        entry.instanceType = text(.instance_type)
        entry.region = AzureRegions.code(named: text(.plan_region))
      }
      if let sku = AWSMeter.reserved(machine) {
        entry.instanceType = sku.instanceType
        entry.operatingSystem = sku.operatingSystem
        entry.tenancy = sku.tenancy
      }
    }
    if let rate = Double(text(.rate)), rate > 0, rate / 1e6 <= BillPeriods.largest {
      if entry.category == "Spend" {
        entry.hourlyCommitment = rate / 1e6
      } else {
        entry.quantity = rate / 1e6
      }
    }
    if entry.product == .gcpResourceCUD {
      entry.countMachines(
        meter: text(.usage_type), memory: Double(text(.memory)).map { $0 / 1e6 })
    }
    return entry
  }

  private static func product(
    _ entry: HistoryCommitment, _ offering: String, _ offeringClass: String, _ words: Words,
    _ service: Service?
  ) -> Product? {
    let isSpend = entry.category == "Spend"
    switch Provider(rawValue: entry.provider) {
    case .aws where isSpend:
      return Product(word: offering) ?? words.product
    case .aws: return reservation(offeringClass, service)
    case .azure: return .covering(.machines(of: .azure), money: isSpend)
    case .gcp where isSpend: return googlePlan(words.text)
    case .gcp: return .covering(.machines(of: .gcp), money: false)
    case nil: return nil
    }
  }

  /// Of EC2, no one knows without a class whether it can be exchanged; other services sell one
  /// kind.
  private static func reservation(_ offeringClass: String, _ service: Service?) -> Product? {
    if let service, service != .machines(of: .aws) { return .covering(service, money: false) }
    return offeringClass.isEmpty ? nil : AWSTerms.offeringClass(offeringClass)
  }

  /// `1yr`, seconds, or Azure's months.
  private static func term(_ text: String) -> Term? {
    switch text {
    case "12", "12.0": .oneYear
    case "36", "36.0": .threeYears
    case "31536000": .oneYear
    case "94608000": .threeYears
    default: AWSTerms.term(text) ?? AzureTerms.term(text)
    }
  }

  /// What a savings plan's usage type says: `USE1-EC2SP:m5.1yrNoUpfront`,
  /// `ComputeSP:3yrAllUpfront`.
  private struct Words {
    var text: String
    var product: Product?
    var family = ""
    var term: Term?
    var payment: PaymentOption?

    init(usageType: String) {
      text = usageType
      let parts = usageType.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return }
      product = parts[0].split(separator: "-").last.flatMap { Product(word: String($0)) }
      guard product != nil else { return }
      let words = parts[1].split(separator: ".").map(String.init)
      if words.count == 2 { family = words[0] }
      guard let terms = words.last else { return }
      term = AWSTerms.term(String(terms.prefix(3)))
      payment = AWSTerms.payment(String(terms.dropFirst(3)))
    }
  }

  /// `arn:aws:ec2:us-east-1:123456789012:reserved-instances/…`
  private struct ARN {
    var service: Service?
    var region: String
    var account: String

    init?(_ text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count >= 6, parts[0] == "arn" else { return nil }
      // OpenSearch kept its old name; MemoryDB and Redshift are themselves.
      service = Service(named: parts[2] == "es" ? "opensearch" : parts[2])
      region = parts[3]
      account = parts[4]
    }
  }

  /// Plans of which no row states what is committed to in an hour: what their used and unused parts
  /// cost together, a day's 24th. Of the days that the file has in full, the one in the middle.
  static func completed(
    _ commitments: [HistoryCommitment], from costs: [HistoryCost]
  ) -> [HistoryCommitment] {
    let open = Set(
      commitments.filter { $0.category == "Spend" && $0.hourlyCommitment == nil }.map(\.id))
    guard !open.isEmpty else { return commitments }
    var days: [String: [Int: Money]] = [:]
    for cost in costs where open.contains(cost.commitment) {
      guard cost.chargeClass == .covered || cost.chargeClass == .unused else { continue }
      days[cost.commitment, default: [:]][cost.day, default: .zero] += cost.effective
    }
    return commitments.map { entry in
      var entry = entry
      guard var sums = days[entry.id] else { return entry }
      if sums.count > 2, let first = sums.keys.min(), let last = sums.keys.max() {
        sums[first] = nil
        sums[last] = nil
      }
      let sorted = sums.values.sorted()
      let middle = sorted[sorted.count / 2]
      let hours = min(24, entry.seen.hours)
      if middle > .zero { entry.hourlyCommitment = middle.value / Double(hours) }
      return entry
    }
  }
}

extension HistoryCommitment {
  /// Start, end and term: any two give the third.
  mutating func complete() {
    if let start, let end, term == nil {
      term = [Term.oneYear, .threeYears].first { abs(end - start - $0.hours) <= 48 }
    }
    if let term, let start, end == nil { end = start + term.hours }
    if let term, let end, start == nil { start = end + -term.hours }
  }
}
