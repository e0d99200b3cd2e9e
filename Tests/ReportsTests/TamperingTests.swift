import CloudCosts
import Foundation
import Scenarios
import Testing

@testable import Reports

/// `verify` notices whatever is changed in a plan.json, whether or not its checksum was made again.
@Suite struct TamperingTests {
  private static let scenario = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../scenarios/two-hours").standardized.path

  private static let document = Result {
    RunDocument(try ScenarioRunner(path: scenario).run())
  }

  /// What is wrong with a document by its scenario; a file that cannot be read is noticed too.
  private static func problems(_ text: String) throws -> [String] {
    do {
      let document = try RunDocument.read(Data(text.utf8), place: "plan.json")
      let verification = try ScenarioRunner(path: scenario).verify(document.runClaims())
      let found = try VerificationDocument(verification, of: document)
      #expect(found.isSound == (found.problems + found.plans.flatMap(\.problems)).isEmpty)
      return found.problems + found.plans.flatMap(\.problems)
    } catch let error as FindingsError {
      return error.findings.map(\.message)
    }
  }

  private static func problems(_ document: RunDocument) throws -> [String] {
    try problems(document.json())
  }

  @Test func whatWasWrittenIsSound() throws {
    #expect(try Self.problems(Self.document.get()).isEmpty)
  }

  /// Every number, one at a time, all else as it was, changes the checksum.
  @Test func everyNumberCounts() throws {
    let text = try Self.document.get().json()
    let numbers = text.matches(of: /([\s\[,])(-?\d+(\.\d+)?([eE][-+]?\d+)?)(?=[\s,\]])/)
    #expect(numbers.count > 400)
    var unnoticed: [Substring] = []
    for number in numbers {
      var tampered = text
      let old = number.output.2
      let new = Int(old).map { "\($0 + 1)" } ?? "\((Double(old) ?? 0) * 1.01 + 0.001)"
      tampered.replaceSubrange(old.startIndex..<old.endIndex, with: new)
      guard let changed = try? RunDocument.read(Data(tampered.utf8), place: "plan.json") else {
        continue
      }
      if try changed.contentsChecksum() == changed.checksum {
        unnoticed.append(text[text.lineRange(for: old.startIndex..<old.endIndex)])
      }
    }
    // How long it took is all that nothing else depends on.
    #expect(unnoticed.allSatisfy { $0.contains("\"seconds\"") }, "\(unnoticed)")
  }

  @Test func aChecksumOfOtherContentsIsNoticed() throws {
    let text = try Self.document.get().json()
    let rounds = try #require(text.firstMatch(of: /"rounds" ?: ?(\d+)/)).output.1
    var tampered = text
    tampered.replaceSubrange(rounds.startIndex..<rounds.endIndex, with: "1\(rounds)")
    #expect(try Self.problems(tampered).contains { $0.contains("checksum") })
  }

  /// The same with a checksum that suits what was changed: figures are checked by what they mean.
  @Test func withoutTheChecksumEveryFigureThatMatters() throws {
    let document = try Self.document.get()
    let text = try document.json()
    var unnoticed: Set<String> = []
    for number in text.matches(of: /([\s\[,])(-?\d+(\.\d+)?([eE][-+]?\d+)?)(?=[\s,\]])/) {
      var tampered = text
      let old = number.output.2
      let new = Int(old).map { "\($0 + 1)" } ?? "\((Double(old) ?? 0) * 1.01 + 0.001)"
      tampered.replaceSubrange(old.startIndex..<old.endIndex, with: new)
      guard let changed = try? RunDocument.read(Data(tampered.utf8), place: "plan.json") else {
        continue
      }
      if try Self.problems(changed).isEmpty {
        let line = text[text.lineRange(for: old.startIndex..<old.endIndex)]
        let name = line.firstMatch(of: /"([a-z_]+)"/).map { String($0.output.1) } ?? ""
        // What other rules of buying come to is solved for, and nothing is solved again.
        let before = text[..<old.startIndex].suffix(120)
        let isRival = before.contains(/"(resize|commit)-first"/)
        unnoticed.insert(isRival ? "compared.\(name)" : name)
      }
    }
    // How the solver got there, and why it chose so; and where cuts were made, which may be
    // anywhere that gives the same cut.
    #expect(
      unnoticed.isSubset(of: [
        "seconds", "rounds", "cuts", "purchased", "marginal_value", "marginal_value_per_year",
        "stop_price", "demand_quantile", "expected_utilization", "extra_cost", "term_years",
        "rewards", "class_weights", "compared.objective", "compared.difference",
        // Numbers inside of texts.
        "reason", "message",
      ]), "\(unnoticed.sorted())")
  }

  /// A change, and words of the problem that names it.
  struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout RunDocument) -> Void

    init(_ name: String, _ change: @escaping @Sendable (inout RunDocument) -> Void) {
      testDescription = name
      self.change = change
    }

    /// Of the committed plan.
    static func plan(
      _ name: String, _ change: @escaping @Sendable (inout RunDocument.Plan) -> Void
    ) -> Change {
      Change(name) { document in
        guard let i = document.runs[0].outcomes.firstIndex(where: { $0.name == "committed" }),
          var plan = document.runs[0].outcomes[i].plan
        else { return }
        change(&plan)
        document.runs[0].outcomes[i].plan = plan
      }
    }
  }

  static let changes: [Change] = [
    .plan("is proven, not") {
      // A thousandth, with the gap that goes with it.
      $0.bound = Money(rounding: $0.bound.value * 1.001)
      $0.objective = Money(rounding: $0.objective.value * 1.001)
    },
    .plan("the multipliers prove a bound of") { plan in
      for i in plan.proof?.points.indices ?? 0..<0 {
        let multipliers = plan.proof?.points[i].multipliers ?? []
        plan.proof?.points[i].multipliers = multipliers.map { $0 * 50 }
      }
    },
    .plan("nothing proves its bound") { $0.proof = nil },
    .plan("the multipliers are not of this scenario") { $0.proof?.points[0].multipliers[0] = -1 },
    .plan("status is") { $0.status = .feasible },
    .plan("gap is") { $0.gap = 0.01 },
    .plan("purchases[0].savings is") { $0.purchases[0].savings += Money(rounding: 0.1) },
    .plan("purchases[0].upfront is") { $0.purchases[0].upfront += Money(rounding: 0.1) },
    .plan("purchases[0].account is") { $0.purchases[0].account = "somebody" },
    .plan("purchases[0].end is") { $0.purchases[0].end = "2031-01-01T00:00:00Z" },
    Change("currency is \"EUR\"") { $0.currency = "EUR" },
    Change("window.to is") { $0.window.to = "2024-01-01T03:00:00Z" },
    Change("format 7 is not known") { $0.format = 7 },
    Change("several runs named \"base\"") { $0.runs.append($0.runs[0]) },
    Change("several outcomes named \"current\"") {
      $0.runs[0].outcomes.append($0.runs[0].outcomes[1])
    },
    Change("outcomes[1].coverage is") { $0.runs[0].outcomes[1].coverage += 0.1 },
  ]

  @Test(arguments: changes) func isNamed(_ change: Change) throws {
    var document = try Self.document.get()
    change.change(&document)
    let problems = try Self.problems(document)
    #expect(
      problems.contains { $0.contains(change.testDescription) }, "\(problems)")
  }
}
