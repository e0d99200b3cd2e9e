/// A JSON value; numbers stay text, so that no digit of a price is lost before it is read.
indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// In the order of the file; of a key that is there twice, both.
  case object([Member])

  struct Member: Hashable, Sendable {
    var key: String
    var value: JSONValue
  }

  /// A member of an object, whatever the case of its name: the same provider's field is
  /// `InstanceType` from one tool and `instanceType` from another. Null is as good as absent: tools
  /// differ in which of the two they write.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    let found =
      members.first { $0.key == key }
      ?? members.first { $0.key.caseInsensitiveCompare(key) }
    return found?.value == .null ? nil : found?.value
  }

  /// What lies along a path of members: `value["sku", "name"]`.
  subscript(path: String...) -> JSONValue? {
    var value = self
    for key in path {
      guard let next = value[key] else { return nil }
      value = next
    }
    return value
  }

  var members: [Member] { if case .object(let members) = self { members } else { [] } }
  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  /// A text that is not empty, or a number as it is written.
  var text: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let text): text
    case .null, .bool, .array, .object: nil
    }
  }

  /// A number, also one that is in quotes, as AWS and Google write prices.
  var number: Double? {
    guard let text else { return nil }
    return Number.value(of: text)
  }

  var flag: Bool? {
    switch self {
    case .bool(let flag): flag
    case .string(let text): ["true": true, "false": false][text.lowercased()]
    case .null, .number, .array, .object: nil
    }
  }
}

extension Number {
  /// The number that a text is; nil where it is none, or not finite.
  static func value(of text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      try? parse(Field(trimming: UnsafeRawBufferPointer(bytes)))
    }
  }
}

extension String {
  fileprivate func caseInsensitiveCompare(_ other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { a, b in
        a == b || (a ^ b == 0x20 && (a | 0x20) &- 0x61 < 26)
      }
  }
}
