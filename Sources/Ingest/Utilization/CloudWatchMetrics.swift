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
    let statistic = words.lazy.compactMap(CloudWatchStatistic.init).first
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
    let scale = scale(metric, statistic ?? .average, moments)
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
    for point in points.elements {
      guard let moment = moment(point["Timestamp"], line: line) else { continue }
      if let sum = point["Sum"]?.number, metric.unit == .bytes {
        add(
          metric.quantity, of: resource, at: moment, mean: sum, maximum: nil,
          scale: scale(metric, .sum, moments), line: line)
      } else {
        add(
          metric.quantity, of: resource, at: moment, mean: point["Average"]?.number,
          maximum: point["Maximum"]?.number, scale: scale(metric, .average, moments), line: line)
      }
    }
  }

  /// Bytes of a period become megabit (network) or megabyte (disks) per second. An average is that
  /// of samples, and those are five minutes apart at most.
  private func scale(
    _ metric: CloudWatchMetric, _ statistic: CloudWatchStatistic, _ moments: [Moment]
  ) -> Double {
    guard metric.unit == .bytes else { return 1 }
    let between = period(moments) ?? 300
    let seconds = statistic == .sum ? between : min(between, 300)
    let isNetwork = metric.quantity == .networkIn || metric.quantity == .networkOut
    return (isNetwork ? 8e-6 : 1e-6) / max(1, seconds)
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
