import CloudCosts

/// How likely which saving is: the probability of paths, by what the plan saves on them.
///
/// Every path is in a bar, the losing ones in bars of their own left of zero; marks say what is
/// expected and what 5 % of the paths do not reach.
struct SavingsChart {
  let svg: String

  private static let bars = 24.0

  init(_ paths: RunDocument.Paths, _ amounts: AmountText, size: ChartSize = .wide) {
    let savings = paths.savings.map(\.wrappedValue.value)
    let (step, lower, count) = Self.bins(savings)
    var mass = [Double](repeating: 0, count: count)
    for (saving, probability) in zip(savings, paths.probabilities) {
      let bin = Int(((saving - lower) / step).rounded(.down))
      mass[min(max(0, bin), count - 1)] += probability
    }
    let upper = lower + step * Double(count)
    let (left, right, top, bottom) = (size.left, size.width - 30, 58.0, 258.0)
    let most = mass.max() ?? 1
    var drawing = SVG(
      width: size.width, height: 316,
      label: "What the plan saves over \(paths.count) paths: expected "
        + "\(amounts.headline(paths.expectedSavings)), 5th percentile "
        + "\(amounts.headline(paths.percentile5)), 95th \(amounts.headline(paths.percentile95)).")
    func x(_ amount: Double) -> Double {
      left + (amount - lower) / (upper - lower) * (right - left)
    }
    func y(_ share: Double) -> Double { bottom - share / most * (bottom - top) }
    func name(_ amount: Double) -> String {
      Axis.text(
        abs(amount) < step * 1e-6 ? 0 : amount, step: step, largest: max(abs(lower), abs(upper)),
        prefix: amounts.prefix)
    }
    for share in [0, most / 2, most] {
      drawing.line(x1: left, y1: y(share), x2: right, y2: y(share), class: "grid")
      drawing.text(
        AmountText.percent(share, decimals: 0), x: left - 8, y: y(share) + 4, anchor: .end)
    }
    for bin in 0..<count where mass[bin] > 0 {
      let start = lower + step * Double(bin)
      let isLoss = start < -1e-9 * step
      drawing.rectangle(
        x: x(start) + 1, y: y(mass[bin]), width: x(start + step) - x(start) - 2,
        height: bottom - y(mass[bin]), isLoss ? .unused : .covered,
        tip: "\(name(start)) to \(name(start + step)): \(AmountText.percent(mass[bin]))")
    }
    drawing.line(x1: left, y1: bottom, x2: right, y2: bottom, class: "axis")
    if lower < 0, upper > 0 {
      drawing.line(x1: x(0), y1: top - 6, x2: x(0), y2: bottom, class: "axis")
    }
    let every = max(1, Int((Double(count) / (size.isNarrow ? 4 : 8)).rounded(.up)))
    for bin in stride(from: 0, through: count, by: every) {
      let amount = lower + step * Double(bin)
      drawing.text(name(amount), x: x(amount), y: bottom + 18, anchor: .middle)
    }
    for (amount, name, row) in [
      (paths.expectedSavings, "expected", 0.0), (paths.percentile5, "5th percentile", 1),
    ] {
      let place = x(amount.value)
      drawing.line(x1: place, y1: 16 + row * 18, x2: place, y2: bottom, class: "reference")
      let isRight = place > (size.isNarrow ? size.width / 2 : right - 220)
      drawing.text(
        "\(name) \(amounts.headline(amount))", x: place + (isRight ? -6 : 6), y: 20 + row * 18,
        anchor: isRight ? .end : .start, class: "strong")
    }
    drawing.text("probability", x: 0, y: top - 14, class: "faint")
    drawing.text(
      size.isNarrow
        ? "saved against buying nothing new; hatched: loses money"
        : "saved against buying nothing new, over the window; hatched: the plan loses money",
      x: size.right,
      y: bottom + 42, anchor: .end, class: "faint")
    svg = drawing.text
  }

  /// Bins of a round width with one of their bounds at zero.
  private static func bins(_ savings: [Double]) -> (step: Double, lower: Double, count: Int) {
    let (least, most) = (savings.min() ?? 0, savings.max() ?? 1)
    let range = max(most - least, 1e-3 * max(abs(most), abs(least)), 1e-6)
    let rough = range / bars
    var step = 1.0
    while step > rough { step /= 10 }
    while step * 10 <= rough { step *= 10 }
    step *= [1.0, 2, 2.5, 5, 10].first { $0 * step >= rough * 0.999 } ?? 10
    let lower = (least / step).rounded(.down)
    let upper = max(lower + 1, (most / step + 1e-9).rounded(.up))
    return (step, lower * step, Int(upper - lower))
  }
}
