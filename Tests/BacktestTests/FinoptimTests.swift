import CloudCosts
import Testing

@testable import Scenarios

/// finoptim next to our policies: there where it is installed, and no trouble where it is not.
@Suite struct FinoptimTests {
  private static let question = Finoptim.Question(
    years: 1, onDemand: [0.1, 0.2], plan: [0.07, 0.15], reservation: [0.06, 0.12],
    // Steady, and half a day on and off.
    usage: [Array(repeating: 10, count: 720), (0..<720).map { $0 / 12 % 2 == 0 ? 8 : 0 }],
    dates: [360, 720], hours: 300)

  @Test func whereThereIsNoneThereIsNone() {
    #expect(Finoptim(environment: [:]) == nil)
    #expect(Finoptim(environment: ["PATH": "/nowhere"]) == nil)
    // A name that is given is not searched beyond.
    #expect(Finoptim(environment: ["PLIMSOLL_FINOPTIM": "/nowhere/python3"]) == nil)
    #expect(Finoptim(environment: ["PLIMSOLL_FINOPTIM": "/bin/false", "PATH": "/usr/bin"]) == nil)
  }

  @Test(arguments: ["/bin/false", "/bin/true", "/nowhere/python3"])
  func whatFailsIsAFinding(python: String) {
    let error = #expect(throws: FindingsError.self) {
      _ = try Finoptim(python: python).answers(to: Self.question)
    }
    #expect(error?.findings.map(\.rule) == ["backtest.finoptim-failed"])
    #expect(error?.findings.map(\.severity) == [.warning])
  }

  @Test(.enabled(if: Finoptim() != nil)) func itReservesWhatIsSteady() throws {
    let answers = try #require(Finoptim()).answers(to: Self.question)
    #expect(answers.count == 2)
    for answer in answers {
      #expect(abs(answer.reserved[0] - 10) <= 1)
      // Used half of the time, a reservation at 60 % would lose money.
      #expect(answer.reserved[1] < 4)
    }
  }

  @Test func theRowIsThereWhereItIsInstalled() throws {
    let keys = "{from: 2024-01-29T00:00:00Z, every: 168, policies: [finoptim, flat-7-days]}"
    let result = try BacktestTests.Folder(keys) { $0 < 700 ? 10 : 20 }.backtest()
    let policies = try #require(result.backtests.first).policies
    let row = policies.first { $0.name == .finoptim }
    if Finoptim() == nil {
      #expect(row == nil)
      #expect(result.findings.map(\.rule).contains("backtest.no-finoptim"))
    } else {
      #expect(try #require(row).netSavings > .zero)
      #expect(try #require(row).bought.contains { $0.terms.product == .standardRI })
    }
    // One price for all knows no reservations.
    let single = try BacktestTests.Folder(
      "{from: 2024-01-29T00:00:00Z, every: 168, premium: 2, policies: [finoptim]}"
    ).backtest()
    #expect(single.findings.map(\.rule) == ["backtest.no-finoptim", "backtest.short-window"])
    #expect(single.backtests.first?.policies.map(\.name) == [.hindsight])
  }
}
