/// What self-contained pages have in common.
enum HTMLPage {
  /// A whole page.
  ///
  /// - Parameters:
  ///   - title: of the window; plain text, as `kicker` and `heading` are.
  ///   - lead: below the heading.
  static func text(title: String, kicker: String, heading: String, lead: HTML, body: HTML)
    -> String
  {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(HTML(drawing: OutputMark.generator))
      <title>\(title)</title>
      <style>
      \(HTML(drawing: ReportStyle.text))
      </style></head><body>\(HTML(drawing: Ink.definitions))<main><header>
      <p class="kicker">\(kicker)</p>
      <h1>\(heading)</h1>
      <p class="lead">\(lead)</p>
      </header>
      \(body)
      </main></body></html>

      """
    return page.text
  }
}
