/// What self-contained pages of one document have in common; the report of a run has a template of
/// its own.
enum HTMLPage {
  /// A whole page.
  ///
  /// - Parameters:
  ///   - title: of the window; plain text, as `kicker` and `heading` are.
  ///   - lead: below the heading; HTML, as `body` is.
  static func text(title: String, kicker: String, heading: String, lead: String, body: String)
    -> String
  {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    \(OutputMark.generator)
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(ReportStyle.text)
    </style></head><body>\(Ink.definitions)<main><header>
    <p class="kicker">\(HTMLText.escaped(kicker))</p>
    <h1>\(HTMLText.escaped(heading))</h1>
    <p class="lead">\(lead)</p>
    </header>
    \(body)
    </main></body></html>

    """
  }

  /// A table that scrolls where it is wider than the page.
  ///
  /// - Parameters:
  ///   - left: so many of the first columns are text.
  ///   - rows: HTML.
  static func table(head: [String], left: Int = 0, rows: [String]) -> String {
    "<div class=\"scroll\"><table><thead><tr>"
      + head.enumerated().map { index, title in
        "<th\(index < left ? " class=\"left\"" : "")>\(HTMLText.escaped(title))</th>"
      }.joined() + "</tr></thead><tbody>\n"
      + rows.joined(separator: "\n") + "</tbody></table></div>"
  }
}
