import Ingest

/// A token by which a provider knows a request again: sent twice, it buys once.
package enum ClientToken {
  /// In the form of a UUID of version 8 (RFC 9562, section 5.8); the same for the same parts.
  package static func text(of parts: [String]) -> String {
    let digest = SHA256.text(ofParts: parts)
    var digits = Array(digest.prefix(32))
    digits[12] = "8"
    // The two bits of the variant.
    digits[16] = "a"
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return groups.map { String(digits[$0]) }.joined(separator: "-")
  }
}
