import CloudCosts

/// The last year's spend, and what is expected of the next: the middle, and from the 10 to the 90 %
/// quantile, step by step, at on-demand prices. From zero.
struct OutlookChart {
  let svg: String

  init(_ document: OutlookDocument) {
    let past = document.past.starts.compactMap(Hour.init(iso8601:))
    let future = document.starts.compactMap(Hour.init(iso8601:))
    let end = Hour(iso8601: document.horizon.to)
    let axis = Axis(
      largest: max(document.spend.q90.max() ?? 0, document.past.spend.max() ?? 0),
      currency: document.currency)
    let plot = Plot(left: 64, right: 1030, top: 58, bottom: 330, axis: axis)
    var drawing = SVG(width: 1040, height: 362, label: OutlookTable.origin(document))
    var legend: [(Legend.Swatch, String)] = [
      (.line("mean"), "what was"), (.line("curve"), "what is expected (middle)"),
    ]
    if document.paths > 1 {
      legend.append((.shape("band"), "10 to 90 % of \(document.paths) paths"))
    }
    Legend.draw(legend, x: plot.left, y: 14, in: &drawing)
    let first = past.first ?? future.first ?? Hour(sinceEpoch: 0)
    let window = HourWindow(from: first, to: end ?? first + 1)
    func x(_ hour: Hour) -> Double {
      plot.left + Double(hour - first) / Double(max(1, window.hours)) * plot.width
    }
    func points(_ hours: [Hour], _ amounts: [Double]) -> [(x: Double, y: Double)] {
      zip(hours, amounts).map { (x($0), plot.y($1)) }
    }
    if document.paths > 1 {
      drawing.path(
        points(future, document.spend.q90) + points(future, document.spend.q10).reversed(),
        closed: true, class: "band")
    }
    plot.drawAxis(
      in: &drawing, unit: "\(document.currency) per hour at on-demand prices, by \(document.step)")
    drawing.path(points(past, document.past.spend), class: "mean")
    drawing.path(points(future, document.spend.q50), class: "curve")
    if let start = future.first {
      drawing.line(
        x1: x(start), y1: plot.top - 6, x2: x(start), y2: plot.bottom, class: "reference")
    }
    for tick in TimeAxis(window).ticks {
      let place = plot.left + Double(tick.hour) / Double(max(1, window.hours)) * plot.width
      drawing.line(x1: place, y1: plot.bottom, x2: place, y2: plot.bottom + 5, class: "axis")
      // The last name may have no room to the right.
      let hasRoom = place + 3 + 6 * Double(tick.name.count) < plot.right
      drawing.text(
        tick.name, x: hasRoom ? place + 3 : plot.right, y: plot.bottom + 18,
        anchor: hasRoom ? .start : .end)
    }
    svg = drawing.text
  }
}
