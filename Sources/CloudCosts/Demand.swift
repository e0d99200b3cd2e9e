/// Instance-hours per usage group and hour over a window.
package struct Demand: Hashable, Sendable {
  package let window: HourWindow
  /// In ascending order, without duplicates.
  package let groups: [UsageGroup]
  /// Instance-hours, group by group: the hour `h` of the group `g` is at `g * window.hours +
  /// h`.
  package var quantities: [Double]

  /// - Precondition: `quantities.count == groups.count * window.hours`.
  package init(window: HourWindow, groups: [UsageGroup], quantities: [Double]) {
    precondition(quantities.count == groups.count * window.hours)
    self.window = window
    self.groups = groups
    self.quantities = quantities
  }

  package subscript(group: Int, hour: Int) -> Double {
    get { quantities[group * window.hours + hour] }
    set { quantities[group * window.hours + hour] = newValue }
  }

  /// All hours of one group.
  package func hours(of group: Int) -> ArraySlice<Double> {
    quantities[group * window.hours..<(group + 1) * window.hours]
  }

  /// The part of the demand that lies in `window`; hours outside the history count as 0.
  package func restricted(to window: HourWindow) -> Demand {
    let shift = window.start - self.window.start
    var result = [Double](repeating: 0, count: groups.count * window.hours)
    let lower = max(0, -shift)
    let upper = min(window.hours, self.window.hours - shift)
    if lower < upper {
      for g in groups.indices {
        let source = g * self.window.hours + shift
        for h in lower..<upper { result[g * window.hours + h] = quantities[source + h] }
      }
    }
    return Demand(window: window, groups: groups, quantities: result)
  }
}
