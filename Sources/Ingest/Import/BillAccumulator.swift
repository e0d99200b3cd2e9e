import CloudCosts

/// Puts the cells of one file together: hour series, day costs, totals by rule.
struct BillAccumulator {
  struct CostKey: Hashable {
    var day: Int32
    /// Among the subjects of the key table.
    var subject: Int32
    var commitment: String
    /// Of the quantity's sum, so that sums are exact.
    var unitsPerHour: Double
    var chargeClass: ChargeClass

    /// Whether only what their quantities count may differ.
    func isSame(as other: CostKey) -> Bool {
      day == other.day && subject == other.subject && commitment == other.commitment
        && chargeClass == other.chargeClass
    }
  }

  struct CostSum {
    /// Trillionths.
    var quantity: Int128 = 0
    var costs = ExactCosts()
    var rows = 0

    mutating func add(_ costs: ExactCosts, _ quantity: Int128, _ rows: Int) {
      self.costs += costs
      self.quantity += quantity
      self.rows += rows
    }
  }

  /// Sums by their keys. The table has their places alone: half of it is empty, and a sum is large.
  struct CostSums {
    private var places: [CostKey: Int32] = [:]
    private(set) var all: [(key: CostKey, sum: CostSum)] = []

    mutating func add(
      _ costs: ExactCosts, _ quantity: Int128 = 0, rows: Int = 0, to key: CostKey
    ) {
      let place = places[key] ?? Int32(clamping: all.count)
      if Int(place) == all.count {
        places[key] = place
        all.append((key, CostSum()))
      }
      all[Int(place)].sum.add(costs, quantity, rows)
    }
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
    private struct Cell {
      var hour: Int
      var quantity: Double
      var uncertain: Double
    }

    private var cells: [Cell] = []

    mutating func add(_ quantity: Double, _ doubtful: Double, from hour: Int, _ count: Int) {
      for offset in 0..<count {
        cells.append(Cell(hour: hour + offset, quantity: quantity, uncertain: doubtful))
      }
    }

    /// One number for each hour from the first to the last.
    var dense: (first: Int, quantities: [Double], uncertain: [Double])? {
      guard let first = cells.lazy.map(\.hour).min(), let last = cells.lazy.map(\.hour).max()
      else { return nil }
      var sums = [Double](repeating: 0, count: last - first + 1)
      let isSpread = cells.contains { $0.uncertain != 0 }
      var doubtful = [Double](repeating: 0, count: isSpread ? sums.count : 0)
      // In the order of their hours and sizes, so that sums do not depend on the engine's order.
      for cell in cells.sorted(by: { ($0.hour, $0.quantity) < ($1.hour, $1.quantity) }) {
        sums[cell.hour - first] += cell.quantity
        if isSpread { doubtful[cell.hour - first] += cell.uncertain }
      }
      return (first, sums, doubtful)
    }
  }

  private let keys: BillKeyTable
  /// Who is charged, as the bill names it.
  var accounts: Set<String> { Set(keys.subjects.map(\.account)) }
  var sums = CostSums()
  var totals: [TotalKey: (costs: ExactCosts, rows: Int)] = [:]
  private var hours: [UsageGroup: Hours] = [:]
  /// Whose commitments and usage only together say what no one used.
  var pools: [CommitmentPool.Key: CommitmentPool] = [:]
  /// What commitments spent on usage of no group, by the hour.
  private var elsewhere: [String: Hours] = [:]
  private(set) var currencies: [String: Int] = [:]
  private(set) var rows = 0
  private(set) var badRows = 0
  private(set) var corrections = 0
  private(set) var spreadRows = 0
  private(set) var coveredForNothing = 0
  private(set) var unnamed = UnnamedCover()
  private(set) var free = FreeUsage()
  private(set) var hosted = HostedUsage()
  private(set) var months = MonthsNextToDays()
  private(set) var longest = 1
  /// Rows that are set aside.
  var flaws = BillRowFlaws()

  init(_ keys: BillKeyTable) { self.keys = keys }

  /// - Returns: whether the record is a cell.
  mutating func add(_ record: borrowing CSVReader) -> Bool {
    func exact(_ column: BillCell) -> Int128? { record[column.rawValue].trillionths }
    guard record.count == BillCell.allCases.count,
      let id = record[BillCell.id.rawValue].integer, let (entry, place) = keys.entry(id),
      let n = record[BillCell.rows.rawValue].integer,
      let bad = record[BillCell.bad.rawValue].integer,
      let aside = record[BillCell.aside.rawValue].integer
    else { return false }
    rows += n
    badRows += bad
    guard let hour = record[BillCell.hour.rawValue].integer, hour >= 0,
      let span = record[BillCell.span.rawValue].integer, let quantity = exact(.quantity),
      let doubtful = exact(.doubtful), let list = exact(.list), let contracted = exact(.contracted),
      let billed = exact(.billed), let effective = exact(.effective), let unused = exact(.unused),
      let covered = exact(.covered), let credit = exact(.credit), let units = exact(.units)
    else {
      if bad == 0 { badRows += n }
      return true
    }
    if !entry.currency.isEmpty { currencies[entry.currency, default: 0] += n }
    let costs = ExactCosts(
      list: list, contracted: contracted, billed: billed, effective: effective)
    if let flaw = BillRowFlaw(rawValue: aside) {
      flaws.add(n, costs, of: flaw)
      guard !flaw.isLeftOut else { return true }
      setAside(costs, unused, credit, n, entry, place, hour)
      return true
    }
    let chargeClass = entry.chargeClass ?? (billed < 0 ? .refund : .other)
    if entry.isCorrection { corrections += n }
    let subject = keys.subjects[place]
    let amount = Double(quantity) / 1e12 / entry.unitsPerHour
    if let group = subject.group, quantity != 0 {
      let spread = max(1, span)
      if spread > 1 {
        spreadRows += n
        longest = max(longest, spread)
        months.add(group, from: hour, spread, amount: amount, billed: billed)
      }
      hours[group, default: Hours()].add(
        amount / Double(spread),
        spread > 1 ? Double(doubtful) / 1e12 / entry.unitsPerHour / Double(spread) : 0,
        from: hour, spread)
    }
    if subject.group == nil, chargeClass == .covered, entry.isUsage, !entry.commitment.isEmpty,
      effective != 0
    {
      let spread = max(1, span)
      elsewhere[entry.commitment, default: Hours()].add(
        Double(effective) / 1e12 / Double(spread), 0, from: hour, spread)
    }
    if entry.isFree {
      free.usage.add(rows: n, hours: amount, list: Money(rounding: Double(list) / 1e12))
    } else if entry.isHosted {
      hosted.usage.add(rows: n, hours: amount, list: Money(rounding: Double(list) / 1e12))
    } else if entry.isUnnamed {
      unnamed.usage.add(rows: n, hours: amount, list: Money(rounding: Double(list) / 1e12))
    } else if chargeClass == .covered, entry.isUsage, effective == 0, list > 0 {
      coveredForNothing += n
    }
    var own = Part(
      chargeClass: chargeClass, rule: entry.rule,
      costs: costs,
      quantity: subject.group == nil ? 0 : quantity)
    if covered != 0 { book(own.split(covered: covered), 0, entry, place, hour) }
    let booked = book(own, n, entry, place, hour)
    if units != 0, !entry.pool.isEmpty {
      pools[CommitmentPool.Key(day: hour / 24, name: entry.pool), default: CommitmentPool()]
        .add(units, isFee: !entry.isUsage, booked, own.costs)
    }
    // A fee of CUR is both: money paid (the purchase) and what of it no one used.
    if unused != 0 {
      book(
        Part(
          chargeClass: .unused, rule: "set-aside.unused-commitment",
          costs: ExactCosts(effective: unused)), 0, entry, place, hour)
    }
    if credit != 0 {
      book(
        Part(
          chargeClass: .credit, rule: "set-aside.credit",
          costs: ExactCosts(billed: credit, effective: credit)), 0, entry, place, hour)
    }
    return true
  }

  /// Keeps the money of rows whose period cannot be, and nothing else of them.
  private mutating func setAside(
    _ costs: ExactCosts, _ unused: Int128, _ credit: Int128, _ rows: Int,
    _ entry: BillKeyTable.Entry, _ place: Int, _ hour: Int
  ) {
    var costs = costs
    costs += ExactCosts(billed: credit, effective: unused + credit)
    book(
      Part(chargeClass: .other, rule: BillRowFlaw.keptRule, costs: costs), rows, entry, place,
      hour)
  }

  /// What of a row's sum is charged for in one way.
  private struct Part {
    var chargeClass: ChargeClass
    var rule: String
    var costs: ExactCosts
    /// Of instances.
    var quantity: Int128 = 0

    /// Takes off what commitments cover, by its share of the contracted cost.
    mutating func split(covered: Int128) -> Part {
      let share = min(1, max(0, Double(covered) / Double(max(1, costs.contracted))))
      func taken(_ amount: Int128) -> Int128 {
        share == 1 ? amount : Int128((Double(amount) * share).rounded())
      }
      let part = Part(
        chargeClass: .covered, rule: rule,
        costs: ExactCosts(list: taken(costs.list), contracted: taken(costs.contracted)),
        quantity: taken(quantity))
      costs = costs - part.costs
      quantity -= part.quantity
      return part
    }
  }

  @discardableResult
  private mutating func book(
    _ part: Part, _ rows: Int, _ entry: BillKeyTable.Entry, _ place: Int, _ hour: Int
  ) -> (cost: CostKey, total: TotalKey) {
    let subject = keys.subjects[place]
    let isCounted = subject.group != nil && part.quantity != 0
    let key = CostKey(
      day: Int32(clamping: hour / 24), subject: Int32(clamping: place),
      commitment: entry.commitment, unitsPerHour: isCounted ? entry.unitsPerHour : 1,
      chargeClass: part.chargeClass)
    sums.add(part.costs, part.quantity, rows: rows, to: key)
    let total = TotalKey(
      month: Hour(sinceEpoch: hour).month, service: subject.service,
      chargeClass: part.chargeClass, rule: part.rule)
    totals[total, default: (ExactCosts(), 0)].costs += part.costs
    totals[total]?.rows += rows
    return (key, total)
  }
}

extension BillAccumulator {
  /// Dense series, in the order of their groups.
  func series() -> [HistorySeries] {
    hours.sorted { $0.key < $1.key }.compactMap { group, cells in
      cells.dense.map {
        HistorySeries(
          group: group, start: Hour(sinceEpoch: $0.first), quantities: $0.quantities,
          uncertain: $0.uncertain)
      }
    }
  }

  /// What commitments spent on other things than machines, in the order of their ids.
  func otherUse() -> [HistoryOtherUse] {
    elsewhere.sorted { $0.key < $1.key }.compactMap { id, cells in
      cells.dense.map {
        HistoryOtherUse(commitment: id, start: Hour(sinceEpoch: $0.first), costs: $0.quantities)
      }
    }
  }

  /// Day costs, each rounded so that sums by month, service and class are exact. Machines and their
  /// parts, which count no machines, are one cost.
  func costs() -> [HistoryCost] {
    struct Carry: Hashable {
      var month: CalendarMonth
      var service: String
      var chargeClass: ChargeClass
    }
    // By what they are, not as the engine happened to number them: carried roundings depend on the
    // order.
    let ranks = keys.ranks
    let all = sums.all
    func place(_ key: CostKey) -> (Int32, Int, String, String, Double) {
      (
        key.day, ranks[Int(key.subject)], key.chargeClass.rawValue, key.commitment,
        key.unitsPerHour
      )
    }
    let order = all.indices.sorted { place(all[$0].key) < place(all[$1].key) }
    var carried: [Carry: ExactCosts] = [:]
    var costs: [HistoryCost] = []
    var last: CostKey?
    for index in order {
      let (key, sum) = all[index]
      let day = Int(key.day)
      let subject = keys.subjects[Int(key.subject)]
      let carry = Carry(
        month: Hour(sinceEpoch: day * 24).month, service: subject.service,
        chargeClass: key.chargeClass)
      var exact = sum.costs
      exact += carried[carry] ?? ExactCosts()
      carried[carry] = exact - exact.afterRounding
      let money = exact.rounded()
      let cost = HistoryCost(
        day: day, subject: subject, chargeClass: key.chargeClass, commitment: key.commitment,
        quantity: Double(sum.quantity) / 1e12 / key.unitsPerHour, list: money.list,
        contracted: money.contracted,
        billed: money.billed, effective: money.effective, rows: sum.rows)
      if let last, last.isSame(as: key) {
        costs[costs.count - 1].add(cost)
      } else {
        costs.append(cost)
      }
      last = key
    }
    return costs
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
