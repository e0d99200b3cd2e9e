import Ingest

extension RunDocument {
  /// What documents of this version are: from 3 on they say what they were made from.
  package static let currentFormat = 3
  /// What this version can check.
  static let knownFormats = 2...currentFormat

  /// Length and check sums (CRC-32, Adler-32) of the document's text, times and `checksum` itself
  /// left out.
  ///
  /// It notices a file that was changed by hand, or copied in part, also where nothing else depends
  /// on what was changed. It is no signature: who means to deceive can make it again, and meets the
  /// other checks.
  package func contentsChecksum() throws -> String {
    var contents = self
    contents.checksum = nil
    contents.madeAt = nil
    for run in contents.runs.indices {
      for outcome in contents.runs[run].outcomes.indices {
        contents.runs[run].outcomes[outcome].plan?.seconds = 0
      }
    }
    return try Fingerprint { try OrderedJSON.write(contents, $0) }.text
  }
}
