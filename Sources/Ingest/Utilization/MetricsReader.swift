import CloudCosts

/// Reads what the providers' own tools export of metrics: CloudWatch (`get-metric-data`,
/// `get-metric-statistics`), Azure Monitor (`az monitor metrics list`), Google Monitoring
/// (`projects.timeSeries.list`).
final class MetricsReader {
  let store: MeasurementStore
  let file: InputFile
  var log: FindingLog
  /// Series whose machine is not in the list, by what they call it.
  private var strangers: [String] = []
  /// Metrics that say nothing of a machine's size.
  private var others: Set<String> = []
  private var isKnown = false
  private var above = 0
  private var added = 0
  // Of files that are one series.
  private var label: String?
  private var interval: Double?
  private var pending: [JSONElement] = []
  /// Of `get-metric-statistics`: the label may come behind the points.
  private var points: [JSONElement] = []
  /// Series of bytes whose samples have an unknown length, and series of statistics that are not
  /// read.
  private var sampled: [String] = []
  private var unread: [String] = []
  /// Series with a value for several hours at a time, by what they are called.
  private var coarse: [String] = []

  init(_ file: InputFile, store: MeasurementStore) {
    self.file = file
    self.store = store
    log = FindingLog(file: file.name, kind: "utilization")
  }

  func read() -> [Finding] {
    do {
      try JSONReader.read(
        file,
        at: [
          "MetricDataResults/[]", "Datapoints", "Label", "value/[]", "interval", "timeSeries/[]",
          "NextToken", "nextPageToken",
        ]
      ) { element in
        self.entry(element)
        return true
      }
    } catch {
      log.add(error)
    }
    for element in pending { azure(element.value, line: element.line) }
    for element in points { statistics(element.value, line: element.line) }
    finish()
    return log.finished()
  }

  private func entry(_ element: JSONElement) {
    switch element.path {
    case "MetricDataResults/[]":
      isKnown = true
      cloudWatch(element.value, line: element.line)
    case "Label": label = element.value.text
    case "Datapoints":
      isKnown = true
      points.append(element)
    case "interval": interval = element.value.text.flatMap(Self.seconds)
    case "value/[]":
      isKnown = true
      // The interval may come behind the values.
      pending.append(element)
    case "timeSeries/[]":
      isKnown = true
      google(element.value, line: element.line)
    default:
      guard element.value.text != nil else { return }
      log.add(
        .warning, "more-pages", line: element.line, "the export goes on: the file has a next page",
        remedy: "export all pages (the tool's own paging does that); without them hours are unknown"
      )
    }
  }

  private func finish() {
    if !isKnown, !log.hasErrors {
      log.add(
        .error, "unknown-format", line: nil,
        "this is no answer of CloudWatch, Azure Monitor or Google Monitoring",
        remedy: "export it with aws cloudwatch get-metric-data, az monitor metrics list, or the"
          + " timeSeries.list method; or give the CSV of the README")
    } else if added == 0, coarse.isEmpty, unread.isEmpty, !log.hasErrors {
      log.add(
        .warning, "nothing", line: nil,
        "no measurement of a machine's processors, memory, network or disks is in it"
          + (others.isEmpty ? "" : " (\(others.sorted().prefix(3).joined(separator: ", ")))"),
        remedy: "export CPU, memory, network and disk metrics of machines")
    }
    if let first = coarse.first {
      log.add(
        .warning, "short-history", line: nil,
        "\(coarse.count) series have a value for more than an hour, the first is \(first.quoted): what a"
          + " machine does in each hour is unknown, and they are left out",
        remedy: "export it with a period of an hour or less")
    }
    if let first = sampled.first {
      log.add(
        .note, "bytes-by-sample", line: nil,
        "\(sampled.count) series are means or maxima of bytes, the first is \(first.quoted), and do not"
          + " say how long a sample is: they count as bytes of a minute, as EC2 samples them",
        remedy: "nothing; or export Sum, which is the bytes of the whole period")
    }
    if let first = unread.first {
      log.add(
        .warning, "unread-statistic", line: nil,
        "\(unread.count) series are of statistics that are neither Average nor Maximum (of bytes, Sum),"
          + " the first is \(first.quoted): they are left out",
        remedy: "export Average and Maximum; of bytes Sum")
    }
    if let first = strangers.first {
      log.add(
        .warning, "unknown-resource", line: nil,
        "\(strangers.count) series are of machines that are not in \(store.resources.file), the"
          + " first is \(first.quoted): they are left out",
        remedy: "add the machines to \(store.resources.file); CloudWatch series are known by"
          + " their Label: ask for \"${PROP('Dim.InstanceId')} ${PROP('MetricName')}"
          + " ${PROP('Stat')}\"")
    }
    if above > 0 {
      log.add(
        .note, "above-100", line: nil,
        "\(above.grouped) \(above == 1 ? "value is" : "values are") above 100 percent, as of"
          + " processors above their nominal clock: they count as 100",
        remedy: "nothing, if they are few")
    }
  }

  // MARK: Shared by the formats

  func sampled(_ name: String) { if sampled.last != name { sampled.append(name) } }
  func unreadStatistic(_ name: String) { unread.append(name) }
  func stranger(_ name: String) { strangers.append(name) }
  func other(_ metric: String) { others.insert(metric) }

  /// Whether values are for more than an hour each; such a series is left out.
  func isCoarse(_ name: String, seconds: Double?) -> Bool {
    guard let seconds, seconds > 3600 else { return false }
    if !coarse.contains(name) { coarse.append(name) }
    return true
  }

  /// - Parameter scale: from the metric's unit to the store's.
  func add(
    _ quantity: MeasuredQuantity, of resource: Int, at moment: Moment, mean: Double?,
    maximum: Double?, scale: Double = 1, line: Int
  ) {
    let mean = mean.map { $0 * scale }
    let maximum = maximum.map { $0 * scale }
    for value in [mean, maximum].compactMap({ $0 }) {
      let isPercent = quantity == .cpu || quantity == .memory
      if isPercent, value.isFinite, value > 200 {
        guard store.distrust(resource) else { return }
        log.add(
          .warning, "absurd-percent", line: line,
          "\(quantity) is \(value) at \(moment.hour): the machine keeps what it has",
          remedy: "give the share of all processors or of all memory, from 0 to 100")
        return
      }
      guard value.isFinite, value >= 0 else {
        log.add(
          .error, isPercent ? "absurd-percent" : "absurd-value", line: line,
          "\(quantity) is \(value) at \(moment.hour)",
          remedy: isPercent
            ? "give the share of all processors or of all memory, from 0 to 100"
            : "export the metric again")
        return
      }
      if isPercent, value > 100.5 { above += 1 }
    }
    guard mean != nil || maximum != nil else { return }
    added += 1
    store.add(
      quantity, of: resource, at: moment.hour, minute: moment.minute, mean: mean, maximum: maximum)
  }

  func moment(_ value: JSONValue?, line: Int) -> Moment? {
    let text = value?.text ?? ""
    if let moment = Moment(text) { return moment }
    log.add(
      .error, "bad-timestamp", line: line, "timestamp \(text.quoted) is no date and time",
      remedy: "export it again; ISO 8601 as in 2024-09-29T22:10:00Z")
    return nil
  }

  /// The shortest time between two of these, in seconds; nil where there is only one.
  func period(_ moments: [Moment]) -> Double? {
    let sorted = Set(moments).sorted()
    return zip(sorted, sorted.dropFirst())
      .map { Double($1.seconds - $0.seconds) }.min()
  }

  /// `PT1M`, `PT1H`, `P1D`.
  private static func seconds(_ duration: String) -> Double? {
    guard let unit = duration.last, duration.hasPrefix("P") else { return nil }
    let figures = duration.filter(\.isNumber)
    let factors: [Character: Double] = ["M": 60, "H": 3600, "D": 86400, "S": 1]
    return Double(figures).flatMap { figure in factors[unit].map { $0 * figure } }
  }

  var azureInterval: Double { interval ?? 60 }
  var statisticsLabel: String? { label }
}
