import CloudCosts

enum UtilizationColumn: Int, TableColumn {
  case timestamp, resource, cpuMax, cpuAvg, memoryMax, memoryAvg, networkMax, diskMax

  static let headings = [
    "timestamp", "resource", "cpu_max", "cpu_avg", "memory_max", "memory_avg", "network_max",
    "disk_max",
  ]
  static let required: [UtilizationColumn] = [.timestamp, .resource, .cpuMax, .cpuAvg]
}

/// Reads utilisation files.
package enum UtilizationReader {
  /// Reads a whole utilisation file.
  ///
  /// The rows of one machine must ascend in time; machines may follow one another or alternate.
  ///
  /// - Parameter resources: the machines; nil where their own file could not be read, so that
  ///   nothing is said of unknown ones.
  /// - Parameter mayBePart: whether other files go on.
  package static func read(
    _ file: InputFile, resources: ResourceList?, mayBePart: Bool = false
  ) -> Reading<UtilizationHistory> {
    var log = FindingLog(file: file.name, kind: "utilization")
    guard var table = Table<UtilizationColumn>.open(file, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var builder = UtilizationBuilder(resources: resources)
    while table.next(&log) { builder.add(table, log: &log) }
    builder.check(&log, mayBePart: mayBePart)
    return Reading(
      value: UtilizationHistory(series: builder.series()), findings: log.finished())
  }
}

/// Puts the rows of a utilisation file together, machine by machine.
private struct UtilizationBuilder {
  private let resources: ResourceList?
  private let known: [String: Int]
  private var keys = KeyTable()
  private var hours = HourColumn()
  private var measured: [UtilizationSeries?]
  /// Machines with a measurement that cannot be.
  private var mismeasured: Set<Int> = []
  private var largest = -Double.infinity
  private var above = 0
  /// Machines that are not in the list.
  private var strangers: Set<String> = []

  init(resources: ResourceList?) {
    self.resources = resources
    let ids = (resources?.resources ?? []).enumerated().map { ($1.id, $0) }
    known = Dictionary(ids, uniquingKeysWith: { first, _ in first })
    measured = [UtilizationSeries?](repeating: nil, count: resources?.resources.count ?? 0)
  }

  /// Only machines with at least one row, in the order of their ids.
  func series() -> [UtilizationSeries] {
    measured.indices.compactMap { number in
      var series = measured[number] ?? (mismeasured.contains(number) ? empty(number) : nil)
      series?.resource.isMismeasured = mismeasured.contains(number)
      return series
    }
  }

  mutating func add(_ table: borrowing Table<UtilizationColumn>, log: inout FindingLog) {
    let line = table.line
    let hour = hours.hour(table[.timestamp], line: line, log: &log)
    let number = number(of: table[.resource], line: line, log: &log)
    let cpuMax = log.percent(table[.cpuMax], "cpu_max", line: line)
    let cpuAvg = log.percent(table[.cpuAvg], "cpu_avg", line: line)
    let memoryMax = log.percent(table[.memoryMax], "memory_max", line: line)
    let memoryAvg = log.percent(table[.memoryAvg], "memory_avg", line: line)
    let network = log.amountOrBlank(table[.networkMax], "network_max", line: line)
    let disk = log.amountOrBlank(table[.diskMax], "disk_max", line: line)
    guard let cpuMax, let cpuAvg, let memoryMax, let memoryAvg, let network, let disk else {
      return
    }
    let percents = [cpuMax, cpuAvg, memoryMax, memoryAvg]
    if percents.contains(where: FindingLog.isAbsurd) {
      if let number { mismeasured.insert(number) }
      return
    }
    // What no one measured is larger than nothing.
    let highest = percents.reduce(-Double.infinity) { $1 > $0 ? $1 : $0 }
    if highest > 100 { above += 1 }
    log.checkOrder(cpuAvg, cpuMax, "cpu", line: line)
    log.checkOrder(memoryAvg, memoryMax, "memory", line: line)
    largest = max(largest, highest)
    guard let hour, let number else { return }
    // Moving the series out and back keeps its columns unshared, so that they grow in place.
    var series = measured[number] ?? empty(number)
    measured[number] = nil
    defer { measured[number] = series }
    if let last = series?.hours.last, last >= hour {
      log.addDisorder(table[.resource], hour: hour, last: last, line: line)
      return
    }
    series?.hours.append(hour)
    series?.cpuMax.append(cpuMax)
    series?.cpuAvg.append(cpuAvg)
    series?.memoryMax.append(memoryMax)
    series?.memoryAvg.append(memoryAvg)
    series?.note(network, disk)
  }

  private func empty(_ number: Int) -> UtilizationSeries? {
    resources.map {
      UtilizationSeries(
        resource: $0.resources[number], hours: [], cpuMax: [], cpuAvg: [], memoryMax: [],
        memoryAvg: [])
    }
  }

  private mutating func number(of field: Field, line: Int, log: inout FindingLog) -> Int? {
    keys.begin()
    keys.append(field)
    if let number = keys.lookup() { return number }
    guard let id = log.text(field, "resource", line: line), let resources else { return nil }
    guard let number = known[id] else {
      guard strangers.insert(id).inserted else { return nil }
      let near = Spelling.nearest(to: id, in: resources.resources.lazy.map(\.id))
      log.add(
        .warning, "unknown-resource", line: line,
        "resource \(id.quoted) is not in \(resources.file): its rows are left out",
        remedy: near.map { "did you mean \($0.quoted)? Or add it to \(resources.file)" }
          ?? "add it to \(resources.file), or leave its rows out")
      return nil
    }
    keys.store(number)
    return number
  }

  /// What only the whole file shows.
  func check(_ log: inout FindingLog, mayBePart: Bool) {
    if above > 0 {
      log.add(
        .note, "above-100", line: nil,
        "\(above.grouped) \(above == 1 ? "row has values" : "rows have values") above 100 percent,"
          + " as of processors above their nominal clock: they count as 100",
        remedy: "nothing, if they are few")
    }
    if largest <= 1, largest > 0 {
      log.add(
        .warning, "fractions", line: nil, "no value is above 1",
        remedy: "write percent, 0 to 100, if these are fractions")
    }
    let missing = measured.indices.filter { measured[$0] == nil && !mismeasured.contains($0) }
    if let resources, let first = missing.first, !log.hasErrors, !mayBePart {
      log.add(
        .note, "unmeasured", line: nil,
        "\(missing.count.grouped) of \(measured.count.grouped) machines in \(resources.file) have no"
          + " row, the first is \(resources.resources[first].id.quoted); they stay as they are",
        remedy: "export their utilisation too, to have them judged")
    }
  }
}

extension UtilizationSeries {
  /// The throughput of the last hour; a column that no one measured stays empty.
  fileprivate mutating func note(_ network: Double, _ disk: Double) {
    if !networkMax.isEmpty || network.isFinite {
      networkMax += [Double](repeating: .nan, count: hours.count - 1 - networkMax.count)
      networkMax.append(network)
    }
    if !diskMax.isEmpty || disk.isFinite {
      diskMax += [Double](repeating: .nan, count: hours.count - 1 - diskMax.count)
      diskMax.append(disk)
    }
  }
}

extension FindingLog {
  /// Hypervisors do report some percent above 100; more than this is another unit (percent of one
  /// processor, say).
  private static let mostPercent = 200.0

  fileprivate static func isAbsurd(_ percent: Double) -> Bool { percent > mostPercent }

  /// NaN where the field is empty: no one measured it.
  fileprivate mutating func percent(_ field: Field, _ column: String, line: Int) -> Double? {
    guard !field.isEmpty else { return .nan }
    guard let value = number(field, column, line: line) else { return nil }
    if FindingLog.isAbsurd(value) {
      add(
        .warning, "absurd-percent", line: line,
        "\(column) \(field.quoted) is far above 100 percent: the machine keeps what it has",
        remedy: "give the share of all processors or of all memory, from 0 to 100")
    }
    return value
  }

  /// NaN where the field is empty: no one measured it.
  fileprivate mutating func amountOrBlank(_ field: Field, _ column: String, line: Int) -> Double? {
    field.isEmpty ? .nan : number(field, column, line: line)
  }

  fileprivate mutating func checkOrder(
    _ average: Double, _ maximum: Double, _ what: String, line: Int
  ) {
    guard average > maximum else { return }
    add(
      .warning, "average-above-maximum", line: line,
      "\(what)_avg \(average) is above \(what)_max \(maximum)",
      remedy: "check whether the two columns were swapped")
  }

  fileprivate mutating func addDisorder(_ resource: Field, hour: Hour, last: Hour, line: Int) {
    if last == hour {
      add(
        .error, "duplicate", line: line, "\(resource.quoted) has a second row for \(hour)",
        remedy: "average the rows of one hour, or remove the copy")
    } else {
      add(
        .error, "out-of-order", line: line,
        "\(resource.quoted) has \(hour) after \(last)", remedy: "sort the file by timestamp")
    }
  }
}
