import CloudCosts

extension MetricsReader {
  private enum AzureMetric {
    case share(MeasuredQuantity)
    /// Bytes in an interval.
    case bytes(MeasuredQuantity)
    case freeBytes
    case freeShare
  }

  /// Of the namespace Microsoft.Compute/virtualMachines.
  private static let azureMetrics: [String: AzureMetric] = [
    "Percentage CPU": .share(.cpu), "Available Memory Bytes": .freeBytes,
    "Available Memory Percentage": .freeShare, "Network In Total": .bytes(.networkIn),
    "Network Out Total": .bytes(.networkOut), "Disk Read Bytes": .bytes(.diskRead),
    "Disk Write Bytes": .bytes(.diskWrite),
  ]

  /// A metric of a resource: an interval without samples has no value, and stays unknown.
  func azure(_ value: JSONValue, line: Int) {
    let name = value["name", "value"]?.text ?? ""
    guard let metric = Self.azureMetrics[name] else {
      other(name)
      return
    }
    let id = value["id"]?.text ?? ""
    let names = Self.azureNames(id)
    guard let resource = store.resource(names) else {
      stranger(names.first ?? id)
      return
    }
    guard !isCoarse("\(names.first ?? id) \(name)", seconds: azureInterval) else { return }
    for series in value["timeseries"]?.elements ?? [] {
      for point in series["data"]?.elements ?? [] {
        guard let moment = moment(point["timeStamp"], line: line) else { continue }
        azure(metric, point, of: resource, at: moment, line: line)
      }
    }
  }

  private func azure(
    _ metric: AzureMetric, _ point: JSONValue, of resource: Int, at moment: Moment, line: Int
  ) {
    let mean = point["average"]?.number
    switch metric {
    case .share(let quantity):
      add(
        quantity, of: resource, at: moment, mean: mean, maximum: point["maximum"]?.number,
        scale: 1, line: line)
    case .bytes(let quantity):
      let isNetwork = quantity == .networkIn || quantity == .networkOut
      add(
        quantity, of: resource, at: moment, mean: point["total"]?.number, maximum: nil,
        scale: (isNetwork ? 8e-6 : 1e-6) / max(1, azureInterval), line: line)
    case .freeShare:
      // The least that is free is the most that is used.
      add(
        .memory, of: resource, at: moment, mean: mean.map { 100 - $0 },
        maximum: point["minimum"]?.number.map { 100 - $0 }, scale: 1, line: line)
    case .freeBytes:
      guard let memory = store.type(of: resource)?.memory else {
        other("Available Memory Bytes of a type that the catalogue does not know")
        return
      }
      let bytes = memory * 1_073_741_824
      let most = max(mean ?? 0, point["minimum"]?.number ?? 0)
      // A system may count a little more than its size is sold with.
      guard most <= bytes * 1.01 else {
        guard store.distrust(resource) else { return }
        log.add(
          .warning, "absurd-percent", line: line,
          "more memory is free at \(moment.hour) than the machine has by its type"
            + " (\(most / 1_073_741_824) of \(memory) GiB): it keeps what it has",
          remedy: "check the machine's type in the resources; where it was resized, give"
            + " measurements from then on")
        return
      }
      func used(_ free: Double) -> Double { max(0, 100 * (1 - free / bytes)) }
      add(
        .memory, of: resource, at: moment, mean: mean.map(used),
        maximum: point["minimum"]?.number.map(used), scale: 1, line: line)
    }
  }

  /// The name of the machine, and its whole resource id.
  static func azureNames(_ id: String) -> [String] {
    let whole = id.components(before: "/providers/microsoft.insights")
    let parts = whole.split(separator: "/").map(String.init)
    let place = parts.firstIndex { $0.lowercased() == "virtualmachines" }
    let name = place.flatMap { parts.indices.contains($0 + 1) ? parts[$0 + 1] : nil }
    return (name.map { [$0] } ?? []) + [whole]
  }
}

extension String {
  /// What comes before a text, in whatever case; all where it is not in it.
  fileprivate func components(before mark: String) -> String {
    let lower = Array(lowercased().utf8)
    let wanted = Array(mark.utf8)
    guard lower.count >= wanted.count, lower.count == utf8.count else { return self }
    for start in 0...(lower.count - wanted.count)
    where Array(lower[start..<start + wanted.count]) == wanted {
      return String(decoding: Array(utf8)[..<start], as: UTF8.self)
    }
    return self
  }
}
