import CloudCosts

/// The kinds of price files that are known, distinguished by what is in them.
package enum PriceFormat: String, Hashable, Sendable, CaseIterable {
  case contract
  case awsOfferJSON
  case awsOfferCSV
  case awsSavingsPlanJSON
  case awsSavingsPlanCSV
  case awsPricingAPI
  case azureRetail
  case googleCatalogue
  case googleCSV

  /// What people know it by.
  package var title: String {
    switch self {
    case .contract: "prices.csv"
    case .awsOfferJSON: "AWS offer file (JSON)"
    case .awsOfferCSV: "AWS offer file (CSV)"
    case .awsSavingsPlanJSON: "AWS savings-plan offer file (JSON)"
    case .awsSavingsPlanCSV: "AWS savings-plan offer file (CSV)"
    case .awsPricingAPI: "AWS price list, GetProducts"
    case .azureRetail: "Azure retail prices"
    case .googleCatalogue: "Google Cloud Billing catalogue"
    case .googleCSV: "Google Cloud price list (CSV)"
    }
  }

  /// Recognises a file by its first 256 KiB.
  static func recognise(_ file: InputFile) -> Result<PriceFormat, FindingsError> {
    var log = FindingLog(file: file.name, kind: "prices")
    guard let head = FileHead(file, log: &log) else {
      return .failure(FindingsError(log.finished()))
    }
    if let format = head.isJSON ? json(head) : csv(head) { return .success(format) }
    log.add(
      .error, "unknown-format", line: nil,
      "this is no price file of a known kind; it starts with \(head.start.quoted)",
      remedy: "name an AWS offer file or savings-plan offer file (JSON or CSV), pages of Azure's"
        + " retail prices, Google's SKUs (JSON or CSV), or a prices.csv")
    return .failure(FindingsError(log.finished()))
  }

  private static func json(_ head: FileHead) -> PriceFormat? {
    if head.contains("\"PriceList\"") { return .awsPricingAPI }
    if head.contains("\"armSkuName\"") || head.contains("\"BillingCurrency\"") {
      return .azureRetail
    }
    if head.contains("\"skus\"") || head.contains("\"pricingInfo\"") { return .googleCatalogue }
    if head.contains("SavingsPlan") { return .awsSavingsPlanJSON }
    return head.contains("\"offerCode\"") || head.contains("\"products\"") ? .awsOfferJSON : nil
  }

  private static func csv(_ head: FileHead) -> PriceFormat? {
    if head.contains("OfferTermCode") { return .awsOfferCSV }
    if head.contains("DiscountedRate") { return .awsSavingsPlanCSV }
    let columns = head.columns
    if columns.contains("instance_type"), columns.contains("hourly") { return .contract }
    return GooglePriceCSV.Column.description.names.contains { columns.contains($0) }
      ? .googleCSV : nil
  }
}

/// The first bytes of a file, inflated: enough to tell what it is.
struct FileHead {
  private static let size = 1 << 18
  private let text: String

  /// Nil, with findings, where the file cannot be read, or is empty.
  init?(_ file: InputFile, log: inout FindingLog) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: FileHead.size, alignment: 16)
    defer { buffer.deallocate() }
    var count = 0
    do {
      var source = try ByteSource(file)
      while count < FileHead.size {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
        let more = try source.read(into: rest)
        guard more > 0 else { break }
        count += more
      }
    } catch {
      // What comes before a fault may still tell what this was meant to be; its reader tells the
      // fault.
      guard case .truncated = error, count > 0 else {
        log.add(CSVReader.Failure.source(error))
        return nil
      }
    }
    var bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = UnsafeRawBufferPointer(rebasing: bytes[3...])
    }
    text = String(decoding: bytes, as: UTF8.self)
    guard !text.allSatisfy(\.isWhitespace) else {
      log.add(
        .error, "empty", line: nil, "the file is empty", remedy: "export or download it again")
      return nil
    }
  }

  var isJSON: Bool {
    let first = text.first { !$0.isWhitespace }
    return first == "{" || first == "["
  }

  /// Whether a file starts like JSON; false where it cannot be read.
  static func isJSON(_ file: InputFile) -> Bool {
    var log = FindingLog(file: file.name, kind: "")
    return FileHead(file, log: &log)?.isJSON ?? false
  }

  /// Its first characters, for a message.
  var start: String { String(text.prefix(40)) }

  func contains(_ word: String) -> Bool { text.contains(word) }

  /// The fields of the first line, quotes cut off.
  var columns: [String] {
    let line = text.prefix { !$0.isNewline }
    return line.split(separator: ",", omittingEmptySubsequences: false).map { field in
      String(field.drop { $0 == "\"" || $0 == " " }.prefix { $0 != "\"" })
    }
  }
}
