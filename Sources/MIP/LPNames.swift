/// Names as the LP format allows them, different from each other, the same each time.
///
/// Of the characters that the format's readers share we keep letters, digits and `_ . , ( )`;
/// brackets become parentheses, all else `_`. Names that a reader would take for a number or a word
/// of the format get a `_` before them, names that then are equal a number behind them.
struct LPNames {
  private(set) var unique: [String] = []
  private let fallback: String
  private static let longest = 120

  /// - Parameter fallback: Begins the names of nameless things.
  init(_ names: [String], fallback: String) {
    self.fallback = fallback
    unique.reserveCapacity(names.count)
    var taken = Set<String>(minimumCapacity: names.count)
    // Where to go on counting, so that many equal names cost no more than different ones.
    var next: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      let plain = name.isEmpty ? "\(fallback)\(index)" : Self.sanitized(name)
      var candidate = plain
      while !taken.insert(candidate).inserted {
        let number = next[plain, default: 2]
        next[plain] = number + 1
        candidate = "\(plain)_\(number)"
      }
      unique.append(candidate)
    }
  }

  /// The name of a variable, also of one that is not there.
  subscript(_ variable: VariableID) -> String {
    unique.indices ~= variable.index ? unique[variable.index] : "\(fallback)\(variable.index)"
  }

  static func sanitized(_ name: String) -> String {
    var plain = String(name.unicodeScalars.prefix(longest).map(allowed))
    if looksReserved(plain) { plain = "_" + plain }
    return plain
  }

  private static func allowed(_ scalar: Unicode.Scalar) -> Character {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".", ",", "(", ")": Character(scalar)
    case "[", "{": "("
    case "]", "}": ")"
    default: "_"
    }
  }

  private static let words: Set<String> = [
    "st", "st.", "s.t.", "subject", "such", "min", "minimum", "minimize", "max", "maximum",
    "maximize", "bound", "bounds", "free", "gen", "general", "generals", "int", "integer",
    "integers", "bin", "binary", "binaries", "sos", "sos1", "sos2", "semi", "semis", "sec", "end",
    "obj",
  ]

  /// Whether a reader might see a number (HiGHS takes "inf…" and "nan…" for one) or a keyword.
  private static func looksReserved(_ name: String) -> Bool {
    let lower = name.lowercased()
    guard let first = lower.first else { return true }
    if words.contains(lower) || lower.hasPrefix("inf") || lower.hasPrefix("nan") { return true }
    if first == "e" {
      let next = lower.dropFirst().first
      return next == nil || next?.isNumber == true || next == "."
    }
    return !(first.isLetter || first == "_")
  }
}
