import CloudCosts

/// A metric of CloudWatch, by the name that its Label has.
private struct CloudWatchMetric {
  enum Unit { case percent, bytes }
  var quantity: MeasuredQuantity
  var unit: Unit

  /// Of the namespaces AWS/EC2 and CWAgent (Linux and Windows).
  static let all: [(name: String, metric: CloudWatchMetric)] = [
    ("CPUUtilization", CloudWatchMetric(quantity: .cpu, unit: .percent)),
    ("mem_used_percent", CloudWatchMetric(quantity: .memory, unit: .percent)),
    ("MemoryUtilization", CloudWatchMetric(quantity: .memory, unit: .percent)),
    (
      "Memory % Committed Bytes In Use",
      CloudWatchMetric(quantity: .memory, unit: .percent)
    ),
    ("NetworkIn", CloudWatchMetric(quantity: .networkIn, unit: .bytes)),
    ("NetworkOut", CloudWatchMetric(quantity: .networkOut, unit: .bytes)),
    ("EBSReadBytes", CloudWatchMetric(quantity: .diskRead, unit: .bytes)),
    ("EBSWriteBytes", CloudWatchMetric(quantity: .diskWrite, unit: .bytes)),
  ]

  static func named(in label: String, words: [String]) -> CloudWatchMetric? {
    all.first { $0.name.contains(" ") ? label.contains($0.name) : words.contains($0.name) }?.metric
  }
}

/// How the values of a series came from its samples.
private enum CloudWatchStatistic: String {
  case average = "Average"
  case maximum = "Maximum"
  case sum = "Sum"
  /// These say nothing of a machine's size.
  case minimum = "Minimum"
  case count = "SampleCount"

  /// Percentiles, trimmed means and the like: `p99`, `tm90`, `PR(:300)`, `IQM`.
  static func isOther(_ word: String) -> Bool {
    if ["TM", "TC", "TS", "WM", "PR", "IQM"].contains(word) { return true }
    guard let kind = ["p", "tm", "tc", "ts", "wm"].last(where: word.hasPrefix) else { return false }
    return Double(word.dropFirst(kind.count).prefix { $0 != "%" }) != nil
  }
}

extension MetricsReader {
  /// A series of `get-metric-data`. Machine, metric and statistic are in its Label, or in its Id;
  /// the machine may also be the file's name.
  func cloudWatch(_ series: JSONValue, line: Int) {
    let label = series["Label"]?.text ?? ""
    let id = series["Id"]?.text ?? ""
    let words = Self.words(label) + Self.words(id)
    if series["StatusCode"]?.text == "PartialData" {
      log.add(
        .warning, "more-pages", line: line, "series \(label.quoted) is partial",
        remedy: "export all pages")
    }
    guard let metric = CloudWatchMetric.named(in: label, words: words) else {
      other(label.isEmpty ? id : label)
      return
    }
    guard let resource = store.resource(words + Self.words(FilePath.name(of: file.name))) else {
      stranger(label)
      return
    }
    let named = words.lazy.compactMap(CloudWatchStatistic.init).first
    let statistic = named ?? .average
    if named == nil && words.contains(where: { isOtherStatistic($0) })
      || statistic == .sum && metric.unit == .percent
    {
      unreadStatistic(label)
      return
    }
    guard statistic != .minimum, statistic != .count else { return }
    let moments = series["Timestamps"]?.elements.compactMap { moment($0, line: line) } ?? []
    let values = series["Values"]?.elements.map(\.number) ?? []
    guard moments.count == values.count else {
      log.add(
        .error, "ragged", line: line,
        "series \(label.quoted) has \(moments.count) timestamps and \(values.count) values",
        remedy: "export it again")
      return
    }
    guard !isCoarse(label, seconds: period(moments)) else { return }
    let period = period(moments) ?? Self.usualPeriod
    let scale = scale(metric, of: statistic == .sum ? period : min(period, Self.sample))
    if metric.unit == .bytes, statistic != .sum, period > Self.sample { sampled(label) }
    for (moment, value) in zip(moments, values) {
      add(
        metric.quantity, of: resource, at: moment, mean: statistic == .maximum ? nil : value,
        maximum: statistic == .maximum ? value : nil, scale: scale, line: line)
    }
  }

  /// One series of `get-metric-statistics`: the file's name says whose it is.
  func statistics(_ points: JSONValue, line: Int) {
    let words = Self.words(FilePath.name(of: file.name))
    let label =
      statisticsLabel ?? words.first { word in
        CloudWatchMetric.all.contains { $0.name == word }
      } ?? ""
    guard let metric = CloudWatchMetric.named(in: label, words: Self.words(label)) else {
      other(label)
      return
    }
    guard let resource = store.resource(words) else {
      stranger(file.name)
      return
    }
    let moments = points.elements.compactMap { Moment($0["Timestamp"]?.text ?? "") }
    guard !isCoarse(file.name, seconds: period(moments)) else { return }
    let period = period(moments) ?? Self.usualPeriod
    let counts = points.elements.compactMap { $0["SampleCount"]?.number }.filter { $0 > 0 }
    // A machine that is started or stopped has fewer samples in that period than in others.
    let sample = counts.max().map { max(Self.sample, period / $0) } ?? Self.sample
    for point in points.elements {
      guard let moment = moment(point["Timestamp"], line: line) else { continue }
      let average = point["Average"]?.number
      let maximum = point["Maximum"]?.number
      guard metric.unit == .bytes else {
        add(metric.quantity, of: resource, at: moment, mean: average, maximum: maximum, line: line)
        continue
      }
      let count = point["SampleCount"]?.number
      if let sum = point["Sum"]?.number ?? average.flatMap({ mean in count.map { mean * $0 } }) {
        add(
          metric.quantity, of: resource, at: moment, mean: sum, maximum: nil,
          scale: scale(metric, of: period), line: line)
      } else if let average {
        add(
          metric.quantity, of: resource, at: moment, mean: average, maximum: nil,
          scale: scale(metric, of: min(period, sample)), line: line)
        if period > sample { sampled(file.name) }
      }
      if let maximum {
        add(
          metric.quantity, of: resource, at: moment, mean: nil, maximum: maximum,
          scale: scale(metric, of: min(period, sample)), line: line)
        if counts.isEmpty, period > sample { sampled(file.name) }
      }
    }
  }

  /// Seconds between values where there is but one.
  private static let usualPeriod = 300.0

  /// Seconds of a sample. Sum is the bytes of a period; Average and Maximum are those of its
  /// samples, and EC2 has one a minute, with basic monitoring as well: in five minutes Average is a
  /// fifth of Sum (Amazon EC2 User Guide, "CloudWatch metrics that are available for your
  /// instances": bytes of the period, divided by 300 or 60; SampleCount of a period of five minutes
  /// is 5, as at Stack Overflow, question 33350701). Where samples are longer a rate is taken for
  /// higher than it is, and no machine gets too small for it.
  private static let sample = 60.0

  /// Bytes of so many seconds become megabit (network) or megabyte (disks) per second.
  private func scale(_ metric: CloudWatchMetric, of seconds: Double) -> Double {
    guard metric.unit == .bytes else { return 1 }
    let isNetwork = metric.quantity == .networkIn || metric.quantity == .networkOut
    return (isNetwork ? 8e-6 : 1e-6) / max(1, seconds)
  }

  /// Whether a word is a statistic that is not read, and no machine's name.
  private func isOtherStatistic(_ word: String) -> Bool {
    CloudWatchStatistic.isOther(word) && store.resource([word]) == nil
  }

  /// Names in a text: what is between blanks, commas, colons, equals signs and brackets.
  static func words(_ text: String) -> [String] {
    var words = text.split { " ,:=()[]{}\"'/|;".contains($0) }.map(String.init)
    // `i-0abc.json`, `i-0abc_CPUUtilization.json`.
    for word in words where word.contains(".") {
      words.append(String(word.prefix { $0 != "." }))
    }
    for word in words where word.contains("_") && !word.hasPrefix("mem_") {
      words += word.split(separator: "_").map(String.init)
    }
    return words
  }
}
