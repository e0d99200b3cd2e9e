/// Turns UTF-16 into UTF-8, piece by piece: spreadsheets save it as "Unicode text", and some shells
/// write it into files.
///
/// What is no character (half of a pair, an odd byte at the end) becomes a byte that is no UTF-8:
/// who reads the lines then says on which it is.
struct UTF16Text {
  enum ByteOrder {
    case little, big

    /// Of text that starts with a byte order mark, or with two printable ASCII characters of two
    /// bytes each; nil for every other text. Neither is possible in UTF-8 without a NUL.
    init?(of head: UnsafeRawBufferPointer) {
      func isPlain(_ index: Int) -> Bool { (0x20...0x7E).contains(head[index]) }
      guard head.count >= 2 else { return nil }
      if head[0] == 0xFF, head[1] == 0xFE {
        self = .little
      } else if head[0] == 0xFE, head[1] == 0xFF {
        self = .big
      } else if head.count < 4 {
        return nil
      } else if isPlain(0), head[1] == 0, isPlain(2), head[3] == 0 {
        self = .little
      } else if head[0] == 0, isPlain(1), head[2] == 0, isPlain(3) {
        self = .big
      } else {
        return nil
      }
    }
  }

  private static let noCharacter: UInt8 = 0xFF
  private static let byteOrderMark: UInt16 = 0xFEFF

  private let order: ByteOrder
  /// The first byte of a unit whose second has not come yet.
  private var halfUnit: UInt8?
  /// The first half of a pair whose second has not come yet.
  private var halfPair: UInt16?
  private var isStarted = false
  private var ready: [UInt8] = []
  private var taken = 0

  init(_ order: ByteOrder) { self.order = order }

  /// Whether all that was added has been taken.
  var isDrained: Bool { taken == ready.count }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      guard let first = halfUnit else {
        halfUnit = byte
        continue
      }
      halfUnit = nil
      let (high, low) = order == .little ? (byte, first) : (first, byte)
      add(UInt16(high) << 8 | UInt16(low))
    }
  }

  /// Says that nothing follows.
  mutating func finish() {
    if halfPair != nil || halfUnit != nil { ready.append(UTF16Text.noCharacter) }
    halfPair = nil
    halfUnit = nil
  }

  /// Moves as much as fits.
  ///
  /// - Returns: the number of bytes.
  mutating func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, ready.count - taken)
    ready.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken..<taken + count]))
    }
    taken += count
    if isDrained {
      ready.removeAll(keepingCapacity: true)
      taken = 0
    }
    return count
  }

  private mutating func add(_ unit: UInt16) {
    defer { isStarted = true }
    if let high = halfPair {
      halfPair = nil
      if UTF16.isTrailSurrogate(unit) {
        return append(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)))
      }
      ready.append(UTF16Text.noCharacter)
    }
    if UTF16.isLeadSurrogate(unit) {
      halfPair = unit
    } else if UTF16.isTrailSurrogate(unit) {
      ready.append(UTF16Text.noCharacter)
    } else if isStarted || unit != UTF16Text.byteOrderMark {
      append(UInt32(unit))
    }
  }

  /// - Parameter value: no surrogate.
  private mutating func append(_ value: UInt32) {
    if value < 0x80 { return ready.append(UInt8(value)) }
    guard let scalar = Unicode.Scalar(value) else { return ready.append(UTF16Text.noCharacter) }
    UTF8.encode(scalar).map { ready.append(contentsOf: $0) }
  }
}
