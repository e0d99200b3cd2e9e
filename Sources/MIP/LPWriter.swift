/// Collects the lines of an LP text, none of them long: old readers stop at 255 characters.
struct LPWriter {
  private(set) var lines: [String] = []
  private let width = 100

  mutating func section(_ title: String) {
    lines.append(title)
  }

  mutating func line(_ text: String) {
    lines.append(" " + text)
  }

  /// A remark; nothing in it can end it early.
  mutating func comment(_ text: String) {
    let plain = text.unicodeScalars.map { $0.value < 32 || $0.value > 126 ? "?" : Character($0) }
    lines.append("\\ " + String(plain.prefix(200)))
  }

  /// A labelled linear form, as in ` label: 2 x - y >= 1`.
  mutating func form(
    _ label: String, _ terms: [Term], _ names: LPNames, _ relation: String = ""
  ) {
    var words: [String] = []
    words.reserveCapacity(terms.count + 1)
    for term in terms {
      let size = abs(term.coefficient)
      let sign = term.coefficient < 0 ? "- " : words.isEmpty ? "" : "+ "
      let factor = size == 1 ? "" : size.lpText + " "
      words.append(sign + factor + names[term.variable])
    }
    if terms.isEmpty { words.append("0 " + names[VariableID(index: 0)]) }
    if !relation.isEmpty { words.append(relation) }
    wrap(label + ":", words)
  }

  /// A section of names, left out when there are none.
  mutating func list(_ title: String, _ names: [String]) {
    guard !names.isEmpty else { return }
    section(title)
    wrap("", names)
  }

  private mutating func wrap(_ head: String, _ words: [String]) {
    var line = head.isEmpty ? "" : " " + head
    var length = line.utf8.count
    for word in words {
      if length + 1 + word.utf8.count > width, length > 0 {
        lines.append(line)
        line = head.isEmpty ? "" : " "
        length = line.utf8.count
      }
      line += " " + word
      length += 1 + word.utf8.count
    }
    lines.append(line)
  }
}

extension Double {
  /// The shortest digits that read back as the same number, without a needless ".0".
  var lpText: String {
    if let whole = Int64(exactly: self), abs(whole) < 1 << 53 { return String(whole) }
    return "\(self)"
  }
}
