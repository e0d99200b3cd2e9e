import Foundation
import Scenarios

/// The JSON schema of a scenario file, for editors.
package enum ScenarioJSONSchema {
  /// Sorted, so that the file in the repository changes only where a key does.
  package static func text() throws -> String {
    var schema = object(of: "")
    schema["$schema"] = "https://json-schema.org/draft-07/schema#"
    schema["title"] = "Plimsoll scenario"
    schema["required"] = ["name", "usage", "prices"]
    let data = try JSONSerialization.data(
      withJSONObject: schema, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func object(of section: String) -> [String: Any] {
    let keys = ScenarioSchema.all.filter { $0.section == section }
    let properties = Dictionary(
      keys.map { ($0.name, value(of: $0)) }, uniquingKeysWith: { first, _ in first })
    return ["type": "object", "additionalProperties": false, "properties": properties]
  }

  private static func value(of key: ScenarioKey) -> [String: Any] {
    var schema = type(of: key)
    schema["description"] =
      key.meaning + (key.usual.isEmpty ? "" : " (default: \(key.usual))")
    return schema
  }

  private static func type(of key: ScenarioKey) -> [String: Any] {
    switch key.kind {
    case .text, .file, .date: ["type": ["string", "null"]]
    case .files, .names: ["type": ["string", "array", "null"], "items": ["type": "string"]]
    case .share: ["type": ["number", "null"], "minimum": 0, "maximum": 1]
    case .money, .hourlyMoney: ["type": ["number", "null"], "minimum": 0]
    case .count(let least):
      // `backtest.every` takes names of steps, too.
      ["type": ["integer", "string", "null"], "minimum": least]
    case .number: ["type": ["number", "null"]]
    case .flag: ["type": ["boolean", "null"]]
    case .choice(let names): ["enum": names + [NSNull()] as [Any]]
    case .choices(let names):
      [
        "anyOf": [
          ["type": "null"], ["enum": names], ["type": "array", "items": ["enum": names]],
        ] as [[String: Any]]
      ]
    case .terms:
      ["type": ["integer", "array", "null"], "items": ["enum": [1, 3]]]
    case .map: ["type": ["object", "null"]]
    case .list:
      ["type": ["array", "null"], "items": object(of: key.path)]
    case .section: object(of: key.path)
    }
  }
}
