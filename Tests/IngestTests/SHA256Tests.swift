import Foundation
import Testing

@testable import Ingest

/// The examples of FIPS 180-4's companion ("SHA256", NIST cryptographic standards examples), and
/// RFC 6234's.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func published(text: String, digest: String) {
    #expect(SHA256.text(of: text.utf8) == digest)
  }

  /// A million times the letter a, in pieces of all lengths.
  @Test func inPieces() {
    var digest = SHA256()
    var left = 1_000_000
    var length = 1
    while left > 0 {
      let piece = [UInt8](repeating: UInt8(ascii: "a"), count: min(length, left))
      piece.withUnsafeBytes { digest.add($0) }
      left -= piece.count
      length = length % 200 + 1
    }
    #expect(
      digest.finished() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func ofAFile() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(SHA256.text(ofFileAt: file.path) == nil)
    try Data("abc".utf8).write(to: file)
    #expect(SHA256.text(ofFileAt: file.path) == SHA256.text(of: "abc".utf8))
  }
}
