import Foundation
import Ingest

/// Bytes as they are kept: compressed.
enum Zipped {
  static func packed(_ bytes: [UInt8]) -> Data? { Gzip.compressed(bytes).map { Data($0) } }

  /// Nil where they are damaged.
  static func unpacked(_ data: Data) -> [UInt8]? {
    Array(data).withUnsafeBufferPointer { Gzip.inflated($0) }
  }
}
