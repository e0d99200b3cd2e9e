/// Numbers the different keys of a file, so that text becomes a `String` once a key and not once a
/// row.
///
/// Open addressing over the bytes of the key's fields. Files tell the same keys in the same order
/// over and over, so the key that followed the last one before is tried first: its fields are
/// compared where they are, and nothing is copied or hashed. Time: constant a row. Memory: the
/// bytes of the different keys.
struct KeyTable {
  /// The key's bytes; not those of fields that agreed with the guess.
  private var key: [UInt8] = []
  private var keys: [UInt8] = []
  private var ends: [Int] = []
  /// For each different key, what the caller stored for it.
  private var values: [Int32] = []
  /// Numbers of keys, or −1; the length is a power of two.
  private var slots = [Int32](repeating: -1, count: 1024)
  private var slot = 0
  /// For each key the one that followed it the last time, or −1.
  private var followers: [Int32] = []
  private var last = -1
  /// The key that is expected, as long as the fields agree with it; −1 from then on.
  private var guess = -1
  /// How far they agree, in `keys`.
  private var agreed = 0

  /// Between fields: a byte that UTF-8 never has keeps "a,b" and "ab," apart.
  private static let separator: UInt8 = 0xFF

  /// Starts a new key.
  mutating func begin() {
    key.removeAll(keepingCapacity: true)
    guess = last >= 0 ? Int(followers[last]) : -1
    if guess >= 0 { agreed = bytes(of: guess).lowerBound }
  }

  /// Adds a field to the key.
  mutating func append(_ field: Field) {
    if guess >= 0 {
      if agrees(field) {
        agreed += field.bytes.count + 1
        return
      }
      giveUpGuess()
    }
    key.append(contentsOf: field.bytes)
    key.append(Self.separator)
  }

  /// Whether the field is the next one of the key that is expected.
  private func agrees(_ field: Field) -> Bool {
    let count = field.bytes.count
    guard agreed + count < ends[guess] else { return false }
    return keys.withUnsafeBytes { stored in
      for index in 0..<count where stored[agreed + index] != field.bytes[index] { return false }
      return stored[agreed + count] == Self.separator
    }
  }

  private mutating func giveUpGuess() {
    key.append(contentsOf: keys[bytes(of: guess).lowerBound..<agreed])
    guess = -1
  }

  /// The value stored for the key; nil where it is new.
  mutating func lookup() -> Int? {
    if guess >= 0 {
      if agreed == ends[guess] { return found(guess) }
      giveUpGuess()
    }
    let mask = slots.count - 1
    slot = Int(truncatingIfNeeded: hash(key[...])) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if matches(number) { return found(number) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func found(_ number: Int) -> Int {
    if last >= 0 { followers[last] = Int32(number) }
    last = number
    return Int(values[number])
  }

  /// Stores a value for the key that `lookup` has just not found.
  mutating func store(_ value: Int) {
    slots[slot] = Int32(values.count)
    if last >= 0 { followers[last] = Int32(values.count) }
    last = values.count
    values.append(Int32(value))
    followers.append(-1)
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
