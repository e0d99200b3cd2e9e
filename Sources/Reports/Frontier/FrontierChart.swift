import CloudCosts

/// Cost against a limit: what each point's plan costs, and what its usage would cost with nothing
/// bought, both as usage is and if it fell by 30 %. Both axes from zero.
struct FrontierChart {
  private let drawing: SVG

  private static let drop = 0.3

  /// For a page that has the styles.
  var svg: String { drawing.text }

  /// As a file of its own.
  var standalone: String { drawing.standalone() }

  init(_ document: FrontierDocument) {
    let points = document.points
    let fallen = points.compactMap { point in
      point.downside.first { $0.drop == Self.drop }.map { (point.limit, $0) }
    }
    let axis = Axis(
      largest: (points.map(\.cost) + fallen.map(\.1.cost) + [document.current]).map(\.value)
        .max() ?? 0, currency: document.currency)
    let plot = Plot(left: 70, right: 1010, top: 62, bottom: 360, axis: axis)
    let limits = LimitAxis(document)
    func x(_ limit: Double) -> Double { plot.left + limits.axis.share(limit) * plot.width }
    let amounts = AmountText(currency: document.currency, minus: "−")
    var drawing = SVG(
      width: 1040, height: 420,
      label: document.title + ". "
        + points.map {
          "\(document.limitText.value($0.limit)): \(amounts.headline($0.cost))"
        }.joined(separator: "; "))
    Legend.draw(
      [
        (.line("curve"), "cost of the plan"), (.line("curve-fallen"), "if usage fell by 30 %"),
        (.line("reference"), "with what is owned only"),
      ], x: plot.left, y: 16, in: &drawing)
    plot.drawAxis(in: &drawing, unit: "\(document.currency) over the window, amortised")
    for tick in limits.axis.ticks {
      drawing.line(
        x1: x(tick), y1: plot.bottom, x2: x(tick), y2: plot.bottom + 5, class: "axis")
      drawing.text(limits.text(tick), x: x(tick), y: plot.bottom + 20, anchor: .middle)
    }
    drawing.text(limits.name, x: plot.right, y: plot.bottom + 42, anchor: .end, class: "faint")
    let fallenReference = fallen.first.map { $0.1.cost + $0.1.savings }
    for (reference, name) in [
      (document.current, "owned only"), (fallenReference, "owned only, usage −30 %"),
    ] {
      guard let y = reference.map({ plot.y($0.value) }) else { continue }
      drawing.path([(plot.left, y), (plot.right, y)], class: "reference")
      drawing.text(name, x: plot.right, y: y - 5, anchor: .end, class: "faint")
    }
    if let set = document.policyValue, set <= limits.axis.top {
      drawing.path([(x(set), plot.top), (x(set), plot.bottom)], class: "reference")
      let isRight = x(set) > plot.right - 120
      drawing.text(
        "policy: \(document.limitText.value(set))", x: x(set) + (isRight ? -6 : 6),
        y: plot.bottom - 8, anchor: isRight ? .end : .start, class: "faint")
    }
    drawing.path(fallen.map { (x($0.0), plot.y($0.1.cost.value)) }, class: "curve-fallen")
    drawing.path(points.map { (x($0.limit), plot.y($0.cost.value)) }, class: "curve")
    for point in points {
      drawing.rectangle(
        x: x(point.limit) - 3, y: plot.y(point.cost.value) - 3, width: 6, height: 6, .covered,
        tip: "\(document.limitText.value(point.limit)): \(amounts.headline(point.cost)), saved "
          + amounts.headline(point.savings))
    }
    if let last = points.last {
      drawing.text(
        amounts.headline(last.cost), x: x(last.limit), y: plot.y(last.cost.value) - 10,
        anchor: .end, class: "strong")
    }
    self.drawing = drawing
  }

  /// The axis of limits: money, money per hour, or percent.
  private struct LimitAxis {
    let axis: Axis
    let name: String
    private let isShare: Bool

    init(_ document: FrontierDocument) {
      isShare = document.over.limit.isShare
      // Percent are counted in hundredths, so that ticks are round.
      let largest = document.points.map(\.limit).max() ?? 0
      let unit = document.over.limit.unit
      axis = Axis(
        largest: largest, currency: [.money, .hourlyMoney].contains(unit) ? document.currency : "")
      let words =
        switch unit {
        case .share: "percent"
        case .money: document.currency
        case .hourlyMoney: "\(document.currency) per hour"
        case .count: "purchases"
        case .months: "months"
        }
      name = "\(document.limit), \(words), from zero"
    }

    func text(_ limit: Double) -> String {
      isShare ? AmountText.percent(limit, decimals: 0) : axis.text(limit)
    }
  }
}
