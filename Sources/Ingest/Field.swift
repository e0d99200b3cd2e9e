import CloudCosts

/// The bytes of one field, without its quotes and without spaces around it.
///
/// RFC 4180 counts spaces as part of a field. Here they are cut off: two groups of usage that
/// differ in something invisible help no one. Valid until the reader moves on, so it never leaves a
/// row.
struct Field {
  let bytes: UnsafeRawBufferPointer

  /// Cuts off spaces and tabs at both ends.
  init(trimming bytes: UnsafeRawBufferPointer) {
    var lower = 0
    var upper = bytes.count
    while lower < upper, Field.isBlank(bytes[lower]) { lower += 1 }
    while lower < upper, Field.isBlank(bytes[upper - 1]) { upper -= 1 }
    self.bytes = UnsafeRawBufferPointer(rebasing: bytes[lower..<upper])
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  var isEmpty: Bool { bytes.isEmpty }

  /// The text; what is not UTF-8 becomes a replacement character.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text for a message.
  var quoted: String { text.quoted }
}

extension String {
  /// The text with what is unseen written out, so that a file cannot speak to the terminal.
  package var printable: String {
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isUnseen {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text between quotes for a message, printable and cut after 60 characters.
  package var quoted: String {
    let rest = unicodeScalars.dropFirst(60)
    return "'" + String(unicodeScalars.prefix(60)).printable + (rest.isEmpty ? "'" : "…'")
  }

  /// The same of a path: where it is long its end is what tells it from others.
  package var quotedPath: String {
    let rest = unicodeScalars.dropLast(60)
    return (rest.isEmpty ? "'" : "'…") + String(unicodeScalars.suffix(60)).printable + "'"
  }
}
