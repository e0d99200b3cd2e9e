/// Texts as a terminal may show them.
enum Printable {
  /// Control characters from data become spaces: a file name must not move the cursor.
  static func clean(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func truncated(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
  }

  static func trimmedEnd(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  /// Words in lines of at most `width`; the first line is indented by `indent`, the others by
  /// `hanging`. A percent sign stays with its number.
  static func wrapped(
    _ text: String, indent: String = "", hanging: String? = nil, width: Int = TextTable.width
  ) -> [String] {
    var lines: [String] = []
    var line = indent
    var isEmpty = true
    for word in words(clean(text)) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = (hanging ?? indent) + word
      } else {
        line += (isEmpty ? "" : " ") + word
      }
      isEmpty = false
    }
    return isEmpty ? [] : lines + [line]
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").reduce(into: []) { words, word in
      if word.first == "%", let number = words.popLast() {
        words.append("\(number) \(word)")
      } else {
        words.append(String(word))
      }
    }
  }
}
