import CloudCosts

/// What to take from a provider's price files; an empty set takes all.
package struct PriceFilter: Hashable, Sendable {
  package var regions: Set<String>
  package var families: Set<String>
  package var operatingSystems: Set<String>

  package init(
    regions: Set<String> = [], families: Set<String> = [], operatingSystems: Set<String> = []
  ) {
    self.regions = regions
    self.families = families
    self.operatingSystems = operatingSystems
  }

  func contains(_ sku: SKU) -> Bool {
    (regions.isEmpty || regions.contains(sku.region))
      && (operatingSystems.isEmpty || operatingSystems.contains(sku.operatingSystem))
      && (families.isEmpty || families.contains(sku.family))
  }
}

/// Reads price files as providers publish them.
package enum PublishedPriceReader {
  /// Reads files of any known format, all into one price book.
  ///
  /// - Parameters:
  ///   - currency: the code that all prices must have; nil: that of the first price.
  ///   - mayBeEmpty: whether others may state the prices; else none at all is an error.
  ///   - now: the hour in which prices must be in force.
  package static func read(
    _ files: [InputFile], filter: PriceFilter = PriceFilter(), currency: String? = nil,
    mayBeEmpty: Bool = false, now: Hour = .current
  ) -> Reading<PublishedPrices> {
    let collector = PriceCollector(filter: filter, currency: currency, now: now)
    var sources: [PublishedPrices.Source] = []
    var findings: [Finding] = []
    var pages = AzurePages()
    // A machine's vCPUs and its memory may be on different pages.
    let catalogue = GoogleCatalogue(collector)
    // What is reserved for all regions is on another page than prices on demand.
    let retail = AzureRetailPrices(collector)
    let recognised = files.map { PriceFormat.recognise($0) }
    let lastPage = recognised.lastIndex { (try? $0.get()) == .googleCatalogue }
    let lastRetail = recognised.lastIndex { (try? $0.get()) == .azureRetail }
    for (index, file) in files.enumerated() {
      switch recognised[index] {
      case .failure(let failure): findings += failure.findings
      case .success(let format):
        collector.begin(file, format)
        if format == .googleCatalogue {
          catalogue.read(file)
          if index == lastPage { catalogue.finish() }
        } else if format == .azureRetail {
          pages.note(retail.read(file), of: file)
          if index == lastRetail { retail.finish() }
        } else {
          read(file, format, into: collector)
        }
        sources.append(
          collector.end(isContinued: format == .googleCatalogue && index != lastPage))
        findings += collector.log.finished()
      }
    }
    findings += pages.findings
    var dropped = 0
    let rows = collector.rows(&dropped)
    if rows.isEmpty, !mayBeEmpty {
      for index in findings.indices where findings[index].rule == "prices.none" {
        findings[index].severity = .error
      }
    }
    if dropped > 0 {
      findings.append(
        Finding(
          .note, rule: "prices.above-on-demand", place: files.first?.name ?? "",
          message: "\(dropped.grouped) plan rates are above the on-demand price of the same usage"
            + " and were left out", remedy: "nothing; they would never be used"))
    }
    return Reading(
      value: PublishedPrices(
        rows: rows, currency: collector.currency ?? currency ?? "USD", sources: sources),
      findings: findings)
  }

  private static func read(
    _ file: InputFile, _ format: PriceFormat, into collector: PriceCollector
  ) {
    switch format {
    case .contract: readContract(file, into: collector)
    case .awsOfferJSON: AWSOfferJSON(collector).read(file)
    case .awsPricingAPI: AWSOfferJSON(collector).readProducts(file)
    case .awsOfferCSV: AWSOfferCSV(collector).read(file)
    case .awsSavingsPlanJSON: AWSSavingsPlanJSON(collector).read(file)
    case .awsSavingsPlanCSV: AWSSavingsPlanCSV(collector).read(file)
    // All pages are one.
    case .googleCatalogue, .azureRetail: break
    case .googleCSV: GooglePriceCSV(collector).read(file)
    }
  }

  /// A file that is one of ours already joins the others as it is.
  private static func readContract(_ file: InputFile, into collector: PriceCollector) {
    let reading = PriceReader.read(file)
    for finding in reading.findings {
      collector.log.add(finding)
    }
    for (row, line) in zip(reading.value?.rows ?? [], reading.value?.lines ?? []) {
      collector.count()
      collector.add(
        StatedPrice(
          sku: row.sku, product: row.product, term: row.term, payment: row.payment,
          upfront: row.upfront, hourly: row.hourly, currency: collector.currency ?? "USD"),
        line: line)
    }
  }
}
