import CloudCosts
import Foundation
import Ingest

/// The Python package finoptim (PyPI, MIT), asked what to own, by way of a Python that has it.
///
/// It knows the past only, one reservation by type and one savings plan, both of the same term;
/// what it answers is what should be owned in all. Three habits of it are met here: it orders the
/// usage's columns by the plan's discount and leaves the prices as they were given, so both are
/// given in that order; it needs prices that fall from on demand over the plan to the reservation,
/// so a type for which they do not is left out; and it knows no sizes of a family.
struct Finoptim {
  /// An interpreter that can import it.
  let python: String

  /// What it is asked: usage and prices by column.
  struct Question: Encodable {
    var years: Int
    var onDemand: [Double]
    var plan: [Double]
    var reservation: [Double]
    /// Instances, column by column, hour by hour.
    var usage: [[Double]]
    /// Hours before which it is asked; it sees as many before each as `hours` says.
    var dates: [Int]
    var hours: Int
  }

  /// What it would own at a date.
  struct Answer: Decodable {
    /// Currency units per hour.
    var plan: Double
    /// Instances of each column.
    var reserved: [Double]
  }

  init(python: String) { self.python = python }

  /// Nil where there is none: neither the interpreter in PLIMSOLL_FINOPTIM nor a python3 on PATH
  /// has it.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let named = environment["PLIMSOLL_FINOPTIM"].flatMap { $0.isEmpty ? nil : $0 }
    let candidates = named.map { [$0] } ?? Child.onPath("python3", environment: environment)
    let code = "import importlib.util as u, sys; sys.exit(0 if u.find_spec('finoptim') else 1)"
    guard
      let found = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
          && (try? Child.run($0, ["-c", code])) == 0
      })
    else { return nil }
    python = found
  }

  /// One answer a date.
  ///
  /// - Throws: a finding that says what Python said.
  func answers(to question: Question) throws(FindingsError) -> [Answer] {
    do {
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      let (input, output, complaints) = (
        folder.url.appending(path: "question.json"), folder.url.appending(path: "answers.json"),
        folder.url.appending(path: "complaints.txt")
      )
      try JSONEncoder().encode(question).write(to: input)
      try Data().write(to: complaints)
      let status = try Child.run(
        python, ["-c", Finoptim.script, input.path, output.path],
        error: FileHandle(forWritingTo: complaints))
      guard status == 0 else {
        let text = String(decoding: try Data(contentsOf: complaints).suffix(4096), as: UTF8.self)
        throw Finoptim.failed(
          text.split(whereSeparator: \.isNewline).last.map(String.init)
            ?? "it ended with status \(status)")
      }
      let answers = try JSONDecoder().decode([Answer].self, from: Data(contentsOf: output))
      let columns = question.onDemand.count
      guard answers.count == question.dates.count,
        answers.allSatisfy({
          $0.reserved.count == columns && $0.plan.isFinite && $0.reserved.allSatisfy(\.isFinite)
        })
      else { throw Finoptim.failed("it answered something else than was asked") }
      return answers
    } catch let error as FindingsError {
      throw error
    } catch {
      throw Finoptim.failed("\(error)")
    }
  }

  private static func failed(_ words: String) -> FindingsError {
    FindingsError([
      Finding(
        .warning, rule: "backtest.finoptim-failed", place: "backtest.policies",
        message: "finoptim gave no answer, and its row is left out: \(words.prefix(300))",
        remedy: "nothing, or leave finoptim out of backtest.policies")
    ])
  }

  /// What is said where it is not there.
  static let missing = Finding(
    .note, rule: "backtest.no-finoptim", place: "backtest.policies",
    message: "the row finoptim is left out: no Python with that package was found",
    remedy: "nothing, or run `pip install finoptim` and set PLIMSOLL_FINOPTIM to that python")

  /// What is said where it cannot answer the question.
  static let notApplicable = Finding(
    .note, rule: "backtest.no-finoptim", place: "backtest.policies",
    message:
      "the row finoptim is left out: it buys reservations and savings plans of AWS or Azure at list "
      + "prices, and not both may be bought here",
    remedy: "nothing, or remove backtest.premium and limits on offers.products")

  private static let script = """
    import json, sys, warnings
    import numpy, pandas, finoptim

    warnings.simplefilter("ignore")
    with open(sys.argv[1]) as file:
        asked = json.load(file)
    usage = numpy.array(asked["usage"]).T
    prices = [numpy.array(asked[key]) for key in ("onDemand", "plan", "reservation")]
    suffix = f"{asked['years']}Y"
    key = "one_year_commitments" if asked["years"] == 1 else "three_years_commitments"
    answers = []
    for date in asked["dates"]:
        seen = usage[max(0, date - asked["hours"]):date]
        on_demand, plan, reservation = prices
        kept = [g for g in range(seen.shape[1])
                if seen[:, g].any() and on_demand[g] > plan[g] >= reservation[g] > 0]
        answer = {"plan": 0.0, "reserved": [0.0] * seen.shape[1]}
        if kept:
            kept.sort(key=lambda g: plan[g] / on_demand[g])
            names = [str(g) for g in kept]
            stamps = pandas.date_range("2000-01-01", periods=len(seen), freq="h")
            levels = finoptim.optimise(
                pandas.DataFrame(seen[:, kept], columns=names, index=stamps),
                pandas.DataFrame([price[kept] for price in prices], columns=names,
                                 index=["OD", "SP" + suffix, "RI" + suffix]),
                period="H").optimal_arangment[key]
            answer["plan"] = float(levels["savings plans"])
            for g, name in zip(kept, names):
                answer["reserved"][g] = float(levels[name])
        answers.append(answer)
    with open(sys.argv[2], "w") as file:
        json.dump(answers, file)
    """
}
