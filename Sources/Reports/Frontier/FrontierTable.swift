import CloudCosts

/// A frontier for a terminal: its points, and how much each saves as a bar.
package struct FrontierTable: Sendable {
  package let text: String

  package init(_ document: FrontierDocument) {
    let name = document.run == "base" ? document.scenario : "\(document.scenario), \(document.run)"
    var lines = Printable.wrapped(document.answer) + [""]
    lines += Printable.wrapped(
      "\(name): \(document.title) (\(document.limit)), "
        + "\(document.window.from.prefix(10)) to \(document.window.to.prefix(10))")
    lines += [""] + FrontierTable.table(document) + [""] + FrontierTable.bars(document)
    lines += [""] + document.remarks.flatMap { Printable.wrapped($0) }
    lines += FindingsText(document.findings).lines
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ document: FrontierDocument) -> [String] {
    let scale = TableScale(document.points.flatMap { [$0.cost, $0.savings, $0.upfront] })
    var table = TextTable([
      .init(header: "limit"), .init(header: "cost"), .init(header: "saved"),
      .init(header: "saved %"), .init(header: "upfront"), .init(header: "per hour", isSpare: true),
      .init(header: "3 years", isSpare: true), .init(header: "covered"),
      .init(header: "used", isSpare: true),
      .init(header: "gap"), .init(header: "at −30 %"),
    ])
    for point in document.points {
      let mark = point.status == .optimal ? "" : " !"
      table.append([
        document.limitText.value(point.limit) + mark, scale.text(point.cost),
        scale.text(point.savings), percent(rate(point, document)), scale.text(point.upfront),
        AmountText.decimal(point.hourlyCommitment.value, decimals: 2),
        percent(point.threeYearShare), percent(point.coverage),
        point.utilization.map { percent($0) } ?? "–", percent(point.gap, decimals: 3),
        point.savings(at: 0.3).map(scale.text) ?? "–",
      ])
    }
    let early = document.points.contains { $0.status != .optimal }
    let unit = "\(scale.unit(document.currency)); saved against on demand."
    return table.lines() + [unit + (early ? " ! stopped early." : "")]
  }

  private static func rate(_ point: FrontierDocument.Point, _ document: FrontierDocument) -> Double
  {
    document.onDemand == .zero ? 0 : point.savings.value / document.onDemand.value
  }

  private static func percent(_ share: Double, decimals: Int = 1) -> String {
    AmountText.decimal(share * 100, decimals: decimals) + "%"
  }

  /// Savings as bars from zero: how quickly they come, and where more brings nothing.
  private static func bars(_ document: FrontierDocument) -> [String] {
    let most = document.points.map(\.savings.value).max() ?? 0
    let names = document.points.map { document.limitText.value($0.limit) }
    let width = names.map(\.count).max() ?? 0
    let room = Double(min(60, TextTable.width - width - 16))
    let scale = TableScale(document.points.map(\.savings))
    return ["Saved, from zero"]
      + zip(names, document.points).map { name, point in
        let share = most > 0 ? max(0, point.savings.value / most) : 0
        let eighths = Int((share * room * 8).rounded())
        let part = eighths % 8
        let bar =
          String(repeating: "█", count: eighths / 8)
          + (part == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[part - 1]))
        let padding = String(repeating: " ", count: width - name.count)
        return Printable.trimmedEnd("\(padding)\(name) │\(bar) \(scale.text(point.savings))")
      }
  }
}
