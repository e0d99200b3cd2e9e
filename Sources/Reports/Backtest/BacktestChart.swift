import CloudCosts
import Scenarios

/// Cumulative net saving of each policy over the billed months, and below it the months that lost
/// money.
struct BacktestChart {
  private let drawing: SVG

  var svg: String { drawing.text }

  /// As a file of its own.
  var standalone: String { drawing.standalone(definitions: Ink.definitions) }

  init(_ run: BacktestDocument.Run, currency: String, size: ChartSize = .wide) {
    let policies = run.policies.filter { $0.name != .onDemand }
    let curves = policies.map { policy in
      policy.monthlySavings.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    }
    let highest = curves.joined().max() ?? 0
    let lowest = min(0, curves.joined().min() ?? 0)
    let money = run.premium == nil ? currency : ""
    let axis = Axis(largest: max(highest, -lowest), currency: money)
    let ends = policies.map {
      "\($0.name.rawValue) \(AmountText.percent($0.savingsRate))"
    }
    let names = policies.map { Legend.width(of: $0.name.rawValue) }.max() ?? 0
    // On a phone the plot is what the names at the ends of its curves leave.
    let (left, right) =
      size.isNarrow
      ? (size.left, size.width - 10 - (ends.map { Legend.width(of: $0) }.max() ?? 0))
      : (140.0, 800.0)
    let (top, bottom) = (40.0, 380.0)
    // Where the months begin: behind the names of the policies.
    let first = size.isNarrow ? names + 12 : left
    let last = size.isNarrow ? size.right : right
    let floor = lowest < 0 ? -(-lowest / axis.step).rounded(.up) * axis.step : 0
    let span = axis.top - floor
    func y(_ amount: Double) -> Double { bottom - (amount - floor) / span * (bottom - top) }
    let months = max(1, run.months.count)
    func x(_ month: Int) -> Double { left + Double(month) / Double(months) * (right - left) }
    let height = bottom + 66 + Double(policies.count) * 16
    var drawing = SVG(
      width: size.width, height: height,
      label: "Cumulative net saving by policy. "
        + policies.map { "\($0.name.rawValue): \(AmountText.percent($0.savingsRate))" }
        .joined(separator: "; "))
    drawing.text(
      "\(money.isEmpty ? "committed unit-hours" : money), cumulative net saving against on demand",
      x: 0, y: 18, class: "faint")
    for step in 0...Int((span / axis.step).rounded()) {
      let amount = floor + Double(step) * axis.step
      drawing.line(
        x1: left, y1: y(amount), x2: right, y2: y(amount), class: amount == 0 ? "axis" : "grid")
      drawing.text(axis.text(amount), x: left - 8, y: y(amount) + 4, anchor: .end)
    }
    let room = Legend.width(of: "2024-01") + 8
    let step = [3, 6, 12].first { x($0) - x(0) >= room } ?? 24
    for (month, name) in run.months.enumerated()
    where month % step == 0 && x(month) + room <= size.width {
      drawing.text(name, x: x(month), y: bottom + 18)
    }
    var taken: [Double] = []
    let curved = zip(zip(policies, ends), curves).map { ($0.0.0, $0.0.1, $0.1) }
    for (policy, name, curve) in curved.sorted(by: { $0.2.last ?? 0 > $1.2.last ?? 0 }) {
      let style: String =
        switch policy.name {
        case .planner: "curve"
        case .plannerCrawl, .plannerWalk, .plannerRun: "mean"
        case .run: run.policies.contains { $0.name == .planner } ? "mean" : "curve"
        case .hindsight: "plimsoll"
        case .crawl, .walk: "mean"
        default: "other"
        }
      drawing.path(curve.enumerated().map { (x($0.offset), y($0.element)) }, class: style)
      let end = max(y(curve.last ?? 0) + 4, (taken.last ?? -100) + 15)
      taken.append(end)
      drawing.text(
        name, x: right + 8, y: end,
        class: [.run, .planner].contains(policy.name) ? "strong" : "label")
    }
    drawing.text("Months that lost money are hatched", x: first, y: bottom + 44, class: "faint")
    let column = (last - first) / Double(months)
    for (row, policy) in policies.enumerated() {
      let line = bottom + 60 + Double(row) * 16
      drawing.text(policy.name.rawValue, x: first - 8, y: line + 4, anchor: .end, class: "faint")
      for (index, saved) in policy.monthlySavings.enumerated() {
        drawing.rectangle(
          x: first + Double(index) * column + 1, y: line - 6, width: max(1, column - 2), height: 11,
          saved < 0 ? .unused : .onDemand,
          tip: "\(policy.name.rawValue), \(run.months[index]): "
            + AmountText(currency: money, minus: "−").headline(Money(rounding: saved)))
      }
    }
    self.drawing = drawing
  }
}
