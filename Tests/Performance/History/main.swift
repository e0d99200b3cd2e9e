// How long it takes to load the usage of a history of 8,760 hours × 500 groups: processor time, by
// getrusage.
//
//     swift run -c release history-benchmark
import CloudCosts
import Foundation
import Ingest

func processorSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

let folder = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
let path = folder.appending(path: "history.db").path
let sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"]
let start = Hour(year: 2024, month: 1, day: 1)
// Twelve files, a month each, as bills come.
let writer = try HistoryWriter(path: path)
var seed: UInt64 = 1
for month in 0..<12 {
  let series = (0..<500).map { group in
    HistorySeries(
      group: UsageGroup(
        account: "a\(group % 20)",
        sku: SKU(
          provider: .aws, region: "us-east-\(group % 2 + 1)",
          instanceType: "m\(group / 25).\(sizes[group / 5 % 5])")),
      start: start + month * 730,
      quantities: (0..<730).map { _ in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(seed >> 60)
      })
  }
  try writer.replace(
    ImportedFile(
      source: HistorySource(
        path: "/bill-\(month)", format: "focus", bytes: 1, fingerprint: "\(month)", rows: 1,
        currency: "USD", grain: .hourly, window: HourWindow(start: start + month * 730, hours: 730)),
      series: series))
}
try writer.commit()
var best = Double.infinity
for _ in 0..<10 {
  let before = processorSeconds()
  let usage = try History(path: path).usage()
  best = min(best, processorSeconds() - before)
  guard let usage, usage.demand.quantities.count == 500 * 8760 else {
    print("the history holds something else")
    exit(1)
  }
}
print(
  "8,760 h × 500 groups of 12 files: \((best * 1e4).rounded() / 10) ms of processor time, least of 10"
)
