import Foundation

/// Numbers of a series as bytes: IEEE 754 doubles, little-endian, one after another.
enum HistoryBlob {
  static func data(_ values: [Double]) -> Data {
    #if _endian(little)
      return values.withUnsafeBytes { Data($0) }
    #else
      return values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    #endif
  }

  static func values(_ data: Data) -> [Double] {
    var values = [Double](repeating: 0, count: data.count / 8)
    data.withUnsafeBytes { blob in
      values.withUnsafeMutableBufferPointer { _ = add(blob, to: $0, at: 0) }
    }
    return values
  }

  /// Adds the numbers of a blob to `sums`, the first to `sums[offset]`; those outside are left out.
  ///
  /// - Returns: whether all that were added are numbers, and not absurd.
  static func add(
    _ blob: UnsafeRawBufferPointer, to sums: UnsafeMutableBufferPointer<Double>, at offset: Int
  ) -> Bool {
    let count = blob.count / 8
    let lower = max(0, -offset)
    let upper = min(count, sums.count - offset)
    guard lower < upper else { return true }
    var areNumbers = true
    for index in lower..<upper {
      let bits = blob.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      let value = Double(bitPattern: UInt64(littleEndian: bits))
      sums[offset + index] += value
      areNumbers = areNumbers && abs(value) <= CheckedRow.largest
    }
    return areNumbers
  }
}
