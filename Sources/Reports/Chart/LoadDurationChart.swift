import Billing
import CloudCosts

/// The hours from the busiest to the quietest, and how far up commitments carry them.
struct LoadDurationChart {
  let svg: String

  init(_ bill: Bill, size: ChartSize = .wide) {
    let points = bill.loadDuration(points: 240)
    let hours = Double(max(1, bill.hourlyOnDemand.count))
    let largest = points.lazy.map { max($0.usage, $0.capacity) }.max() ?? 0
    let level = points.reduce(0) { $0 + $1.capacity * Double($1.hours) } / hours
    let amounts = AmountText(currency: bill.currency)
    let mean = amounts.cents(Money(rounding: level))
    let above = points.filter { $0.usage > level }.reduce(0) { $0 + $1.hours }
    var legend: [(Legend.Swatch, String)] = [(.line("mean"), "usage")]
    if level > 0 {
      legend += [
        (.shape("area"), "covered by commitments"),
        (.line("plimsoll"), "committed line (mean \(mean)/h)"),
      ]
    }
    let shift =
      Legend.rowHeight * Double(Legend.rows(legend, from: size.left, within: size.width) - 1)
    let plot = Plot(
      left: size.left, right: size.right, top: 58 + shift, bottom: 270 + shift,
      axis: Axis(largest: largest, currency: bill.currency))
    let share = AmountText.percent(Double(above) / hours, decimals: 0)
    var drawing = SVG(
      width: size.width, height: 316 + shift,
      label: "Load-duration curve: usage is above the committed line of \(mean) per hour in "
        + "\(share) of the hours.")
    Legend.draw(legend, x: plot.left, y: 14, in: &drawing)
    func x(_ hour: Int) -> Double { plot.left + Double(hour) / hours * plot.width }
    func line(_ amount: (LoadPoint) -> Double) -> [(x: Double, y: Double)] {
      points.flatMap { point in
        let y = plot.y(amount(point))
        return [(x(point.first), y), (x(point.first + point.hours), y)]
      }
    }
    if level > 0 {
      drawing.path(
        [(plot.left, plot.bottom)] + line(\.covered) + [(plot.right, plot.bottom)], closed: true,
        class: "area")
    }
    plot.drawAxis(in: &drawing, unit: "\(bill.currency) per hour at on-demand prices")
    drawing.path(line(\.usage), class: "mean")
    if level > 0 {
      let flat = [(plot.left, plot.y(level)), (plot.right, plot.y(level))]
      drawing.path(flat, class: "halo")
      drawing.path(flat, class: "plimsoll")
    }
    for tenth in stride(from: 0, through: 10, by: size.isNarrow ? 5 : 2) {
      drawing.text(
        AmountText.percent(Double(tenth) / 10, decimals: 0),
        x: plot.left + Double(tenth) / 10 * plot.width, y: plot.bottom + 18,
        anchor: tenth == 0 ? .start : tenth == 10 ? .end : .middle)
    }
    drawing.text(
      level > 0
        ? "of all hours, busiest first; usage is above the line in \(share)"
        : "of all hours, busiest first", x: plot.right, y: plot.bottom + 38, anchor: .end,
      class: "faint")
    svg = drawing.text
  }
}
