/// The rectangle of a drawing in which amounts rise from a zero line.
struct Plot {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let axis: Axis

  var width: Double { right - left }

  func y(_ amount: Double) -> Double { bottom - axis.share(amount) * (bottom - top) }

  /// Grid lines with their amounts, and the unit above them.
  func drawAxis(in drawing: inout SVG, unit: String) {
    for tick in axis.ticks {
      drawing.line(
        x1: left, y1: y(tick), x2: right, y2: y(tick), class: tick == 0 ? "axis" : "grid")
      drawing.text(axis.text(tick), x: left - 8, y: y(tick) + 4, anchor: .end)
    }
    drawing.text(unit, x: 0, y: top - 14, class: "faint")
  }
}

/// For how wide a page a drawing is made: a page shows the one that fits.
enum ChartSize: Sendable {
  case wide
  /// A phone.
  case narrow

  var width: Double { self == .wide ? 1040 : 400 }
  /// Where the plot ends on the right.
  var right: Double { width - (self == .wide ? 10 : 6) }
  var left: Double { self == .wide ? 64 : 54 }
  var isNarrow: Bool { self == .narrow }
}

/// Names for the areas and lines of a drawing, in as many rows as they need.
struct Legend {
  enum Swatch {
    case area(Ink)
    case shape(String)
    case line(String)
  }

  static let rowHeight = 18.0

  /// How many rows it takes.
  static func rows(
    _ entries: [(swatch: Swatch, name: String)], from x: Double, within width: Double
  ) -> Int {
    var (left, rows) = (x, 1)
    for (_, name) in entries {
      let needed = 24 + Legend.width(of: name)
      if left > x, left + needed > width { (left, rows) = (x, rows + 1) }
      left += needed + 22
    }
    return rows
  }

  static func draw(
    _ entries: [(swatch: Swatch, name: String)], x: Double, y first: Double, in drawing: inout SVG
  ) {
    var (left, y) = (x, first)
    for (swatch, name) in entries {
      if left > x, left + 24 + width(of: name) > drawing.width {
        (left, y) = (x, y + rowHeight)
      }
      switch swatch {
      case .area(let ink): drawing.rectangle(x: left, y: y - 10, width: 18, height: 12, ink)
      case .shape(let style):
        drawing.path(
          [(left, y - 10), (left + 18, y - 10), (left + 18, y + 2), (left, y + 2)], closed: true,
          class: style)
      case .line(let style): drawing.path([(left, y - 4), (left + 18, y - 4)], class: style)
      }
      drawing.text(name, x: left + 24, y: y)
      left += 24 + width(of: name) + 22
    }
  }

  /// About, in 12 px sans-serif: there are no font metrics here.
  static func width(of text: String) -> Double {
    text.reduce(0) { width, letter in
      switch letter {
      case "i", "j", "l", "t", "f", "r", " ", ".", ",", "(", ")", ":": width + 3.6
      case "m", "w", "M", "W", "%": width + 9.6
      default: width + (letter.isUppercase ? 8.2 : 6.6)
      }
    }
  }
}
