import CloudCosts

/// How busy a machine was against the capacity that it has and the one that it gets, day by day:
/// the highest hour of each.
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
    for run in Self.runs(series, values) {
      drawing.path(run.map { (x($0.hour), plot.y($0.highest)) }, class: "mean")
    }
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

  /// Pixels of the line, each the highest of its hours; a line ends where nothing was measured.
  private static func runs(
    _ series: UtilizationSeries, _ values: [Double]
  ) -> [[(hour: Hour, highest: Double)]] {
    guard let first = series.hours.first, let last = series.hours.last else { return [] }
    let step = max(1, (last - first + 1) / 900)
    var highest = [Double](repeating: .nan, count: (last - first) / step + 1)
    for (hour, value) in zip(series.hours, values) where value.isFinite {
      let place = (hour - first) / step
      highest[place] = highest[place].isFinite ? max(highest[place], value) : value
    }
    var runs: [[(hour: Hour, highest: Double)]] = [[]]
    for (place, value) in highest.enumerated() {
      if value.isFinite {
        runs[runs.count - 1].append((first + place * step, value))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }
}
