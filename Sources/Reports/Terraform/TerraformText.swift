/// Texts as HCL, Terraform's language, may read them.
enum TerraformText {
  /// A quoted string; no text of a user can end it, or start a template.
  static func quoted(_ text: String) -> String {
    var result = "\""
    let scalars = Array(SafeText.withoutControls(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // `${` and `%{` start templates; doubled, they are themselves.
      case "$", "%":
        result.unicodeScalars.append(scalar)
        if index + 1 < scalars.count, scalars[index + 1] == "{" {
          result.unicodeScalars.append(scalar)
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A block, in the form of `terraform fmt`: equal signs of a stretch of attributes in one column.
  static func block(_ head: String, _ body: [Line], indent: String = "") -> [String] {
    let inner = indent + "  "
    var result = [indent + head + " {"]
    var stretch: [(name: String, value: String)] = []
    func flush() {
      let width = stretch.map(\.name.count).max() ?? 0
      for (name, value) in stretch {
        let padding = String(repeating: " ", count: width - name.count)
        result.append("\(inner)\(name)\(padding) = \(value)")
      }
      stretch = []
    }
    for (index, line) in body.enumerated() {
      switch line {
      case .attribute(let name, let value): stretch.append((name, value))
      case .block(let head, let lines):
        flush()
        if index > 0 { result.append("") }
        result += block(head, lines, indent: inner)
      case .object(let name, let lines):
        flush()
        result += block("\(name) =", lines, indent: inner)
      }
    }
    flush()
    result.append(indent + "}")
    return result
  }

  enum Line {
    /// The value is HCL: `TerraformText.quoted` makes it of a text.
    case attribute(String, String)
    case block(String, [Line])
    /// `name = { … }`.
    case object(String, [Line])
  }
}
