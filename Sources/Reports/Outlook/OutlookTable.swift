import CloudCosts

/// An outlook for a terminal: what is expected month by month, and the largest groups.
package struct OutlookTable: Sendable {
  static let mostGroups = 12
  package let text: String

  /// - Parameter months: the outlook by month.
  package init(_ months: OutlookDocument) {
    let name = months.run == "base" ? months.scenario : "\(months.scenario), \(months.run)"
    var lines = Printable.wrapped(
      "\(name): usage expected from \(months.horizon.from.prefix(10)) to"
        + " \(months.horizon.to.prefix(10))")
    lines += Printable.wrapped(Self.origin(months))
    lines += [""] + Self.spend(months) + [""] + Self.groups(months)
    lines += FindingsText(months.findings).lines
    text = lines.joined(separator: "\n") + "\n"
  }

  static func origin(_ document: OutlookDocument) -> String {
    let paths = AmountText.plural(document.paths, "path")
    return "Method \(document.method), \(paths), from the history of"
      + " \(document.history.from.prefix(10)) to \(document.history.to.prefix(10))"
  }

  /// Expected spend on one scale: `━` from the 10 to the 90 % quantile, `●` in the middle.
  private static func spend(_ document: OutlookDocument) -> [String] {
    let most = document.spend.q90.max() ?? 0
    let room = 44
    func place(_ amount: Double) -> Int {
      most > 0 ? Int((amount / most * Double(room - 1)).rounded()) : 0
    }
    var table = TextTable([
      .init(header: "month", alignsRight: false), .init(header: "low"), .init(header: "middle"),
      .init(header: "high"), .init(header: "from zero", alignsRight: false),
    ])
    for (i, start) in document.starts.enumerated() {
      let (low, middle, high) = (
        document.spend.q10[i], document.spend.q50[i], document.spend.q90[i]
      )
      var bar = [Character](repeating: " ", count: room)
      for cell in place(low)...max(place(low), place(high)) { bar[cell] = "━" }
      bar[place(middle)] = "●"
      table.append([
        String(start.prefix(7)), amount(low), amount(middle), amount(high), String(bar),
      ])
    }
    return table.lines()
      + Printable.wrapped(
        "\(document.currency) per hour at on-demand prices; low and high: the 10 and 90 % quantiles "
          + "over paths.")
  }

  private static func groups(_ document: OutlookDocument) -> [String] {
    let last = document.starts.count - 1
    guard last >= 0 else { return [] }
    let largest = document.groups.indices.sorted {
      let (a, b) = (document.groups[$0], document.groups[$1])
      return (max(a.recent, a.instances.q50[0]), $1) > (max(b.recent, b.instances.q50[0]), $0)
    }.prefix(Self.mostGroups)
    var table = TextTable([
      .init(header: "instances", alignsRight: false, isFlexible: true),
      .init(header: "last 4 weeks"), .init(header: "first month"), .init(header: "last: low"),
      .init(header: "middle"), .init(header: "high"),
    ])
    for g in largest {
      let group = document.groups[g]
      let name = [group.account, group.instanceType, group.region].filter { !$0.isEmpty }
      let values = group.instances
      table.append([
        name.joined(separator: " "), amount(group.recent), amount(values.q50[0]),
        amount(values.q10[last]), amount(values.q50[last]), amount(values.q90[last]),
      ])
    }
    let rest = document.groups.count - largest.count
    return table.lines() + (rest > 0 ? ["… and \(rest) more, see --json or --out FILE.csv"] : [])
  }

  private static func amount(_ value: Double) -> String {
    AmountText.decimal(value, decimals: value >= 100 || value == 0 ? 0 : 1)
  }
}
