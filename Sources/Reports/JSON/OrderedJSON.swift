import CloudCosts
import Foundation

/// Writes an `Encodable` value as JSON whose keys are in the order in which they were encoded.
///
/// Foundation's encoder sorts keys or shuffles them; a document that people read and compare wants
/// the order of its contract, and the same bytes for the same value.
enum OrderedJSON {
  static func text(_ value: some Encodable) throws -> String {
    let output = OrderedJSONOutput()
    try write(value, to: output)
    return output.pending
  }

  /// Hands the document over piece by piece: one of a million parts is never whole in memory.
  static func write(
    _ value: some Encodable, _ receive: @escaping (String) -> Void
  ) throws {
    let output = OrderedJSONOutput(receive)
    try write(value, to: output)
    output.finish()
  }

  private static func write(_ value: some Encodable, to output: OrderedJSONOutput) throws {
    let slot = Slot(output: output)
    try slot.set(value, path: [])
    output.add(slot.isOpen ? "\n" : slot.text + "\n")
  }

  /// A place in the document that is filled while values are encoded.
  ///
  /// What is encoded whole becomes text at once, and is handed over as soon as all before it is
  /// (`OrderedJSONOutput`).
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
    private let output: OrderedJSONOutput?
    /// How many children were handed over, and are gone.
    private var written = 0
    /// Whether some child may be filled at any time.
    private var hasNested = false
    /// Whether its beginning was handed over.
    private(set) var isOpen = false
    /// Whether nothing that is still to come is before it.
    var isNext = false

    init(depth: Int = 0, isKept: Bool = false, output: OrderedJSONOutput? = nil) {
      self.depth = depth
      self.isKept = isKept
      self.output = output
    }

    var count: Int { written + children.count }

    func set(_ value: some Encodable, path: [any CodingKey]) throws {
      switch value {
      case let value as JSONNumber: kind = .text(value.text)
      case let value as Decimal: kind = .text(value.description)
      case let value as String: kind = .text(OrderedJSON.quoted(value))
      case let value as Bool: kind = .text(value ? "true" : "false")
      case let value as Int: kind = .text(String(value))
      case let value as Double: kind = .text(OrderedJSON.number(value))
      default:
        let isEntered = output?.enter(self) ?? false
        try value.encode(to: OrderedJSONEncoder(slot: self, codingPath: path))
        if isEntered { output?.leave(self) }
        settle()
      }
      output?.completed(self)
    }

    private func settle() {
      guard !isKept, !isOpen else { return }
      switch kind {
      case .text, .written: return
      case .array, .object:
        kind = .written(text)
        keys = []
        children = []
      }
    }

    /// A new place under a key, or at the end of the array.
    ///
    /// - Parameter isNested: whether its container is filled next to others.
    func append(key: String? = nil, isNested: Bool = false) -> Slot {
      if isNested { hasNested = true }
      let slot = Slot(depth: depth + 1, isKept: isKept, output: output)
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
    private var isPlain: Bool { children.allSatisfy(\.isText) }

    private var isText: Bool {
      if case .text = kind { true } else { false }
    }

    /// Whether a child is the last one, and all before it are whole.
    func isWaiting(for child: Slot) -> Bool {
      isNext && !hasNested && children.last === child
    }

    /// Whether a child's end lets something be handed over: an array may yet be on one line.
    func canGoOn(after child: Slot) -> Bool {
      if case .array = kind, !isOpen { return !child.isText }
      return true
    }

    /// Hands its beginning over, and whatever children are before the last.
    func open() {
      isOpen = true
      if case .array = kind { output?.add("[") } else { output?.add("{") }
    }

    /// Hands children over, or all but the last, and then what is before that.
    func writeChildren(butLast: Bool = false) {
      for (index, child) in children.enumerated() where !child.isOpen {
        output?.add((written + index == 0 ? "\n" : ",\n") + indent + "  ")
        if index < keys.count { output?.add(OrderedJSON.quoted(keys[index]) + ": ") }
        if !butLast || index + 1 < children.count { output?.add(child.text) }
      }
      let kept = butLast ? 1 : 0
      written += children.count - kept
      children = children.suffix(kept)
      keys = keys.suffix(kept)
    }

    func close() {
      writeChildren()
      output?.add("\n" + indent)
      if case .array = kind { output?.add("]") } else { output?.add("}") }
    }

    private var indent: String { String(repeating: "  ", count: depth) }

    private func block(_ open: String, _ close: String, _ line: (Int) -> String) -> String {
      guard !children.isEmpty else { return open + close }
      let indent = indent
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
