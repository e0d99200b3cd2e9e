import CloudCosts

/// Puts the cells of one file together: hour series, day costs, totals by rule.
struct BillAccumulator {
  private struct CostKey: Hashable {
    var day: Int
    var subject: Int
    var chargeClass: ChargeClass
    var commitment: String
  }

  private struct CostSum {
    var quantity = 0.0
    var costs = ExactCosts()
    var rows = 0
  }

  struct TotalKey: Hashable, Comparable {
    var month: CalendarMonth
    var service: String
    var chargeClass: ChargeClass?
    var rule: String

    static func < (a: TotalKey, b: TotalKey) -> Bool {
      (a.month, a.service, a.chargeClass?.rawValue ?? "", a.rule)
        < (b.month, b.service, b.chargeClass?.rawValue ?? "", b.rule)
    }
  }

  private struct Hours {
    var hours: [Int] = []
    var quantities: [Double] = []
    var uncertain: [Double] = []
  }

  private var subjectNumbers: [ChargeSubject: Int] = [:]
  private var subjects: [ChargeSubject] = []
  private var keys = KeyTable()
  private var sums: [CostKey: CostSum] = [:]
  private(set) var totals: [TotalKey: (costs: ExactCosts, rows: Int)] = [:]
  private var hours: [UsageGroup: Hours] = [:]
  private(set) var currencies: [String: Int] = [:]
  private(set) var rows = 0
  private(set) var badRows = 0
  private(set) var corrections = 0
  private(set) var spreadRows = 0
  private(set) var coveredForNothing = 0
  private(set) var longest = 1

  /// The longest charge period that is spread over its hours: a year.
  static let longestSpan = 8784

  /// - Returns: whether the record is a cell.
  mutating func add(_ record: borrowing CSVReader) -> Bool {
    func exact(_ column: BillCell) -> Int128? {
      ExactNumber.trillionths(record[column.rawValue])
    }
    guard record.count == BillCell.bad.rawValue + 1,
      let n = record[BillCell.rows.rawValue].integer,
      let bad = record[BillCell.bad.rawValue].integer
    else { return false }
    rows += n
    badRows += bad
    guard let hour = record[BillCell.hour.rawValue].integer,
      let span = record[BillCell.span.rawValue].integer, let quantity = exact(.quantity),
      let certain = exact(.certain), let list = exact(.list), let contracted = exact(.contracted),
      let billed = exact(.billed), let effective = exact(.effective), let unused = exact(.unused)
    else { return bad > 0 }
    let currency = record[BillCell.currency.rawValue].text
    if !currency.isEmpty { currencies[currency, default: 0] += n }
    let parts = record[BillCell.classAndRule.rawValue].text.split(separator: "/")
    guard parts.count == 2, let chargeClass = ChargeClass(rawValue: String(parts[0])) else {
      return false
    }
    if record[BillCell.isCorrection.rawValue].integer == 1 { corrections += n }
    let subject = subject(of: record)
    let group = subjects[subject].group
    let amount = Double(quantity) / 1e12
    if let group, quantity != 0 {
      let spread = min(span, BillAccumulator.longestSpan)
      if spread > 1 {
        spreadRows += n
        longest = max(longest, spread)
      }
      let each = amount / Double(spread)
      let doubtful = spread > 1 ? (amount - Double(certain) / 1e12) / Double(spread) : 0
      for offset in 0..<spread {
        hours[group, default: Hours()].hours.append(hour + offset)
        hours[group]?.quantities.append(each)
        hours[group]?.uncertain.append(doubtful)
      }
    }
    let rule = rule(String(parts[1]), group: group)
    let commitment = record[BillCell.commitment.rawValue].text
    let day = Hour.day(of: hour)
    let costs = ExactCosts(
      list: list, contracted: contracted, billed: billed, effective: effective)
    if chargeClass == .covered, parts[1] == "usage", effective == 0, list > 0 {
      coveredForNothing += n
    }
    let key = CostKey(day: day, subject: subject, chargeClass: chargeClass, commitment: commitment)
    sums[key, default: CostSum()].costs += costs
    sums[key]?.quantity += amount
    sums[key]?.rows += n
    let month = Hour(sinceEpoch: hour).month
    let service = subjects[subject].service
    add(costs, n, TotalKey(month: month, service: service, chargeClass: chargeClass, rule: rule))
    if unused != 0 {
      // A fee of CUR is both: money paid (the purchase) and what of it nobody used.
      let costs = ExactCosts(effective: unused)
      let key = CostKey(day: day, subject: subject, chargeClass: .unused, commitment: commitment)
      sums[key, default: CostSum()].costs += costs
      add(
        costs, 0,
        TotalKey(
          month: month, service: service, chargeClass: .unused,
          rule: "set-aside.unused-commitment"))
    }
    return true
  }

  private mutating func add(_ costs: ExactCosts, _ rows: Int, _ key: TotalKey) {
    totals[key, default: (ExactCosts(), 0)].costs += costs
    totals[key]?.rows += rows
  }

  /// Usage is told apart by whether it counts in the hours.
  private func rule(_ rule: String, group: UsageGroup?) -> String {
    rule == "usage"
      ? (group == nil ? "set-aside.not-instance-hours" : "usage.instance-hours") : rule
  }

  private mutating func subject(of record: borrowing CSVReader) -> Int {
    keys.begin()
    for column in BillCell.provider.rawValue...BillCell.tenancy.rawValue {
      keys.append(record[column])
    }
    if let number = keys.lookup() { return number }
    func text(_ column: BillCell) -> String { record[column.rawValue].text }
    var subject = ChargeSubject(
      provider: text(.provider), account: text(.account), service: text(.service),
      region: text(.region))
    if !record[BillCell.instanceType.rawValue].isEmpty,
      let provider = Provider(rawValue: subject.provider)
    {
      subject.group = UsageGroup(
        account: subject.account,
        sku: SKU(
          provider: provider, region: subject.region, instanceType: text(.instanceType),
          operatingSystem: text(.operatingSystem), tenancy: text(.tenancy)))
    }
    let number = subjectNumbers[subject] ?? subjects.count
    if number == subjects.count {
      subjects.append(subject)
      subjectNumbers[subject] = number
    }
    keys.store(number)
    return number
  }
}

extension BillAccumulator {
  /// Dense series, in the order of their groups.
  func series() -> [HistorySeries] {
    hours.sorted { $0.key < $1.key }.compactMap { group, cells in
      guard let first = cells.hours.min(), let last = cells.hours.max() else { return nil }
      var quantities = [Double](repeating: 0, count: last - first + 1)
      let isSpread = cells.uncertain.contains { $0 != 0 }
      var uncertain = [Double](repeating: 0, count: isSpread ? quantities.count : 0)
      // In the order of their hours and sizes, so that sums do not depend on the engine's order.
      let order = cells.hours.indices.sorted {
        (cells.hours[$0], cells.quantities[$0]) < (cells.hours[$1], cells.quantities[$1])
      }
      for index in order {
        quantities[cells.hours[index] - first] += cells.quantities[index]
        if isSpread { uncertain[cells.hours[index] - first] += cells.uncertain[index] }
      }
      return HistorySeries(
        group: group, start: Hour(sinceEpoch: first), quantities: quantities, uncertain: uncertain)
    }
  }

  /// Day costs, each rounded so that sums by month, service and class are exact.
  func costs() -> [HistoryCost] {
    struct Carry: Hashable {
      var month: CalendarMonth
      var service: String
      var chargeClass: ChargeClass
    }
    let order = sums.sorted { a, b in
      (a.key.day, a.key.subject, a.key.chargeClass.rawValue, a.key.commitment)
        < (b.key.day, b.key.subject, b.key.chargeClass.rawValue, b.key.commitment)
    }
    var carried: [Carry: ExactCosts] = [:]
    return order.map { key, sum in
      let subject = subjects[key.subject]
      let carry = Carry(
        month: Hour(sinceEpoch: key.day * 24).month, service: subject.service,
        chargeClass: key.chargeClass)
      var exact = sum.costs
      exact += carried[carry] ?? ExactCosts()
      carried[carry] = exact - exact.afterRounding
      let money = exact.rounded()
      return HistoryCost(
        day: key.day, subject: subject, chargeClass: key.chargeClass, commitment: key.commitment,
        quantity: sum.quantity, list: money.list, contracted: money.contracted,
        billed: money.billed, effective: money.effective, rows: sum.rows)
    }
  }
}

extension HistoryTotal {
  init(_ key: BillAccumulator.TotalKey, _ sum: (costs: ExactCosts, rows: Int)) {
    let money = sum.costs.rounded()
    self.init(
      month: key.month, service: key.service, chargeClass: key.chargeClass, rule: key.rule,
      rows: sum.rows, list: money.list, contracted: money.contracted, billed: money.billed,
      effective: money.effective)
  }
}

extension Hour {
  /// Days since 1970-01-01.
  static func day(of hour: Int) -> Int { hour >= 0 ? hour / 24 : (hour - 23) / 24 }
}
