import CloudCosts

/// Reads what a provider recommends to buy, as its own tools print it.
///
/// | recommendation | made by |
/// |---|---|
/// | AWS Cost Explorer | `aws ce get-savings-plans-purchase-recommendation`, `get-reservation-purchase-recommendation` |
/// | AWS Cost Optimization Hub | `aws cost-optimization-hub get-recommendation`, one or several in a list |
/// | Azure reservations | `Microsoft.Consumption/reservationRecommendations`, legacy and modern; the export of them as CSV |
/// | Azure savings plans | `Microsoft.CostManagement/benefitRecommendations` |
/// | Azure Advisor | `az advisor recommendation list` |
/// | Google | `gcloud recommender recommendations list --format json` of both CUD recommenders |
///
/// Prices are those of the price book, so that the recommendation and our plan are judged alike. An
/// entry that cannot be judged is left out, with what it says that it saves; the others are judged.
package final class RecommendationReader {
  var log: FindingLog
  let file: InputFile
  let prices: PriceList
  let currency: String?
  let start: Hour
  private(set) var commitments: [Commitment] = []
  private var bases: [Commitment.ID: RecommendationBasis] = [:]
  private var unscoped: Set<Commitment.ID> = []
  private var lines: [Int] = []
  var isKnown = false
  private var hasStrangers = false
  private(set) var leftOut = 0
  /// Recommendations of something else than a purchase, and what was done already.
  private var aside: [String: Int] = [:]
  /// What the entry that is read says that it saves in a month.
  var saving: (amount: Double, currency: String)?
  /// Google recommends vCPUs and memory one by one.
  var recommendedResources: [RecommendedResources] = []

  private init(_ file: InputFile, prices: PriceList, currency: String?, start: Hour) {
    log = FindingLog(file: file.name, kind: "recommendation")
    self.file = file
    self.prices = prices
    self.currency = currency
    self.start = start
  }

  /// - Parameters:
  ///   - currency: the code that stated amounts must have; nil: any.
  ///   - start: when all of it is bought.
  package static func read(
    _ file: InputFile, prices: PriceList, currency: String? = nil, start: Hour
  ) -> Reading<RecommendedPurchases> {
    RecommendationReader(file, prices: prices, currency: currency, start: start).read()
  }

  private static let lists = ["Recommendations", "value", "recommendations", "items"]
  private static let paths =
    ["SavingsPlansPurchaseRecommendation", "NextPageToken", "nextPageToken", "nextLink", "[]"]
    + lists.map { $0 + "/[]" }

  private func read() -> Reading<RecommendedPurchases> {
    if MeasurementFiles.isJSON(file) || !readTable() { readJSON() }
    return finished()
  }

  private func readJSON() {
    do {
      try JSONReader.read(file, at: Self.paths.map { JSONPath($0) }) { element in
        self.entry(element.value, at: element.path.steps, line: element.line)
        return true
      }
    } catch {
      log.add(error)
    }
    if !isKnown, !hasStrangers, !log.hasErrors { readAlone() }
  }

  private func finished() -> Reading<RecommendedPurchases> {
    addRecommendedResources()
    for (what, count) in aside.sorted(by: { $0.key < $1.key }) {
      log.add(
        .note, "left-aside", line: nil,
        "\(count.grouped) \(count == 1 ? "recommendation" : "recommendations") left aside: \(what)",
        remedy: "nothing, if that is meant")
    }
    if !isKnown, !log.hasErrors, hasStrangers || !isEmptyAnswer {
      log.add(
        .error, "unknown-format", line: nil,
        "this is no purchase recommendation of a known kind",
        remedy: "export it with aws ce get-savings-plans-purchase-recommendation or"
          + " get-reservation-purchase-recommendation, az advisor recommendation list, the lists"
          + " reservationRecommendations or benefitRecommendations of Azure, or gcloud recommender"
          + " recommendations list --format json")
    } else if commitments.isEmpty, leftOut == 0, !log.hasErrors {
      log.add(
        .note, "nothing", line: nil, "the provider recommends to buy nothing",
        remedy: "nothing, if that is so")
    }
    var value = RecommendedPurchases(
      commitments: commitments, file: file.name, leftOut: leftOut)
    value.bases = bases
    value.unscoped = unscoped
    value.lines = lines
    return Reading(value: value, findings: log.finished())
  }

  /// A file that is one recommendation.
  private func readAlone() {
    try? JSONReader.read(file, at: [JSONPath("")]) { element in
      if element.value["recommendedResourceDetails"] != nil || element.value["content"] != nil
        || element.value["properties"] != nil
      {
        self.entry(element.value, line: element.line)
      }
      return true
    }
  }

  /// Whether a file without entries is the answer that nothing is recommended.
  private var isEmptyAnswer: Bool {
    var unread = FindingLog(file: file.name, kind: "")
    guard let head = FileHead(file, log: &unread) else { return false }
    return head.start.hasPrefix("[") || Self.lists.contains { head.contains("\"\($0)\"") }
  }

  private func entry(_ value: JSONValue, at place: [String], line: Int) {
    switch place.first {
    case "NextPageToken", "nextPageToken", "nextLink": morePages(value, line: line)
    case "SavingsPlansPurchaseRecommendation": plansOfAWS(value, line: line)
    case "Recommendations": reservationsOfAWS(value, line: line)
    default: entry(value, line: line)
    }
  }

  /// An element of a list, or one of several answers in a list (`jq -s`).
  func entry(_ value: JSONValue, line: Int) {
    for name in ["NextPageToken", "nextLink"] {
      if let next = value[name] { morePages(next, line: line) }
    }
    let inner = Self.lists.flatMap { list in
      value.members.filter { $0.key == list }.flatMap(\.value.elements)
    }
    if let plans = value["SavingsPlansPurchaseRecommendation"] {
      plansOfAWS(plans, line: line)
    } else if !inner.isEmpty {
      for part in inner { entry(part, line: line) }
    } else if value["RecommendationDetails"] != nil || value["ServiceSpecification"] != nil {
      reservationsOfAWS(value, line: line)
    } else if value["recommendationId"] != nil {
      recommendationOfHub(value, line: line)
    } else if value["content"] != nil || value["recommenderSubtype"] != nil {
      recommendationOfGoogle(value, line: line)
    } else if !recommendationOfAzure(value, line: line),
      !value.members.contains(where: { Self.lists.contains($0.key) })
    {
      hasStrangers = true
    }
  }

  private func morePages(_ value: JSONValue, line: Int) {
    guard value.text != nil else { return }
    log.add(
      .warning, "more-pages", line: line,
      "the recommendation goes on: the file names a next page",
      remedy: "export all pages; without them it is judged by a part")
  }

  // MARK: What all providers share

  /// Leaves an entry out, with its money, and returns nil, for guards.
  @discardableResult
  func problem<Value>(
    _ rule: String, _ line: Int, _ message: String, _ remedy: String
  ) -> Value? {
    leftOut += 1
    let money =
      saving.map {
        "; it says that it saves \(Money(rounding: $0.amount).formatted(decimals: 2))"
          + " \($0.currency) a month"
      } ?? ""
    log.add(
      .warning, rule, line: line, "\(message): it is left out of what is judged\(money)",
      remedy: remedy)
    return nil
  }

  func leaveOut(_ rule: String, _ line: Int, _ message: String, _ remedy: String) {
    let _: Never? = problem(rule, line, message, remedy)
  }

  /// Notes a recommendation of something else than a purchase.
  func leaveAside(_ what: String) { aside[what, default: 0] += 1 }

  func word<Value>(
    _ value: JSONValue, _ field: String, line: Int, _ meaning: (String) -> Value?
  ) -> Value? {
    guard let text = value[field]?.text else {
      return problem(
        "missing-field", line, "there is no \(field)", "export the recommendation again")
    }
    return meaning(text)
      ?? problem(
        "unknown-\(field.lowercased())", line, "\(field) is \(text.quoted), which is not known",
        "only what is on sale for 1 and 3 years today can be judged; remove the entry")
  }

  /// A number from 0 on that an entry must have.
  func amount(_ value: JSONValue, _ field: String, line: Int) -> Double? {
    guard let text = value[field]?.text else {
      return problem(
        "missing-field", line, "a detail has no \(field)", "export the recommendation again")
    }
    guard let number = Number.value(of: text), number >= 0, number <= FindingLog.largestNumber
    else {
      return problem(
        "bad-number", line, "\(field) is \(text.quoted)",
        "it must be a number from 0 on; export the recommendation again")
    }
    return number
  }

  func accepts(_ code: String?, line: Int) -> Bool {
    guard let currency, let code, code != currency else { return true }
    leaveOut(
      "other-currency", line,
      "the recommendation is in \(code.quoted), the scenario in \(currency.quoted)",
      "give all prices in one currency, or set the scenario's")
    return false
  }

  /// Whether the price book has rates of a plan; without them it would cover nothing, and seem to be
  /// all loss.
  func hasRates(_ terms: OfferTerms, line: Int) -> Bool {
    if prices.rows.contains(where: { $0.offered == terms }) { return true }
    leaveOut(
      "no-rates", line, "\(prices.file) has no rates for the recommended \(terms.words)",
      "add the plan's rates to the price book")
    return false
  }

  func add(
    _ terms: OfferTerms, _ subject: Commitment.Subject, account: String,
    reach: Commitment.Reach = .shared, basis: RecommendationBasis, line: Int
  ) {
    add(
      Commitment(
        id: "", account: account, terms: terms, subject: subject, start: start,
        end: start + terms.term.hours, reach: reach), basis: basis, line: line)
  }

  /// - Parameter isUnscoped: whether only the scenario can say whom it serves.
  func add(
    _ commitment: Commitment, basis: RecommendationBasis, isUnscoped: Bool = false, line: Int
  ) {
    var commitment = commitment
    commitment.id = "recommended-\(file.name)-\(commitments.count + 1)"
    commitments.append(commitment)
    lines.append(line)
    bases[commitment.id] = basis
    if isUnscoped { unscoped.insert(commitment.id) }
  }
}
