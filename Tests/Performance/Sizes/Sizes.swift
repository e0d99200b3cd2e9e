import CloudCosts
import Foundation
import Ingest
import Planning
import Rightsizing

/// How much rightsizing saves and how often it is wrong, on a trace that was not seen, next to
/// published thresholds; and how long it takes.
///
///     python3 Tests/Performance/Sizes/prepare_hours.py FOLDER 251 500 VMS HOURLY
///     python3 Tests/Performance/Sizes/prepare.py VMS HOURLY PRICES SPECS /tmp/trace
///     swift run -c release sizes-benchmark trace /tmp/trace
///     python3 Tests/Performance/Sizes/prepare_azure.py HOURLY PRICES /tmp/azure
///     swift run -c release sizes-benchmark trace /tmp/azure cpu-only
///     swift run -c release sizes-benchmark curve /tmp/trace
///     swift run -c release sizes-benchmark candidates
///     swift run -c release sizes-benchmark program
@main
enum Sizes {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let isCPUOnly = arguments.last == "cpu-only"
    switch arguments.first {
    case "trace" where arguments.count == (isCPUOnly ? 3 : 2):
      Trace(folder: arguments[1], unknownMemory: isCPUOnly ? .allow : .keep)?.run()
    case "curve" where arguments.count == (isCPUOnly ? 3 : 2):
      Trace(folder: arguments[1], unknownMemory: isCPUOnly ? .allow : .keep)?.curve()
    case "candidates": Candidates.run()
    case "program": Program.run(only: arguments.dropFirst().first)
    default:
      print("usage: sizes-benchmark trace|curve FOLDER [cpu-only] | candidates | program [WORDS]")
    }
  }

  /// Seconds of processor time, which other work on the machine does not change.
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = clock()
    try work()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
  }

  static func percent(_ share: Double, _ decimals: Int = 2) -> String {
    String(format: "%.\(decimals)f %%", share * 100)
  }
}
