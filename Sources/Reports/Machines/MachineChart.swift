import CloudCosts

/// How busy a machine was against the capacity that it has and the one that it gets, day by day: the
/// highest hour of each.
struct MachineChart {
  let svg: String

  /// - Parameter scale: the old capacity over the new; nil: there is no new one.
  init(_ series: UtilizationSeries, _ metric: ActionFit.Metric, scale: Double?, becomes: String) {
    let values = metric == .cpu ? series.cpuMax : series.memoryMax
    let first = series.hours.first ?? Hour(sinceEpoch: 0)
    let last = series.hours.last ?? first
    let window = HourWindow(start: first, hours: max(1, last - first + 1))
    let old = 100.0
    let new = scale.map { $0 > 0 ? 100 / $0 : 100 }
    let known = values.filter(\.isFinite)
    let axis = Axis(largest: max(old, new ?? 0, known.max() ?? 0), ticks: 4, currency: "")
    let plot = Plot(left: 52, right: 1030, top: 44, bottom: 190, axis: axis)
    var drawing = SVG(
      width: 1040, height: 222,
      label: "\(metric.rawValue) of \(series.resource.id) by hour, in percent of what it has")
    let usage = (
      Legend.Swatch.line("mean"), "\(metric == .cpu ? "CPU" : "memory"), highest of each hour"
    )
    let capacity = new == nil ? [] : [(Legend.Swatch.line("curve"), "capacity as \(becomes)")]
    Legend.draw([usage] + capacity, x: plot.left, y: 14, in: &drawing)
    plot.drawAxis(in: &drawing, unit: "percent of what it has now")
    func x(_ hour: Hour) -> Double {
      plot.left + Double(hour - first) / Double(max(1, window.hours)) * plot.width
    }
    // A pixel shows the highest of its hours.
    let step = max(1, window.hours / 900)
    var points: [(x: Double, y: Double)] = []
    var position = 0
    while position < values.count {
      let end = min(values.count, position + step)
      let known = values[position..<end].filter(\.isFinite)
      if let highest = known.max() { points.append((x(series.hours[position]), plot.y(highest))) }
      position = end
    }
    drawing.path(points, class: "mean")
    if let new {
      let height = plot.y(min(new, axis.top))
      drawing.path([(plot.left, height), (plot.right, height)], class: "curve")
    }
    for tick in TimeAxis(window).ticks {
      let place = plot.left + Double(tick.hour) / Double(max(1, window.hours)) * plot.width
      drawing.line(x1: place, y1: plot.bottom, x2: place, y2: plot.bottom + 5, class: "axis")
      let hasRoom = place + 3 + 6 * Double(tick.name.count) < plot.right
      if hasRoom { drawing.text(tick.name, x: place + 3, y: plot.bottom + 18) }
    }
    svg = drawing.text
  }
}
