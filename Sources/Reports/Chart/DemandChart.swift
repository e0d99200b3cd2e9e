import Billing
import CloudCosts

/// Demand against the committed line: how much of the load the line carries, and how often it
/// floats above it.
struct DemandChart {
  let svg: String

  init(_ bill: Bill, outcome: String, size: ChartSize = .wide) {
    let series = UsageSeries(bill)
    let largest = series.buckets.lazy.map { max($0.high, $0.capacity) }.max() ?? 0
    let hasCommitments = series.buckets.contains { $0.capacity > 0 }
    var legend: [(Legend.Swatch, String)] = [
      (.shape("band"), series.bucketHours == 1 ? "usage" : "lowest to highest hour"),
      (.line("mean"), series.bucketHours == 1 ? "usage" : "mean"),
    ]
    if series.bucketHours == 1 { legend.removeFirst() }
    if hasCommitments {
      legend += [
        (.shape("area"), "covered by commitments"),
        (
          .line("plimsoll"),
          "what commitments can carry (mean \(DemandChart.rate(series.meanCapacity, bill))/h)"
        ),
      ]
    }
    let shift =
      Legend.rowHeight * Double(Legend.rows(legend, from: size.left, within: size.width) - 1)
    let plot = Plot(
      left: size.left, right: size.right, top: 58 + shift, bottom: 330 + shift,
      axis: Axis(largest: largest, currency: bill.currency))
    var drawing = SVG(
      width: size.width, height: 362 + shift,
      label: DemandChart.label(bill, series: series, outcome: outcome))
    Legend.draw(legend, x: plot.left, y: 14, in: &drawing)

    let hours = Double(max(1, bill.window.hours))
    func x(_ hour: Double) -> Double { plot.left + hour / hours * plot.width }
    func middle(_ bucket: UsageSeries.Bucket) -> Double {
      x(Double(bucket.hours.lowerBound + bucket.hours.upperBound) / 2)
    }
    func points(_ amount: (UsageSeries.Bucket) -> Double) -> [(x: Double, y: Double)] {
      series.buckets.map { (middle($0), plot.y(amount($0))) }
    }
    if series.bucketHours > 1 {
      drawing.path(points(\.high) + points(\.low).reversed(), closed: true, class: "band")
    }
    if hasCommitments, let first = series.buckets.first, let last = series.buckets.last {
      drawing.path(
        [(middle(first), plot.bottom)] + points(\.covered) + [(middle(last), plot.bottom)],
        closed: true, class: "area")
    }
    plot.drawAxis(
      in: &drawing,
      unit: "\(bill.currency) per hour at on-demand prices"
        + (series.bucketHours == 1 ? "" : ", by \(series.bucketHours == 24 ? "day" : "week")"))
    drawing.path(points(\.mean), class: "mean")
    if hasCommitments { DemandChart.drawLine(series, x: x, plot: plot, in: &drawing) }
    for tick in TimeAxis(bill.window, size: size).ticks {
      let place = x(Double(tick.hour))
      drawing.line(x1: place, y1: plot.bottom, x2: place, y2: plot.bottom + 5, class: "axis")
      drawing.text(tick.name, x: place + 3, y: plot.bottom + 18)
    }
    svg = drawing.text
  }

  /// In steps: a commitment starts and ends at an hour, and does not slope.
  private static func drawLine(
    _ series: UsageSeries, x: (Double) -> Double, plot: Plot, in drawing: inout SVG
  ) {
    var points: [(x: Double, y: Double)] = []
    for bucket in series.buckets {
      let y = plot.y(bucket.capacity)
      if let last = points.last, abs(last.y - y) < 0.05 {
        points[points.count - 1].x = x(Double(bucket.hours.upperBound))
        continue
      }
      points.append((x(Double(bucket.hours.lowerBound)), y))
      points.append((x(Double(bucket.hours.upperBound)), y))
    }
    drawing.path(points, class: "halo")
    drawing.path(points, class: "plimsoll")
  }

  private static func rate(_ amount: Double, _ bill: Bill) -> String {
    AmountText(currency: bill.currency).cents(Money(rounding: amount))
  }

  private static func label(_ bill: Bill, series: UsageSeries, outcome: String) -> String {
    func rate(_ amount: Double) -> String { DemandChart.rate(amount, bill) }
    let count = Double(max(1, series.buckets.count))
    let mean = series.buckets.reduce(0) { $0 + $1.mean } / count
    return "Usage against commitments, outcome \(outcome), per hour at on-demand prices: "
      + "from \(rate(series.buckets.map(\.low).min() ?? 0)) "
      + "to \(rate(series.buckets.map(\.high).max() ?? 0)), mean \(rate(mean)); "
      + "the commitments can carry \(rate(series.meanCapacity)) on average."
  }
}
