import CloudCosts

/// Puts the rows of a usage file together, in the order in which they are there.
struct UsageBuilder {
  /// Longest span of a usage file, in hours: ten years.
  static let longestSpan = 10 * 8766
  /// Largest demand, in group-hours: 1 GiB of numbers.
  static let mostCells = 1 << 27

  var hours = HourColumn()
  private let window: HourWindow?
  private var keys = KeyTable()
  private var numbers: [TaggedGroup: Int] = [:]
  /// One of each, for all its groups: copies share what they hold.
  private var skus: Set<SKU> = []
  /// Usage of each group and tag by itself; the demand adds a group's tags up.
  private var groups: [TaggedGroup] = []
  /// For each group its quantities from `base` on, as far as the file has been read.
  private var columns: [[Double]] = []
  private var firstLines: [Int] = []
  /// For each group, the largest quantity of an hour that is believed.
  private var largest: [Double] = []
  private var lastHours: [Hour?] = []
  private var first: Hour?
  private var last: Hour?
  private var cells = 0
  private var gaps = 0
  private var firstGap: (line: Int, hour: Hour)?

  private struct TaggedGroup: Hashable, Comparable, CustomStringConvertible {
    var group: UsageGroup
    var tag: String

    static func < (a: TaggedGroup, b: TaggedGroup) -> Bool {
      a.group == b.group ? a.tag < b.tag : a.group < b.group
    }

    var description: String { tag.isEmpty ? "\(group)" : "\(group) of \(tag)" }
  }

  init(window: HourWindow?) { self.window = window }

  /// The number of the row's group; nil, with findings, where the row names none.
  mutating func group(of table: borrowing Table<UsageColumn>, log: inout FindingLog) -> Int? {
    keys.begin()
    keys.append(table[.provider])
    keys.append(table[.account])
    keys.append(table[.region])
    keys.append(table[.instanceType])
    keys.append(table[.operatingSystem])
    keys.append(table[.tenancy])
    keys.append(table[.zone])
    keys.append(table[.tag])
    let hasMore = table.hasMore
    if hasMore { for field in table.more.all { keys.append(field) } }
    if let number = keys.lookup() { return number }
    var fields = SKUFields(
      provider: table[.provider], region: table[.region], instanceType: table[.instanceType],
      operatingSystem: table[.operatingSystem], tenancy: table[.tenancy],
      zone: table[.zone])
    if hasMore { fields.more = table.more }
    guard let read = log.sku(fields, line: table.line) else { return nil }
    let sku = skus.insert(read).memberAfterInsert
    let account = AccountName.of(table[.account].text, sku.provider)
    let group = TaggedGroup(
      group: UsageGroup(account: account, sku: sku), tag: table[.tag].text)
    if AccountName.isRounded(account), numbers[group] == nil {
      log.add(
        .warning, "rounded-account", line: table.line, AccountName.roundedMessage([account]),
        remedy: AccountName.roundedRemedy)
    }
    let number = numbers[group] ?? add(group)
    keys.store(number)
    return number
  }

  /// Machines are counted in thousands, requests in billions.
  func largestQuantity(ofGroup number: Int?) -> Double {
    number.map { largest[$0] } ?? FindingLog.largestNumber
  }

  private mutating func add(_ group: TaggedGroup) -> Int {
    numbers[group] = groups.count
    groups.append(group)
    columns.append([])
    firstLines.append(0)
    largest.append(
      group.group.sku.service.countsMachines
        ? FindingLog.largestNumber : FindingLog.largestCount)
    lastHours.append(nil)
    return groups.count - 1
  }

  /// Adds a row, or notes why it does not fit behind the ones before it.
  mutating func add(_ row: UsageRow, log: inout FindingLog) {
    guard isInOrder(row, log: &log) else { return }
    if let before = lastHours[row.group], before == row.hour {
      log.add(
        .error, "duplicate", line: row.line,
        "\(groups[row.group]) has a second row for \(row.hour)",
        remedy: "add the rows of one group and hour up, or remove the copy")
      return
    }
    lastHours[row.group] = row.hour
    guard let index = index(of: row.hour), row.quantity > 0 else { return }
    if columns[row.group].isEmpty { firstLines[row.group] = row.line }
    let missing = index - columns[row.group].count
    cells += missing + 1
    guard cells <= UsageBuilder.mostCells else {
      cells -= missing + 1
      log.addTooLarge(line: row.line)
      return
    }
    if missing > 0 { columns[row.group].append(contentsOf: repeatElement(0, count: missing)) }
    columns[row.group].append(row.quantity)
  }

  /// Where an hour is in the demand; nil outside its window.
  private func index(of hour: Hour) -> Int? {
    guard let start = window?.start ?? first else { return nil }
    let index = hour - start
    return index >= 0 && index < window?.hours ?? .max ? index : nil
  }

  /// Whether the row's hour follows on the rows before it; keeps the span and its gaps.
  private mutating func isInOrder(_ row: UsageRow, log: inout FindingLog) -> Bool {
    guard let first, let last else {
      first = row.hour
      last = row.hour
      return true
    }
    if row.hour == last { return true }
    guard row.hour > last else {
      log.add(
        .error, "out-of-order", line: row.line,
        "timestamp \(row.hour) comes after \(last)",
        remedy: "sort the file by timestamp")
      return false
    }
    guard row.hour - first < UsageBuilder.longestSpan else {
      log.add(
        .error, "span", line: row.line,
        "timestamp \(row.hour) is more than ten years after the first, \(first)",
        remedy: "check the year, or cut the file")
      return false
    }
    noteGap(from: last + 1, row: row)
    self.last = row.hour
    return true
  }

  private mutating func noteGap(from start: Hour, row: UsageRow) {
    let gap = HourWindow(from: start, to: row.hour)
    let hours = window.map { gap.indices(from: $0.start, to: $0.end) } ?? 0..<gap.hours
    guard !hours.isEmpty else { return }
    if firstGap == nil { firstGap = (row.line, start + hours.lowerBound) }
    gaps += hours.count
  }
}

extension UsageBuilder {
  /// The history, once every row was added; nil, with findings, where the window has no usage.
  mutating func finish(_ log: inout FindingLog) -> UsageHistory? {
    guard let first, let last else { return nil }
    let span = HourWindow(from: first, to: last + 1)
    let window = window ?? span
    if let firstGap {
      log.add(
        .warning, "gap", line: firstGap.line,
        "\(gaps.grouped) of \(window.hours.grouped) hours have no row at all, the first is"
          + " \(firstGap.hour); they count as 0",
        remedy: "check that the export is complete, if something should have run then")
    }
    let order = groups.indices.filter { !columns[$0].isEmpty }
      .sorted { groups[$0] < groups[$1] }
    guard !order.isEmpty else {
      log.add(
        .error, "none", line: nil,
        "no usage above 0 lies between \(window.start) and \(window.end); the file spans \(span.start) to"
          + " \(span.end)",
        remedy: "change the scenario's window, or name another file")
      return nil
    }
    guard window.hours <= UsageBuilder.mostCells / order.count else {
      log.addTooLarge(line: nil)
      return nil
    }
    if window.start < span.start || window.end > span.end {
      log.add(
        .warning, "window-beyond-file", line: nil,
        "the window \(window.start) to \(window.end) reaches beyond the file, which spans"
          + " \(span.start) to \(span.end); hours outside count as 0",
        remedy: "shorten the window, or export the missing hours")
    }
    var history = UsageHistory(
      demand: Demand(window: window, groups: [], quantities: []), firstLines: [], file: log.file)
    history.tags = tags(of: order, in: window)
    var all: [UsageGroup] = []
    var quantities: [Double] = []
    quantities.reserveCapacity(order.count * window.hours)
    for number in order {
      let group = groups[number].group
      if all.last == group {
        let first = quantities.count - window.hours
        for (h, quantity) in columns[number].enumerated() { quantities[first + h] += quantity }
        history.firstLines[all.count - 1] = min(
          history.firstLines[all.count - 1], firstLines[number])
      } else {
        all.append(group)
        history.firstLines.append(firstLines[number])
        quantities.append(contentsOf: columns[number])
        let missing = window.hours - columns[number].count
        quantities.append(contentsOf: repeatElement(0, count: missing))
      }
      columns[number] = []
    }
    history.demand = Demand(window: window, groups: all, quantities: quantities)
    return history
  }

  private func tags(of order: [Int], in window: HourWindow) -> UsageTags? {
    guard order.contains(where: { !groups[$0].tag.isEmpty }) else { return nil }
    var tags = UsageTags()
    for number in order {
      for (month, hours) in window.months {
        let known = hours.clamped(to: columns[number].indices)
        tags.add(
          columns[number][known].reduce(0, +), of: groups[number].group, in: month,
          value: groups[number].tag)
      }
    }
    return tags
  }
}

extension FindingLog {
  fileprivate mutating func addTooLarge(line: Int?) {
    add(
      .error, "too-large", line: line,
      "groups times hours are more than \(UsageBuilder.mostCells.grouped) numbers",
      remedy: "name a shorter window in the scenario, or merge groups that need no telling apart")
  }
}
