import CloudCosts
import Foundation
import Ingest

extension RunDocument {
  /// Reads a document back: what `plimsoll run --json` printed, or a `plan.json`.
  ///
  /// - Parameter place: what findings call the file.
  package static func read(_ data: Data, place: String) throws(FindingsError) -> RunDocument {
    do {
      return try JSONDecoder().decode(RunDocument.self, from: data)
    } catch let error as DecodingError {
      throw FindingsError([finding(error, place: place)])
    } catch {
      throw FindingsError([notJSON(place: place, detail: "\(error)")])
    }
  }

  /// Reads the document in a file.
  package static func read(path: String) throws(FindingsError) -> RunDocument {
    try read(try bytes(path: path), place: path)
  }

  /// What is in the file of a document.
  package static func bytes(path: String) throws(FindingsError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: try InputPath.readable(path)))
    } catch {
      throw FindingsError([
        Finding(
          .error, rule: "plan.unreadable", place: path,
          message: "the file cannot be read"
            + ((error as? InputPath.Fault).map { ": \($0.complaint)" } ?? ""),
          remedy: "Check the path; `plimsoll run SCENARIO --out DIR` writes DIR/plan.json.")
      ])
    }
  }

  private static func finding(_ error: DecodingError, place: String) -> Finding {
    let remedy = "Use a file that `plimsoll run --json` or `--out` of this version wrote."
    switch error {
    case .keyNotFound(let key, let context):
      return Finding(
        .error, rule: "plan.missing-key",
        place: place + path(context.codingPath + [key]),
        message: "the key \"\(key.stringValue)\" is missing", remedy: remedy)
    case .valueNotFound(_, let context):
      return Finding(
        .error, rule: "plan.missing-value", place: place + path(context.codingPath),
        message: "there is null where a value must be", remedy: remedy)
    case .typeMismatch(let type, let context):
      return Finding(
        .error, rule: "plan.wrong-type", place: place + path(context.codingPath),
        message: "the value is not \(name(of: type))", remedy: remedy)
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      return notJSON(place: place, detail: context.underlyingError.map { "\($0)" })
    case .dataCorrupted(let context):
      return Finding(
        .error, rule: "plan.wrong-value", place: place + path(context.codingPath),
        message: context.debugDescription, remedy: remedy)
    @unknown default:
      return notJSON(place: place, detail: "\(error)")
    }
  }

  private static func notJSON(place: String, detail: String?) -> Finding {
    Finding(
      .error, rule: "plan.not-json", place: place,
      message: "the file is not JSON" + (detail.map { ": \($0)" } ?? ""),
      remedy: "Use a file that `plimsoll run --json` or `--out` wrote; it may be cut short.")
  }

  /// `: runs[0].outcomes[2].plan`.
  private static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text.isEmpty ? "" : ": " + text
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is any Numeric.Type: "a number"
    case is any Collection.Type: "a list"
    default: "an object"
    }
  }
}
