import ArgumentParser
import CloudCosts
import Foundation
import Ingest
import Reports

struct Prices: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a price book of the price files that providers publish.",
    discussion: """
      Files are recognised by what is in them: AWS EC2 and savings-plan offer files (JSON or CSV), \
      GetProducts, pages of Azure's retail prices, Google's SKUs (JSON or CSV), and price books \
      that are to be joined. Any may be gzipped.
      """)

  @Argument(help: "Price files.", completion: .file())
  var files: [String] = []

  @Option(help: "Get the provider's public price files first: aws, azure or google.")
  var fetch: PriceFetcher.Source?

  @Option(help: "For --fetch: a mirror with the same layout.")
  var baseURL: String?

  @Option(
    help: "For --fetch: where files are kept; $XDG_CACHE_HOME/plimsoll where absent.",
    completion: .directory)
  var cache: String?

  @Option(help: "For --fetch google: an API key.")
  var key: String?

  @Option(help: "Where to write the price book; .gz is compressed.", completion: .file())
  var into: String?

  @Option(parsing: .upToNextOption, help: "Only these regions.")
  var region: [String] = []

  @Option(parsing: .upToNextOption, help: "Only these families: m5, Standard_Dsv5, n2.")
  var family: [String] = []

  @Option(name: .customLong("system"), parsing: .upToNextOption, help: "Only these systems: Linux.")
  var systems: [String] = []

  @Option(help: "The currency that all prices must have; that of the first where absent.")
  var currency: String?

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @OptionGroup var output: OutputOptions

  /// Price files are read, and are not replaced.
  private var rule: OutputRule { output.rule(reading: files) }

  func validate() throws {
    guard !files.isEmpty || fetch != nil else {
      throw ValidationError("Name price files, or --fetch aws, azure or google.")
    }
  }

  /// What --fetch downloads.
  private func fetched() throws -> [String] {
    guard let fetch else { return [] }
    let variables = ProcessInfo.processInfo.environment
    let home = variables["XDG_CACHE_HOME"] ?? (variables["HOME"] ?? ".") + "/.cache"
    let files = try PriceFetcher(
      fetch, base: baseURL, cache: cache ?? "\(home)/plimsoll", key: key
    ).files(regions: region, progress: Console.progress)
    Console.endProgress()
    return files
  }

  func run() throws {
    try Console.reportingFindings {
      if let into { try OutputDirectory.check(file: into, rule: rule) }
      let reading = PublishedPriceReader.read(
        try (files + fetched()).map { InputFile(path: $0) },
        filter: PriceFilter(
          regions: Set(region), families: Set(family), operatingSystems: Set(systems)),
        currency: currency)
      guard let prices = reading.value else { throw FindingsError(reading.findings) }
      if let into { try write(prices, into) }
      if json {
        Console.result(try PriceImportDocument(prices, findings: reading.findings).json())
      } else {
        Console.report(reading.findings)
        Console.result(PriceImportTable(prices, target: into).text)
      }
    }
  }

  private func write(_ prices: PublishedPrices, _ path: String) throws {
    let bytes = Array(PriceBookCSV.text(prices.rows).utf8)
    guard path.hasSuffix(".gz") else {
      return try OutputDirectory.write(Data(bytes), toFile: path, rule: rule)
    }
    guard let compressed = Gzip.compressed(bytes) else {
      throw FindingsError([
        Finding(
          .error, rule: "output.not-written", place: path, message: "it could not be compressed",
          remedy: "free memory, or name a file that does not end in .gz")
      ])
    }
    try OutputDirectory.write(Data(compressed), toFile: path, rule: rule)
  }
}

extension PriceFetcher.Source: ExpressibleByArgument {}
