/// A piece of a page. What is interpolated as a `String` is escaped where it is put in, so that
/// what data brings along stays text; only literals, drawings and other pieces are markup.
///
///     let row: HTML = "<td>\(purchase.account)</td>"
struct HTML: Sendable, ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// Markup that this program drew.
  init(drawing: String) { text = drawing }

  init(_ pieces: [HTML]) { text = pieces.map(\.text).joined(separator: "\n") }

  static let nothing: HTML = ""

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ text: String) { self.text += HTMLText.escaped(text) }
    mutating func appendInterpolation(_ piece: HTML) { text += piece.text }
    mutating func appendInterpolation(_ pieces: [HTML]) { text += HTML(pieces).text }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
  }
}

extension HTML {
  /// A section with a heading.
  static func section(
    _ title: String, style: String = "", lead: String = "", _ body: HTML
  ) -> HTML {
    let remark: HTML = lead.isEmpty ? .nothing : "<p class=\"lead\">\(lead)</p>"
    return "<section class=\"\(style)\"><h2>\(title)</h2>\n\(remark)\n\(body)</section>"
  }

  /// A drawing for wide pages, and the same for phones.
  static func figure(_ draw: (ChartSize) -> String) -> HTML {
    """
    <figure class="wide">\(HTML(drawing: draw(.wide)))</figure>
    <figure class="narrow">\(HTML(drawing: draw(.narrow)))</figure>
    """
  }

  /// A drawing that there is only for wide pages.
  static func figure(_ svg: String) -> HTML {
    "<figure class=\"only\">\(HTML(drawing: svg))</figure>"
  }

  static func findings(_ findings: [RunDocument.Note]) -> HTML {
    let parts: [HTML] = FindingGroup.all(of: findings).map { group in
      let severity = group.severity.rawValue
      let messages: [HTML] = group.messages.enumerated().map { index, message in
        let mark: HTML = index == 0 ? "<strong>\(severity)</strong> " : "<br>"
        return "\(mark)\(message.places.joined(separator: ", ")): \(message.text)"
      }
      return """
        <p class="finding \(severity)">\(HTML(messages))
        <span class="sub">\(group.remedy) [\(group.rule)]</span></p>
        """
    }
    return HTML(parts)
  }

  /// A name and a value, and what is to be said about it.
  struct Fact: Sendable {
    let term: String
    let value: String
    let remark: String
  }

  /// Facts next to each other.
  static func facts(_ facts: [Fact]) -> HTML {
    guard !facts.isEmpty else { return .nothing }
    let parts: [HTML] = facts.map {
      """
      <div><dt>\($0.term)</dt><dd class="value">\($0.value)</dd>
      <dd class="remark">\($0.remark)</dd></div>
      """
    }
    return "<dl class=\"facts\">\(parts)</dl>"
  }

  /// Facts below each other.
  static func proofs(_ facts: [Fact]) -> HTML {
    let parts: [HTML] = facts.map {
      """
      <dt>\($0.term)</dt><dd class="value">\($0.value)</dd><dd class="remark">\($0.remark)</dd>
      """
    }
    return "<dl class=\"proofs\">\(parts)</dl>"
  }

  static func list(_ items: [String]) -> HTML {
    let parts: [HTML] = items.map { "<li>\($0)</li>" }
    return "<ul>\(parts)</ul>"
  }

  /// What is folded up on a screen, and on paper is as wide as anything.
  static func details(_ summary: String, style: String = "", _ body: HTML) -> HTML {
    "<details class=\"\(style)\"><summary>\(summary)</summary>\(body)</details>"
  }
}

/// A table of texts; on a phone a row is a block of names and values, so that nothing has to be
/// scrolled sideways.
struct HTMLTable {
  let head: [String]
  /// So many of the first columns are texts.
  var left = 1
  private(set) var body: [HTML] = []
  var foot: [String]?
  var style = ""

  init(_ head: [String], left: Int = 1, style: String = "") {
    self.head = head
    self.left = left
    self.style = style
  }

  init(
    _ head: [String], left: Int = 1, _ rows: [[String]], foot: [String]? = nil, style: String = ""
  ) {
    self.init(head, left: left, style: style)
    for row in rows { append(row) }
    self.foot = foot
  }

  /// - Parameters:
  ///   - notes: below the first cells.
  ///   - reason: a text across all columns, below the row.
  ///   - link: the place of the page that the first cell leads to.
  mutating func append(
    _ cells: [String], notes: [String] = [], style: String = "", reason: String? = nil,
    link: String? = nil
  ) {
    let row = HTMLTable.row(
      cells, labels: head, left: left, notes: notes, style: style, link: link)
    guard let reason else { return body.append(row) }
    let more: HTML =
      "<tr class=\"why-row\"><td class=\"reason\" colspan=\"\(head.count)\">\(reason)</td></tr>"
    body.append("\(row)\(more)")
  }

  /// A heading for the rows below it.
  mutating func appendHeading(_ text: String) {
    body.append("<tr class=\"kind\"><th class=\"left\" colspan=\"\(head.count)\">\(text)</th></tr>")
  }

  mutating func appendRemark(_ text: String) {
    guard !text.isEmpty else { return }
    body.append("<tr class=\"more\"><td class=\"left\" colspan=\"\(head.count)\">\(text)</td></tr>")
  }

  var html: HTML {
    let titles: [HTML] = head.enumerated().map { index, title in
      "<th class=\"\(index < left ? "left" : "number")\">\(title)</th>"
    }
    let sums: HTML =
      foot.map { "<tfoot>\(HTMLTable.row($0, labels: head, left: left))</tfoot>" } ?? .nothing
    return """
      <div class="scroll"><table class="\(style)"><thead><tr>\(titles)</tr></thead>
      <tbody>\(body)</tbody>\(sums)</table></div>
      """
  }

  private static func row(
    _ cells: [String], labels: [String], left: Int, notes: [String] = [], style: String = "",
    link: String? = nil
  ) -> HTML {
    let parts: [HTML] = cells.enumerated().map { index, cell in
      let align = index < left ? "left" : "number"
      let label = labels.indices.contains(index) ? labels[index] : ""
      let note: HTML =
        notes.indices.contains(index) && !notes[index].isEmpty
        ? "<span class=\"sub\">\(notes[index])</span>" : .nothing
      let blank = cell.isEmpty ? " blank" : ""
      let text: HTML =
        if index == 0, let link { "<a href=\"#\(link)\">\(cell)</a>" } else { "\(cell)" }
      return
        "<td class=\"\(align)\(blank)\" data-label=\"\(label)\"><span>\(text)\(note)</span></td>"
    }
    return "<tr class=\"\(style)\">\(parts)</tr>"
  }
}
