import CloudCosts

extension MetricsReader {
  /// By the last parts of the metric's type, with the factor to the store's unit; for bytes that of
  /// a second.
  private static let googleMetrics:
    [(suffix: String, quantity: MeasuredQuantity, scale: Double, isBytes: Bool)] = [
      ("instance/cpu/utilization", .cpu, 100, false),
      ("memory/percent_used", .memory, 1, false),
      ("instance/network/received_bytes_count", .networkIn, 8e-6, true),
      ("instance/network/sent_bytes_count", .networkOut, 8e-6, true),
      ("instance/disk/read_bytes_count", .diskRead, 1e-6, true),
      ("instance/disk/write_bytes_count", .diskWrite, 1e-6, true),
    ]

  /// A series of `timeSeries.list`: newest point first. A rate of bytes counts over its interval; a
  /// gauge of a whole hour is a mean, unless the series was aligned by its maximum.
  func google(_ series: JSONValue, line: Int) {
    let type = series["metric", "type"]?.text ?? ""
    guard let metric = Self.googleMetrics.first(where: { type.hasSuffix($0.suffix) }) else {
      other(type)
      return
    }
    // The agent tells memory by state; only what is used counts.
    if let state = series["metric", "labels", "state"]?.text, state != "used" { return }
    let names = [
      series["metric", "labels", "instance_name"]?.text,
      series["metadata", "systemLabels", "name"]?.text,
      series["resource", "labels", "instance_id"]?.text,
    ].compactMap { $0 }
    guard let resource = store.resource(names) else {
      stranger(names.first ?? type)
      return
    }
    for point in series["points"]?.elements ?? [] {
      let end = point["interval", "endTime"]
      guard let moment = moment(end, line: line) else { continue }
      let start = point["interval", "startTime"]?.text.flatMap(Moment.init) ?? moment
      let value =
        point["value", "doubleValue"]?.number ?? point["value", "int64Value"]?.number
      let seconds = Double(moment.seconds - start.seconds)
      guard !isCoarse("\(names.first ?? "") \(type)", seconds: seconds) else { continue }
      let scale = metric.isBytes ? metric.scale / (seconds > 0 ? seconds : 60) : metric.scale
      // A point is about the time before its end.
      let inside = Moment(seconds: moment.seconds - 1)
      add(
        metric.quantity, of: resource, at: inside, mean: value, maximum: nil, scale: scale,
        line: line)
    }
  }
}
