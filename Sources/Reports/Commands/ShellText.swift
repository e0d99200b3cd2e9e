/// Texts as a POSIX shell may read them.
enum ShellText {
  /// One word, whatever it holds: in single quotes unless it is plainly harmless.
  static func quoted(_ text: String) -> String {
    let harmless = text.unicodeScalars.allSatisfy { scalar in
      isLetterOrDigit(scalar) || "-_./:,=@%+".unicodeScalars.contains(scalar)
    }
    guard text.isEmpty || !harmless else { return text }
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" {
        result += "'\\''"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// A command over several lines, one option a line.
  static func command(_ words: [String], indent: String) -> String {
    var lines: [String] = []
    for word in words {
      let text = quoted(word)
      if word.hasPrefix("--") || lines.isEmpty {
        lines.append(text)
      } else {
        lines[lines.count - 1] += " " + text
      }
    }
    return lines.joined(separator: " \\\n" + indent)
  }

  /// Comment lines; no text can end a comment early.
  static func comment(_ text: String) -> [String] {
    Printable.wrapped(text, indent: "# ")
  }

  /// Whether it is a name as providers give: letters, digits, dots, dashes and underscores (as
  /// all sizes of Azure have), not an option.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetterOrDigit(first) else { return false }
    return text.unicodeScalars.allSatisfy {
      isLetterOrDigit($0) || ".-_".unicodeScalars.contains($0)
    }
  }

  /// Whether it is the id of a resource of Azure: names between slashes.
  static func isResourceID(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 2 && parts[0].isEmpty
      && parts.dropFirst().allSatisfy { isName(String($0)) }
  }

  /// Whether it is a time as this program writes it: `2023-02-01T00:00:00Z`.
  static func isTime(_ text: String) -> Bool {
    let pattern = "0000-00-00T00:00:00Z".unicodeScalars
    return text.unicodeScalars.count == pattern.count
      && zip(text.unicodeScalars, pattern).allSatisfy { scalar, expected in
        expected == "0" ? ("0"..."9").contains(scalar) : scalar == expected
      }
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}
