/// Numbers the different keys of a file, so that text becomes a `String` once a key and not once a
/// row.
///
/// Open addressing over the bytes of the key's fields. Time: constant a row. Memory: the bytes of
/// the different keys.
struct KeyTable {
  private var key: [UInt8] = []
  private var keys: [UInt8] = []
  private var ends: [Int] = []
  /// For each different key, what the caller stored for it.
  private var values: [Int32] = []
  /// Numbers of keys, or −1; the length is a power of two.
  private var slots = [Int32](repeating: -1, count: 1024)
  private var slot = 0

  /// Starts a new key.
  mutating func begin() { key.removeAll(keepingCapacity: true) }

  /// Adds a field to the key.
  mutating func append(_ field: Field) {
    key.append(contentsOf: field.bytes)
    // A byte that UTF-8 never has keeps "a,b" and "ab," apart.
    key.append(0xFF)
  }

  /// The value stored for the key; nil where it is new.
  mutating func lookup() -> Int? {
    let mask = slots.count - 1
    slot = Int(truncatingIfNeeded: hash(key[...])) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if matches(number) { return Int(values[number]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Stores a value for the key that `lookup` has just not found.
  mutating func store(_ value: Int) {
    slots[slot] = Int32(values.count)
    values.append(Int32(value))
    keys.append(contentsOf: key)
    ends.append(keys.count)
    if values.count * 2 > slots.count { grow() }
  }

  private func bytes(of number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  private func matches(_ number: Int) -> Bool {
    let range = bytes(of: number)
    guard range.count == key.count else { return false }
    return keys.withUnsafeBytes { stored in
      key.withUnsafeBytes { sought in
        for index in 0..<sought.count where stored[range.lowerBound + index] != sought[index] {
          return false
        }
        return true
      }
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for number in values.indices {
      var slot = Int(truncatingIfNeeded: hash(keys[bytes(of: number)])) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }

  /// Eight bytes a step: multiply, and fold the high half into the low one.
  private func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { raw in
      var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(raw.count)
      var offset = 0
      while offset < raw.count {
        var word: UInt64 = 0
        if offset + 8 <= raw.count {
          word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        } else {
          for index in offset..<raw.count { word = word << 8 | UInt64(raw[index]) }
        }
        let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        state = product.high ^ product.low
        offset += 8
      }
      return state ^ (state >> 32)
    }
  }
}
