import CloudCosts
import Foundation

/// Writes an `Encodable` value as JSON whose keys are in the order in which they were encoded.
///
/// Foundation's encoder sorts keys or shuffles them; a document that people read and compare wants
/// the order of its contract, and the same bytes for the same value.
enum OrderedJSON {
  static func text(_ value: some Encodable) throws -> String {
    let slot = Slot()
    try slot.set(value, path: [])
    return slot.text + "\n"
  }

  /// A place in the document that is filled while values are encoded.
  ///
  /// What is encoded whole becomes text at once: a document of a million parts has one tree of
  /// places for each part, and not all of them at the same time.
  final class Slot {
    enum Kind {
      case text(String)
      case array
      case object
      /// An array or an object, as it is in the document.
      case written(String)
    }
    var kind = Kind.text("null")
    private let depth: Int
    /// Next to `children`; empty where they are elements of an array.
    private(set) var keys: [String] = []
    private(set) var children: [Slot] = []

    /// Whether it stays a tree.
    private let isKept: Bool

    init(depth: Int = 0, isKept: Bool = false) {
      self.depth = depth
      self.isKept = isKept
    }

    func set(_ value: some Encodable, path: [any CodingKey]) throws {
      switch value {
      case let value as JSONNumber: kind = .text(value.text)
      case let value as Decimal: kind = .text(value.description)
      case let value as String: kind = .text(OrderedJSON.quoted(value))
      case let value as Bool: kind = .text(value ? "true" : "false")
      case let value as Int: kind = .text(String(value))
      case let value as Double: kind = .text(OrderedJSON.number(value))
      default:
        try value.encode(to: OrderedJSONEncoder(slot: self, codingPath: path))
        settle()
      }
    }

    private func settle() {
      guard !isKept else { return }
      switch kind {
      case .text, .written: return
      case .array, .object:
        kind = .written(text)
        keys = []
        children = []
      }
    }

    /// A new place under a key, or at the end of the array.
    func append(key: String? = nil) -> Slot {
      let slot = Slot(depth: depth + 1, isKept: isKept)
      if let key { keys.append(key) }
      children.append(slot)
      return slot
    }

    var text: String {
      switch kind {
      case .text(let text), .written(let text): return text
      case .array where isPlain:
        return "[" + children.lazy.map(\.text).joined(separator: ", ") + "]"
      case .array: return block("[", "]") { children[$0].text }
      case .object:
        return block("{", "}") { OrderedJSON.quoted(keys[$0]) + ": " + children[$0].text }
      }
    }

    /// Whether it is a list of numbers and texts only: that is on one line.
    private var isPlain: Bool {
      children.allSatisfy {
        if case .text = $0.kind { true } else { false }
      }
    }

    private func block(_ open: String, _ close: String, _ line: (Int) -> String) -> String {
      guard !children.isEmpty else { return open + close }
      let indent = String(repeating: "  ", count: depth)
      var result = open
      for index in children.indices {
        result += index == 0 ? "\n" : ",\n"
        result += indent + "  " + line(index)
      }
      return result + "\n" + indent + close
    }
  }

  /// Whole numbers without a decimal point, all others with the fewest digits that read back the
  /// same; null for what is no number.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }

  /// A JSON string. `<` is escaped as well, because such a document may be inside HTML, and what is
  /// unseen, because people read it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar == "<" || scalar.isUnseen:
        for unit in String(scalar).utf16 {
          result += "\\u" + String(UInt32(unit) + 0x10000, radix: 16).dropFirst()
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
