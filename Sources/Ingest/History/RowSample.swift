import Foundation

/// Some rows of a file's day: those with the least hashes, so that two files that hold the same
/// rows have the same of them in their samples.
///
/// Broder, "On the resemblance and containment of documents" (1997): below the largest hash that
/// both samples reach, what share of one is in the other is that of all its rows.
package struct RowSample: Hashable, Sendable {
  /// Hashes that a sample holds at most: a share is known to a tenth.
  static let most = 128

  /// How a shape ends whose rows name resources.
  static let resources = " by resource"
  /// What a shape says whose machines' rows are for more than a day each.
  static let months = " by month"
  /// What a shape says whose rows of more than a day differ in nothing but amounts: no other export
  /// of them can be read from a part.
  static let lines = " line by line"

  /// Rows of the day, all of them.
  let rows: Int
  /// Which columns the file has, and what its rows are: parts of one export agree.
  let shape: String
  /// In rising order; equal rows as often as there are.
  let hashes: [UInt64]

  init(rows: Int, shape: String, hashes: [UInt64]) {
    self.rows = rows
    self.shape = shape
    self.hashes = hashes.sorted()
  }

  /// Whether the file's rows are of months, and its amounts say nothing of which they are.
  var isMonth: Bool {
    shape.contains(RowSample.months) && !shape.contains(RowSample.lines)
      && !shape.hasSuffix(RowSample.resources)
  }

  /// Up to which hash all rows of the day are in it.
  var reach: UInt64 { hashes.count < rows ? hashes.last ?? 0 : .max }

  /// As a history keeps it: little-endian.
  var data: Data { hashes.map(\.littleEndian).withUnsafeBytes { Data($0) } }

  init(rows: Int, shape: String, data: Data) {
    var hashes = [UInt64](repeating: 0, count: data.count / 8)
    data.withUnsafeBytes { raw in
      for index in hashes.indices {
        hashes[index] = UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
    }
    self.init(rows: rows, shape: shape, hashes: hashes)
  }
}
