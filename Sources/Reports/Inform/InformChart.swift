import CloudCosts
import Scenarios

/// Cost by day: covered, on demand, unused, stacked; days that are unusual are marked.
struct InformChart {
  let svg: String

  init(_ overview: HistoryOverview) {
    let totals = overview.days.map { $0.covered.value + $0.onDemand.value + $0.unused.value }
    let axis = Axis(largest: max(totals.max() ?? 0, 0), currency: overview.currency)
    let plot = Plot(left: 70, right: 1010, top: 62, bottom: 330, axis: axis)
    var drawing = SVG(
      width: 1040, height: 370,
      label: "Cost by day, \(overview.days.count) days; \(overview.anomalies.count) stand out")
    Legend.draw(
      [
        (.area(.covered), "covered by commitments"), (.area(.onDemand), "on demand"),
        (.area(.unused), "commitment not used"), (.line("curve-fallen"), "stands out"),
      ], x: plot.left, y: 16, in: &drawing)
    plot.drawAxis(in: &drawing, unit: "\(overview.currency) a day, amortised")
    let step = plot.width / Double(max(1, overview.days.count))
    let first = overview.window.start.sinceEpoch / 24
    let marked = Set(overview.anomalies.map { $0.day - first })
    for (index, day) in overview.days.enumerated() {
      let x = plot.left + Double(index) * step
      var base = 0.0
      for (amount, ink) in [
        (day.covered, Ink.covered), (day.onDemand, .onDemand), (day.unused, .unused),
      ] where amount > .zero {
        let top = base + amount.value
        drawing.rectangle(
          x: x, y: plot.y(top), width: max(0.5, step - (step > 4 ? 1 : 0)),
          height: plot.y(base) - plot.y(top), ink,
          tip: "\(InformText.day(first + index)): \(amount.naturallyFormatted())")
        base = top
      }
      if marked.contains(index) {
        let y = max(plot.top - 6, plot.y(base) - 8)
        drawing.path([(x, y), (x + max(6, step), y)], class: "curve-fallen")
      }
    }
    let labels = max(1, overview.days.count / 8)
    for index in stride(from: 0, to: overview.days.count, by: labels) {
      let x = plot.left + Double(index) * step
      drawing.line(x1: x, y1: plot.bottom, x2: x, y2: plot.bottom + 5, class: "axis")
      drawing.text(InformText.day(first + index), x: x, y: plot.bottom + 20, anchor: .start)
    }
    svg = drawing.text
  }
}
