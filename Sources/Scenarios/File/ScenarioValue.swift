/// What a scenario says under a key, with overrides applied: plain data, to be kept in a document.
package indirect enum ScenarioValue: Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([ScenarioValue])
  case map([String: ScenarioValue])

  /// The value at a dot path; nil where there is none.
  package subscript(path: String) -> ScenarioValue? {
    var value = self
    for key in path.split(separator: ".") {
      guard case .map(let entries) = value, let next = entries[String(key)] else { return nil }
      value = next
    }
    return value
  }

  /// The same with another value at a path of keys; maps are made where there are none.
  func setting(_ path: ArraySlice<String>, to value: ScenarioValue) -> ScenarioValue {
    guard let key = path.first else { return value }
    var entries: [String: ScenarioValue] = [:]
    if case .map(let old) = self { entries = old }
    entries[key] = (entries[key] ?? .map([:])).setting(path.dropFirst(), to: value)
    return .map(entries)
  }
}

extension ScenarioValue {
  /// Numbers and yes or no as YAML's core schema reads them where there are no quotes.
  init(_ tree: ScenarioTree) {
    switch tree.content {
    case .null: self = .null
    case .scalar(let text, let isPlain):
      if isPlain, let number = Double(text), number.isFinite {
        self = .number(number)
      } else if isPlain, ["true", "false"].contains(text) {
        self = .flag(text == "true")
      } else {
        self = .text(text)
      }
    case .list(let items): self = .list(items.map { ScenarioValue($0) })
    case .map(let entries):
      self = .map(
        Dictionary(entries.map { ($0.key, ScenarioValue($0.value)) }, uniquingKeysWith: { $1 }))
    }
  }

  /// Of a whole scenario: what overrides say has been applied, and is not repeated.
  init(scenario tree: ScenarioTree) {
    self.init(tree)
    guard case .map(var entries) = self else { return }
    entries["overrides"] = nil
    entries["scenarios"] = nil
    self = .map(entries)
  }
}

extension ScenarioValue: Codable {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    if let keyed = try? decoder.container(keyedBy: Key.self) {
      var entries: [String: ScenarioValue] = [:]
      for key in keyed.allKeys {
        entries[key.stringValue] = try keyed.decode(ScenarioValue.self, forKey: key)
      }
      self = .map(entries)
    } else if var list = try? decoder.unkeyedContainer() {
      var items: [ScenarioValue] = []
      while !list.isAtEnd { items.append(try list.decode(ScenarioValue.self)) }
      self = .list(items)
    } else {
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        self = .null
      } else if let flag = try? single.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? single.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try single.decode(String.self))
      }
    }
  }

  /// Keys in their order by name: the same bytes for the same value.
  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .map(let entries):
      var keyed = encoder.container(keyedBy: Key.self)
      for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
        try keyed.encode(value, forKey: Key(stringValue: key))
      }
    case .list(let items):
      var list = encoder.unkeyedContainer()
      for item in items { try list.encode(item) }
    case .null:
      var single = encoder.singleValueContainer()
      try single.encodeNil()
    case .flag(let flag):
      var single = encoder.singleValueContainer()
      try single.encode(flag)
    case .number(let number):
      var single = encoder.singleValueContainer()
      try single.encode(number)
    case .text(let text):
      var single = encoder.singleValueContainer()
      try single.encode(text)
    }
  }
}
