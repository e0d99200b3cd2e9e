import Foundation

/// A file to write: a name and what is in it.
package struct OutputFile: Sendable {
  /// Hands contents over piece by piece.
  package typealias Pieces = @Sendable (_ receive: @escaping (String) -> Void) throws -> Void

  package var name: String
  /// How it begins, by which an older one of its kind is known (`OutputMark`).
  let head: Data
  private let pieces: Pieces?

  package init(name: String, data: Data) {
    self.name = name
    head = data
    pieces = nil
  }

  package init(name: String, text: String) { self.init(name: name, data: Data(text.utf8)) }

  /// A file that is never whole in memory.
  ///
  /// - Parameter head: how the pieces begin.
  package init(name: String, head: String, pieces: @escaping Pieces) {
    self.name = name
    self.head = Data(head.utf8)
    self.pieces = pieces
  }

  /// Writes it, and returns once it is on the disk.
  func write(to url: URL) throws {
    try (pieces == nil ? head : Data()).write(to: url)
    let handle = try FileHandle(forUpdating: url)
    defer { try? handle.close() }
    if let pieces {
      var failure: (any Error)?
      try pieces { piece in
        guard failure == nil else { return }
        do { try handle.write(contentsOf: Data(piece.utf8)) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    // A full disk may say so only now.
    try handle.synchronize()
  }
}
