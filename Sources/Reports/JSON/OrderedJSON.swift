import Foundation

/// Writes an `Encodable` value as JSON whose keys are in the order in which they were encoded.
///
/// Foundation's encoder sorts keys or shuffles them; a document that people read and compare wants
/// the order of its contract, and the same bytes for the same value.
enum OrderedJSON {
  static func text(_ value: some Encodable) throws -> String {
    let slot = Slot()
    try slot.set(value, path: [])
    return slot.text(indent: "") + "\n"
  }

  /// A place in the document that is filled while values are encoded.
  final class Slot {
    enum Kind {
      case text(String)
      case array
      case object
    }
    var kind = Kind.text("null")
    /// Next to `children`; empty where they are elements of an array.
    private(set) var keys: [String] = []
    private(set) var children: [Slot] = []

    func set(_ value: some Encodable, path: [any CodingKey]) throws {
      switch value {
      case let value as JSONNumber: kind = .text(value.text)
      case let value as Decimal: kind = .text(value.description)
      case let value as String: kind = .text(OrderedJSON.quoted(value))
      case let value as Bool: kind = .text(value ? "true" : "false")
      case let value as Int: kind = .text(String(value))
      case let value as Double: kind = .text(OrderedJSON.number(value))
      default: try value.encode(to: OrderedJSONEncoder(slot: self, codingPath: path))
      }
    }

    /// A new place under a key, or at the end of the array.
    func append(key: String? = nil) -> Slot {
      let slot = Slot()
      if let key { keys.append(key) }
      children.append(slot)
      return slot
    }

    func text(indent: String) -> String {
      let deeper = indent + "  "
      switch kind {
      case .text(let text): return text
      case .array where isPlain:
        return "[" + children.map { $0.text(indent: "") }.joined(separator: ", ") + "]"
      case .array:
        return block("[", children.map { $0.text(indent: deeper) }, "]", indent: indent)
      case .object:
        let entries = zip(keys, children).map { key, child in
          OrderedJSON.quoted(key) + ": " + child.text(indent: deeper)
        }
        return block("{", entries, "}", indent: indent)
      }
    }

    /// Whether it is a list of numbers and texts only: that is on one line.
    private var isPlain: Bool {
      children.allSatisfy {
        if case .text = $0.kind { true } else { false }
      }
    }

    private func block(_ open: String, _ lines: [String], _ close: String, indent: String)
      -> String
    {
      guard !lines.isEmpty else { return open + close }
      let body = lines.map { indent + "  " + $0 }.joined(separator: ",\n")
      return open + "\n" + body + "\n" + indent + close
    }
  }

  /// Whole numbers without a decimal point, all others with the fewest digits that read back the
  /// same; null for what is no number.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }

  /// A JSON string, with `<` escaped as well: such a document may stand inside HTML.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "<", "\u{7f}", "\u{2028}", "\u{2029}":
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
