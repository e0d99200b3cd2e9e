import Billing
import CloudCosts

/// The hours of the week, the darker the more is used; a dot where commitments are idle on
/// average.
struct WeekChart {
  let svg: String

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let shades = 7

  init(_ bill: Bill, size: ChartSize = .wide) {
    let profile = bill.weekProfile
    let known = profile.compactMap { $0 }
    let least = known.map(\.usage).min() ?? 0
    let most = known.map(\.usage).max() ?? 0
    let amounts = AmountText(currency: bill.currency)
    func text(_ amount: Double) -> String { amounts.cents(Money(rounding: amount)) }
    let left = size.isNarrow ? 34.0 : 44.0
    let cell = (width: (size.right - left) / 24, height: size.isNarrow ? 20.0 : 24.0)
    let top = 30.0
    let bottom = top + cell.height * 7
    var drawing = SVG(
      width: size.width, height: bottom + 42,
      label: "Usage by hour of the week: from \(text(least)) to \(text(most)) per hour.")
    for hour in stride(from: 0, to: 24, by: size.isNarrow ? 6 : 3) {
      drawing.text("\(hour)h", x: left + cell.width * Double(hour), y: top - 8)
    }
    for (day, name) in Self.days.enumerated() {
      let y = top + cell.height * Double(day)
      drawing.text(name, x: left - 6, y: y + cell.height * 0.68, anchor: .end)
      for hour in 0..<24 {
        guard let point = profile[day * 24 + hour] else { continue }
        let share = most > least ? (point.usage - least) / (most - least) : 0.5
        let shade = min(Self.shades - 1, Int(share * Double(Self.shades)))
        let x = left + cell.width * Double(hour)
        drawing.cell(
          x: x + 0.5, y: y + 0.5, width: cell.width - 1, height: cell.height - 1,
          class: "heat-\(shade)",
          tip: "\(name) \(hour)h: usage \(text(point.usage))/h, covered \(text(point.covered))/h, "
            + "on demand \(text(point.usage - point.covered))/h")
        if point.capacity > point.covered + 0.05 * point.capacity, point.capacity > 0 {
          drawing.dot(
            x: x + cell.width / 2, y: y + cell.height / 2,
            class: shade >= Self.shades / 2 ? "idle-light" : "idle")
        }
      }
    }
    drawing.text(
      "\(text(least))/h (faint) to \(text(most))/h (strong), UTC"
        + (size.isNarrow ? "" : ", at on-demand prices"), x: left, y: bottom + 18, class: "faint")
    drawing.text(
      "dot: more than 5 % of the commitments idle", x: left, y: bottom + 34, class: "faint")
    svg = drawing.text
  }
}

extension SVG {
  /// A rectangle of any class, with what it says when pointed at.
  mutating func cell(
    x: Double, y: Double, width: Double, height: Double, class name: String, tip: String
  ) {
    append(
      "<rect x=\"\(SVG.number(x))\" y=\"\(SVG.number(y))\" width=\"\(SVG.number(width))\" "
        + "height=\"\(SVG.number(height))\" class=\"\(name)\"><title>\(HTMLText.escaped(tip))"
        + "</title></rect>\n")
  }

  mutating func dot(x: Double, y: Double, class name: String) {
    append(
      "<circle cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"2.2\" class=\"\(name)\"/>\n")
  }
}
