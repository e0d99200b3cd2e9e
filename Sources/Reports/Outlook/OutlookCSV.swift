/// An outlook as CSV: a row for each step and group, in instances.
struct OutlookCSV {
  let text: String

  init(_ document: OutlookDocument) {
    var csv = CSVText(header: [
      "timestamp", "provider", "account", "region", "instance_type", "operating_system", "q10",
      "q50", "q90",
    ])
    for (step, start) in document.starts.enumerated() {
      for group in document.groups {
        let values = group.instances
        csv.append([
          .text(start), .text(group.provider), .text(group.account), .text(group.region),
          .text(group.instanceType), .text(group.operatingSystem), .ratio(values.q10[step]),
          .ratio(values.q50[step]), .ratio(values.q90[step]),
        ])
      }
    }
    text = csv.text
  }
}
