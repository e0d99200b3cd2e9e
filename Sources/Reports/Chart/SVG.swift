/// A drawing that is built up shape by shape.
///
/// Fonts and the patterns of `Ink` come from the page that holds the drawing.
struct SVG {
  let width: Double
  let height: Double
  /// Read to those who cannot see the drawing.
  let label: String
  private var body = ""

  init(width: Double, height: Double, label: String) {
    self.width = width
    self.height = height
    self.label = label
  }

  enum Anchor: String {
    case start, middle, end
  }

  var text: String {
    "<svg viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\" role=\"img\" "
      + "aria-label=\"\(HTMLText.escaped(label))\" xmlns=\"http://www.w3.org/2000/svg\">\n"
      + body + "</svg>"
  }

  /// As a file of its own.
  ///
  /// - Parameter definitions: of the patterns that it is filled with.
  func standalone(definitions: String = "") -> String {
    let font = "svg{font-family:Helvetica,Arial,sans-serif;background:#fff}"
    let style = "<style>\(Ink.styles)\(font)</style>"
    guard let end = text.firstIndex(of: ">") else { return text }
    let (head, rest) = (text[...end], text[text.index(after: end)...])
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- \(OutputMark.name) -->\n" + head
      + style + definitions + rest + "\n"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ ink: Ink, tip: String? = nil
  ) {
    guard width > 0, height > 0 else { return }
    let place = attributes([("x", x), ("y", y), ("width", width), ("height", height)])
    guard let tip else {
      body += "<rect\(place) class=\"\(ink.rawValue)\"/>\n"
      return
    }
    body +=
      "<rect\(place) class=\"\(ink.rawValue)\"><title>\(HTMLText.escaped(tip))</title></rect>\n"
  }

  mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, class name: String) {
    body += "<line\(attributes([("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)])) "
    body += "class=\"\(name)\"/>\n"
  }

  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, class name: String = "label"
  ) {
    body += "<text\(attributes([("x", x), ("y", y)])) text-anchor=\"\(anchor.rawValue)\" "
    body += "class=\"\(name)\">\(HTMLText.escaped(text))</text>\n"
  }

  /// A line through points, or the area that they enclose.
  mutating func path(_ points: [(x: Double, y: Double)], closed: Bool = false, class name: String) {
    guard let first = points.first else { return }
    var data = "M" + SVG.number(first.x) + " " + SVG.number(first.y)
    for point in points.dropFirst() {
      data += "L" + SVG.number(point.x) + " " + SVG.number(point.y)
    }
    body += "<path d=\"\(data)\(closed ? "Z" : "")\" class=\"\(name)\"/>\n"
  }

  /// Markup that is escaped already.
  mutating func append(_ markup: String) { body += markup }

  private func attributes(_ values: [(String, Double)]) -> String {
    values.map { " \($0)=\"\(SVG.number($1))\"" }.joined()
  }

  /// A tenth of a pixel is finer than any screen or printer shows.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let whole = tenths / 10
    guard tenths % 10 != 0 else { return String(whole) }
    return (tenths < 0 && whole == 0 ? "-" : "") + "\(whole).\(abs(tenths % 10))"
  }
}
