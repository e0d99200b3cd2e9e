/// The encoder behind `OrderedJSON`: every container writes into a slot of the document.
struct OrderedJSONEncoder: Encoder {
  let slot: OrderedJSON.Slot
  var codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    slot.kind = .object
    return KeyedEncodingContainer(Keyed<Key>(slot: slot, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    slot.kind = .array
    return Unkeyed(slot: slot, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(slot: slot, codingPath: codingPath)
  }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: OrderedJSON.Slot
    var codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) { _ = slot.append(key: key.stringValue) }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      try slot.append(key: key.stringValue).set(value, path: codingPath + [key])
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
      -> KeyedEncodingContainer<Nested>
    { nested(key).container(keyedBy: type) }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      nested(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
      OrderedJSONEncoder(slot: slot.append(key: "super", isNested: true), codingPath: codingPath)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: Key) -> OrderedJSONEncoder {
      OrderedJSONEncoder(
        slot: slot.append(key: key.stringValue, isNested: true), codingPath: codingPath + [key])
    }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let slot: OrderedJSON.Slot
    var codingPath: [any CodingKey]
    var count: Int { slot.count }

    mutating func encodeNil() { _ = slot.append() }

    mutating func encode<T: Encodable>(_ value: T) throws {
      try slot.append().set(value, path: codingPath)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type)
      -> KeyedEncodingContainer<Nested>
    { nested().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      nested().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { nested() }

    private func nested() -> OrderedJSONEncoder {
      OrderedJSONEncoder(slot: slot.append(isNested: true), codingPath: codingPath)
    }
  }

  private struct Single: SingleValueEncodingContainer {
    let slot: OrderedJSON.Slot
    var codingPath: [any CodingKey]

    mutating func encodeNil() { slot.kind = .text("null") }

    mutating func encode<T: Encodable>(_ value: T) throws { try slot.set(value, path: codingPath) }
  }
}
