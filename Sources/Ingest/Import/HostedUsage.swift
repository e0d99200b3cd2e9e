import CloudCosts

/// Machines on Azure's Dedicated Hosts: the host is charged for, its machines are rows at a price
/// of 0 (Microsoft Learn, "Azure Dedicated Hosts", Pricing).
///
/// Reservations of machines and savings plans cover nothing of them, so they are no demand; and
/// what pays for them is the host, so they are not owned either. A row shows it by a price on
/// demand of 0, or, where the export does not say how it is priced, by a host of its subscription
/// and region.
struct HostedUsage {
  var usage = UnpaidUsage()

  static let rule = "set-aside.on-dedicated-host"

  func finding(place: String, currency: String) -> Finding? {
    guard usage.rows > 0 else { return nil }
    return Finding(
      .warning, rule: "import.on-dedicated-host", place: place,
      message: """
        \(usage.rows.grouped) rows of machines, \(usage.amount) instance-hours, cost nothing at the \
        price on demand (\(usage.worth(in: currency))): they are taken to run on Dedicated Hosts, which \
        are charged for themselves, and are no demand
        """,
      remedy: "Nothing, if they run on hosts or are free: commitments to machines save nothing"
        + " there. Hosts can be reserved, and savings plans cover them: import.coverable has their money."
    )
  }
}
