import Foundation

/// The SHA-256 digest of bytes that come in pieces.
///
/// Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5 and 6.2.
package struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that wait for a block of 64 to fill.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0
  private var schedule = [UInt32](repeating: 0, count: 64)

  package init() {}

  /// In hexadecimal, small letters.
  package static func text(of bytes: some Sequence<UInt8>) -> String {
    var digest = SHA256()
    Array(bytes).withUnsafeBytes { digest.add($0) }
    return digest.finished()
  }

  /// Of texts, each after its length, so that nothing can be moved from one to the next.
  package static func text(ofParts parts: [String]) -> String {
    text(of: parts.map { "\($0.utf8.count):\($0)" }.joined().utf8)
  }

  /// Of a whole file; nil where it cannot be read.
  package static func text(ofFileAt path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    var digest = SHA256()
    while true {
      guard let chunk = try? file.read(upToCount: 1 << 20) ?? Data() else { return nil }
      guard !chunk.isEmpty else { return digest.finished() }
      chunk.withUnsafeBytes { digest.add($0) }
    }
  }

  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    count &+= UInt64(bytes.count)
    var bytes = bytes[...]
    if !rest.isEmpty {
      let head = bytes.prefix(64 - rest.count)
      rest += head
      bytes = bytes.dropFirst(head.count)
      guard rest.count == 64 else { return }
      let block = rest
      block.withUnsafeBytes { mix($0) }
      rest = []
    }
    while bytes.count >= 64 {
      mix(UnsafeRawBufferPointer(rebasing: bytes.prefix(64)))
      bytes = bytes.dropFirst(64)
    }
    rest += bytes
  }

  /// The digest of all that was added, in hexadecimal.
  package mutating func finished() -> String {
    let bits = count &* 8
    var padding: [UInt8] = [0x80]
    while (rest.count + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    padding.withUnsafeBytes { add($0) }
    return state.map { word in
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 8 - text.count) + text
    }.joined()
  }

  /// One block of 64 bytes (section 6.2.2).
  private mutating func mix(_ block: UnsafeRawBufferPointer) {
    Self.constants.withUnsafeBufferPointer { constants in
      schedule.withUnsafeMutableBufferPointer { w in
        Self.expand(block, into: w)
        state.withUnsafeMutableBufferPointer { Self.rounds(w, constants, into: $0) }
      }
    }
  }

  private static func expand(
    _ block: UnsafeRawBufferPointer, into w: UnsafeMutableBufferPointer<UInt32>
  ) {
    for t in 0..<16 {
      w[t] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: t * 4, as: UInt32.self))
    }
    for t in 16..<64 {
      let a = w[t &- 15]
      let b = w[t &- 2]
      let s0 = turned(a, 7) ^ turned(a, 18) ^ (a &>> 3)
      let s1 = turned(b, 17) ^ turned(b, 19) ^ (b &>> 10)
      w[t] = w[t &- 16] &+ s0 &+ w[t &- 7] &+ s1
    }
  }

  private static func rounds(
    _ w: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
    into state: UnsafeMutableBufferPointer<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      let one = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ constants[t] &+ w[t]
      let s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
      let two = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ one, c, b, a, one &+ two)
    }
    let sums = [a, b, c, d, e, f, g, h]
    for i in 0..<8 { state[i] = state[i] &+ sums[i] }
  }

  private static func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    (word &>> bits) | (word &<< (32 &- bits))
  }

  /// Section 4.2.2.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
