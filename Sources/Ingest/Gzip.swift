import CZlib

/// Compresses what is written under a name that ends in `.gz`.
package enum Gzip {
  /// The bytes as a gzip file; nil where memory does not suffice.
  package static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    // 15 bits of window, and 16 more for gzip's own frame.
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let isDone = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(clamping: source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(clamping: target.count)
        return deflate(&stream, Z_FINISH) == Z_STREAM_END
      }
    }
    guard isDone else { return nil }
    output.removeLast(output.count - Int(stream.total_out))
    return output
  }

  /// The bytes of a gzip file in memory; nil where they are damaged.
  package static func inflated(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.avail_in = UInt32(clamping: bytes.count)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let (code, written) = buffer.withUnsafeMutableBufferPointer { target in
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(clamping: target.count)
        return (inflate(&stream, Z_NO_FLUSH), target.count - Int(stream.avail_out))
      }
      output += buffer[..<written]
      if code == Z_STREAM_END { return output }
      guard code == Z_OK, written > 0 || stream.avail_in > 0 else { return nil }
    }
  }

  /// The first bytes of what is compressed, at most 64 KiB; nil where the bytes are not those of a
  /// gzip file.
  package static func head(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.starts(with: [0x1f, 0x8b]) else { return nil }
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 1 << 16)
    let left = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(clamping: source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        _ = inflate(&stream, Z_SYNC_FLUSH)
        return Int(stream.avail_out)
      }
    }
    output.removeLast(left)
    return output
  }
}
