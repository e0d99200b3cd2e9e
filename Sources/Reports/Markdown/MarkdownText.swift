/// Texts as Markdown may show them (GitHub's and CommonMark).
enum MarkdownText {
  /// A backslash before all that could mark something up; no line ends, so that a text cannot start
  /// a block or leave its cell. `<` and `&` become entities: not all readers honour a backslash.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in SafeText.withoutControls(text).unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": result += " "
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      // A mention or a link of its own would alert people, or lead them away.
      case "@": result += "&#64;"
      case "\\", "`", "*", "_", "[", "]", "(", ")", "|", "~", "#", "!", "{", "}", "$":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    // An address would become a link by itself.
    result = result.replacing("://", with: "&#58;//")
    // At the start of a line these would make a list, a rule or a heading.
    let first = result.first.map { "-+=".contains($0) } ?? false
    return first ? "\\" + result : result
  }

  /// - Parameter left: so many of the first columns are text.
  static func table(_ head: [String], left: Int, _ rows: [[String]]) -> String {
    let rule = head.indices.map { $0 < left ? ":--" : "--:" }
    return ([head, rule] + rows).enumerated().map { index, cells in
      "| " + (index == 1 ? cells : cells.map(escaped)).joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}
