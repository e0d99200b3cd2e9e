import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// A folder in which a test makes bills and a history.
struct BillPlace {
  let folder: URL

  static let shipped = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Bills")

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "bills-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func close() { try? FileManager.default.removeItem(at: folder) }

  var history: String { folder.appending(path: "history.db").path }

  /// Writes a file and returns its path.
  func write(_ text: String, _ name: String = "bill.csv") throws -> String {
    try write(Data(text.utf8), name)
  }

  func write(_ data: Data, _ name: String) throws -> String {
    let file = folder.appending(path: name)
    try data.write(to: file)
    return file.path
  }

  func run(_ paths: String..., tags: [String] = []) async throws -> Importer.Summary {
    try await outcome(paths, tags).get()
  }

  /// The findings with which an import ends; empty where it goes well.
  func complaints(_ paths: String...) async -> [Finding] {
    switch await outcome(paths) {
    case .success: []
    case .failure(let error): error.findings
    }
  }

  /// An import waits for DuckDB: on a thread of its own, since a test's is one of the few for
  /// tasks.
  private func outcome(_ paths: [String], _ tags: [String] = []) async -> Result<
    Importer.Summary, FindingsError
  > {
    let history = history
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          returning: Result { () throws(FindingsError) in
            try Importer(tags: tags).run(paths, into: history)
          })
      }
    }
  }
}

/// Rows of a FOCUS bill, with defaults that fit most tests.
enum Focus {
  static let header =
    "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,PricingCategory,ProviderName,"
    + "PublisherName,SubAccountId,RegionId,ServiceName,ConsumedQuantity,ConsumedUnit,BilledCost,"
    + "EffectiveCost,ListCost,BillingCurrency,x_UsageType,x_Operation,CommitmentDiscountId,"
    + "CommitmentDiscountStatus"

  static func row(
    _ start: String = "2024-01-01T00:00:00Z", _ end: String = "2024-01-01T01:00:00Z",
    category: String = "Usage", chargeClass: String = "", pricing: String = "Standard",
    publisher: String = "Amazon Web Services, Inc.", quantity: String = "2",
    billed: String = "0.2", effective: String? = nil, currency: String = "USD",
    usageType: String = "USE1-BoxUsage:m5.large", operation: String = "RunInstances",
    commitment: String = "", status: String = ""
  ) -> String {
    "\(start),\(end),\(category),\(chargeClass),\(pricing),AWS,\"\(publisher)\",1,us-east-1,"
      + "Amazon EC2,\(quantity),Hours,\(billed),\(effective ?? billed),\(billed),\(currency),"
      + "\(usageType),\(operation),\(commitment),\(status)"
  }

  static func bill(_ rows: String...) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }
}

extension BillPlace {
  /// The same bill as Parquet, with times as timestamps and numbers of a type.
  func parquet(_ path: String, costs: String, _ name: String = "bill.parquet") throws -> String {
    let numbers = ["ConsumedQuantity", "BilledCost", "EffectiveCost", "ListCost"]
      .map { "cast(\($0) as \(costs)) as \($0)" }.joined(separator: ", ")
    let times = ["ChargePeriodStart", "ChargePeriodEnd"]
      .map { "cast(\($0) as timestamp) as \($0)" }.joined(separator: ", ")
    let to = folder.appending(path: name).path
    let complaint = try DuckDB().run(
      "copy (select * replace (\(numbers), \(times)) from read_csv('\(path)', all_varchar = true))"
        + " to '\(to)' (format parquet);", in: Scratch(existing: folder.path))
    if let complaint { throw CocoaError(.fileWriteUnknown, userInfo: ["why": complaint]) }
    return to
  }
}
