import Foundation
import Testing

/// What a JSON text says, for tests that look at a few values of it.
enum JSONValue: Decodable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  var isNull: Bool { if case .null = self { true } else { false } }
  var keys: Set<String> { if case .object(let entries) = self { Set(entries.keys) } else { [] } }

  subscript(key: String) -> JSONValue {
    if case .object(let entries) = self { entries[key] ?? .null } else { .null }
  }

  func number() throws -> Double {
    guard case .number(let number) = self else { throw NotThere() }
    return number
  }

  func text() throws -> String {
    guard case .text(let text) = self else { throw NotThere() }
    return text
  }

  func list() throws -> [JSONValue] {
    guard case .list(let list) = self else { throw NotThere() }
    return list
  }

  struct NotThere: Error {}
}

/// The outcomes of one run, by name.
struct Outcomes {
  private var byName: [String: JSONValue] = [:]
  var names: [String] = []

  init(of run: JSONValue) throws {
    for outcome in try run["outcomes"].list() {
      let name = try outcome["name"].text()
      names.append(name)
      byName[name] = outcome
    }
  }

  subscript(name: String) -> JSONValue { byName[name] ?? .null }

  func cost(_ name: String) throws -> Double { try self[name]["cost"].number() }

  /// What must hold between the figures of any run, whatever was bought.
  func checkFigures(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let list = try cost("on-demand")
    for name in names {
      let outcome = self[name]
      let cost = try cost(name)
      // Money is exact to a millionth, so the two bills subtract to it.
      let savings = try outcome["savings"].number()
      #expect(
        ((list - cost - savings) * 1e6).rounded() == 0, "\(name)", sourceLocation: sourceLocation)
      #expect(
        abs(try outcome["savings_rate"].number() - savings / list) < 1e-9, "\(name)",
        sourceLocation: sourceLocation)
      #expect(
        (0...1).contains(try outcome["coverage"].number()), "\(name)",
        sourceLocation: sourceLocation)
      let months = try outcome["monthly"].list().reduce(0) { try $0 + $1["cost"].number() }
      #expect(abs(months - cost) < 1e-4, "\(name)", sourceLocation: sourceLocation)
      guard !outcome["plan"].isNull else { continue }
      try checkProof(of: outcome, sourceLocation: sourceLocation)
    }
  }

  private func checkProof(of outcome: JSONValue, sourceLocation: SourceLocation) throws {
    let plan = outcome["plan"]
    let cost = try outcome["cost"].number()
    let objective = try plan["objective"].number()
    let bound = try plan["bound"].number()
    let rounding = 2e-6
    #expect(bound <= objective + rounding, sourceLocation: sourceLocation)
    #expect(objective <= cost + rounding, sourceLocation: sourceLocation)
    let gap = try plan["gap"].number()
    #expect(
      abs(gap - (cost - bound) / cost) < 2 * rounding / cost + 1e-12,
      sourceLocation: sourceLocation)
    let billingGap = try plan["billing_gap"].number()
    #expect(
      abs(billingGap - (cost - objective) / cost) < 2 * rounding / cost + 1e-12,
      sourceLocation: sourceLocation)
    #expect(
      ["optimal", "feasible"].contains(try plan["status"].text()), sourceLocation: sourceLocation)
  }
}
