import CloudCosts

/// vCPUs and memory of a series that Google recommends to commit to, one by one or together.
struct RecommendedResources {
  var project: String?
  var region: String
  var type: String
  var term: Term
  var basis: RecommendationBasis
  var resources: [JSONValue]
  var saving: (amount: Double, currency: String)?
  var line: Int

  func isOf(_ other: RecommendedResources) -> Bool {
    (project, region, type) == (other.project, other.region, other.type)
      && term == other.term && basis == other.basis
  }
}

/// Purchase recommendations of Google's Recommender: for resources
/// (`google.compute.commitment.UsageCommitmentRecommender`, for a project or the billing account)
/// and for spend (`google.cloudbilling.commitment.SpendBasedCommitmentRecommender`).
///
/// `content.overview.algorithm` is `LOW_WATERMARK` (stable usage) or `BREAK_EVEN_POINT` (optimal);
/// an operation adds a commitment as the Compute API would take it (Recommender API reference; the
/// console's words, "Get recommendations for committed use discounts").
extension RecommendationReader {
  func recommendationOfGoogle(_ value: JSONValue, line: Int) {
    isKnown = true
    saving = googleSaving(value["primaryImpact", "costProjection"])
    let added = (value["content", "operationGroups"]?.elements ?? [])
      .flatMap { $0["operations"]?.elements ?? [] }
      .filter { operation in
        operation["action"]?.text == "add"
          && operation["resourceType"]?.text?.lowercased().contains("commitment") != false
      }
    let state = value["stateInfo", "state"]?.text ?? "ACTIVE"
    guard !["SUCCEEDED", "DISMISSED"].contains(state) else {
      return leaveAside("their state is \(state)")
    }
    guard !added.isEmpty || value["name"]?.text?.contains(".commitment.") == true else {
      return leaveAside("Google's advice on something else than a purchase")
    }
    let code = value["primaryImpact", "costProjection", "cost", "currencyCode"]?.text
    guard accepts(code, line: line) else { return }
    let isSpend = value["name"]?.text?.contains("SpendBased") == true
    for operation in added {
      let stated = operation["value"] ?? .null
      if isSpend || stated["resources"] == nil {
        spend(stated, of: value, line: line)
      } else {
        resources(stated, operation["resource"]?.text ?? "", of: value, line: line)
      }
    }
    if added.isEmpty {
      leaveOut(
        "missing-field", line, "a recommendation of a commitment names none",
        "list the recommendations again with --format json")
    }
  }

  // MARK: Resources

  private func resources(
    _ stated: JSONValue, _ path: String, of value: JSONValue, line: Int
  ) {
    guard let term = word(stated, "plan", line: line, GoogleCommitmentType.term) else { return }
    let place = (stated["region"]?.text ?? "").isEmpty ? nil : stated["region"]?.text
    let links = [place, path, value["name"]?.text].compactMap { $0 }
    guard let type = stated["type"]?.text, let region = links.lazy.compactMap(Self.region).first
    else {
      return leaveOut(
        "missing-field", line, "a commitment is recommended without its type or region",
        "list the recommendations again with --format json")
    }
    let isWide = value["recommenderSubtype"]?.text?.contains("BILLING_ACCOUNT") == true
    let entry = RecommendedResources(
      project: isWide ? nil : links.lazy.compactMap(GoogleCommitmentType.project).first,
      region: region, type: type, term: term,
      basis: basis(value, isWide ? "billing account" : "project"),
      resources: stated["resources"]?.elements ?? [], saving: saving, line: line)
    guard let index = recommendedResources.firstIndex(where: { $0.isOf(entry) }) else {
      return recommendedResources.append(entry)
    }
    recommendedResources[index].resources += entry.resources
    if let more = entry.saving {
      let known = recommendedResources[index].saving?.amount ?? 0
      recommendedResources[index].saving = (known + more.amount, more.currency)
    }
  }

  /// What is recommended for one series, region and project is bought together.
  func addRecommendedResources() {
    for entry in recommendedResources {
      saving = entry.saving
      let resources = GoogleResources(entry.resources)
      guard let series = GoogleCommitmentType.series(entry.type) else {
        leaveOut(
          "left-aside", entry.line,
          "a commitment of the type \(entry.type.quoted) is recommended, whose machines are not known",
          "nothing; judge it by the provider's own figures")
        continue
      }
      guard resources.processors != nil || !resources.others.isEmpty else {
        leaveOut(
          "other-resource", entry.line,
          "\(resources.kinds) of the series \(series) is recommended without vCPUs, and machines"
            + " have both", "put the recommendation of vCPUs into the same file")
        continue
      }
      take(
        GoogleCommitment(
          id: "a commitment of \(series) in \(entry.region)", project: entry.project,
          region: entry.region, series: series,
          terms: OfferTerms(
            product: .gcpResourceCUD, term: entry.term, payment: .noUpfront),
          life: HourWindow(from: start, to: start + entry.term.hours), renews: false,
          status: "ACTIVE", resources: resources), entry)
    }
  }

  private func take(_ known: GoogleCommitment, _ entry: RecommendedResources) {
    var taking = GoogleParts(prices: prices, isOwned: false)
    for part in taking.parts(of: known) {
      add(part, basis: entry.basis, isUnscoped: entry.project != nil, line: entry.line)
    }
    for note in taking.notes {
      if note.leavesOut {
        leaveOut(note.rule, entry.line, note.message, note.remedy)
      } else {
        log.add(.warning, note.rule, line: entry.line, note.message, remedy: note.remedy)
      }
    }
  }

  /// `us-central1` of a link, of a name alone, and of a zone.
  private static func region(_ link: String) -> String? {
    let parts = link.split(separator: "/").map(String.init)
    for word in ["regions", "locations"] {
      if let index = parts.firstIndex(of: word), index + 1 < parts.count { return parts[index + 1] }
    }
    return parts.count == 1 ? link : nil
  }

  // MARK: Spend

  /// Products by words in what is recommended; the first that fits.
  private static let spendProducts: [(word: String, product: String)] = [
    ("flexible", "gcp-cud-flexible"), ("alloydb", "gcp-cud-alloydb"),
    ("cloud sql", "gcp-cud-cloud-sql"), ("spanner", "gcp-cud-spanner"),
    ("memorystore", "gcp-cud-memorystore"), ("compute engine", "gcp-cud-flexible"),
  ]

  private func spend(_ stated: JSONValue, of value: JSONValue, line: Int) {
    let texts =
      [value["description"]?.text, value["recommenderSubtype"]?.text] + Self.texts(stated)
    let words = texts.compactMap { $0?.lowercased().replacing("_", with: " ") }
      .joined(separator: " ")
    let name = Self.spendProducts.first { words.contains($0.word) }?.product
    guard let product = name.flatMap(Product.init(rawValue:)) else {
      return leaveOut(
        "left-aside", line,
        "\((value["description"]?.text ?? "a spend-based commitment").quoted) is of nothing known here",
        "nothing; judge it by the provider's own figures")
    }
    guard let term = word(stated, "plan", line: line, Self.spendTerm) else { return }
    guard let hourly = Self.hourly(stated), hourly > 0, hourly <= FindingLog.largestNumber else {
      return leaveOut(
        "missing-field", line, "a spend-based commitment is recommended without an hourly amount",
        "list the recommendations again with --format json")
    }
    let terms = OfferTerms(product: product, term: term, payment: .noUpfront)
    guard hasRates(terms, line: line) else { return }
    var scope = SavingsPlanScope(provider: .gcp)
    if product.scope == .region {
      scope.region =
        [stated["region"]?.text, value["name"]?.text].compactMap { $0 }
        .lazy.compactMap(Self.region).first
    }
    add(
      terms, .savingsPlan(scope: scope, hourlyCommitment: hourly), account: "",
      basis: basis(value, "billing account"), line: line)
  }

  private static func spendTerm(_ plan: String) -> Term? {
    switch plan.uppercased() {
    case "ONE_YEAR", "P1Y": .oneYear
    case "THREE_YEAR", "THREE_YEARS", "P3Y": .threeYears
    default: GoogleCommitmentType.term(plan)
    }
  }

  private static func texts(_ value: JSONValue) -> [String?] {
    value.members.map(\.value.text)
  }

  /// A number, or money in units and nanos, an hour.
  private static func hourly(_ stated: JSONValue) -> Double? {
    let fields = ["commitmentAmount", "hourlyCommitment", "hourlyCommitmentAmount", "amount"]
    guard let field = fields.lazy.compactMap({ stated[$0] }).first else { return nil }
    return field.number ?? money(field)
  }

  // MARK: What they share

  private func basis(_ value: JSONValue, _ scope: String) -> RecommendationBasis {
    let algorithm = value["content", "overview", "algorithm"]?.text ?? ""
    let known = ["LOW_WATERMARK": "stable usage", "BREAK_EVEN_POINT": "optimal"]
    return RecommendationBasis(
      scope: scope, variant: known[algorithm] ?? algorithm.lowercased().replacing("_", with: " "))
  }

  private static func money(_ cost: JSONValue) -> Double? {
    guard cost["units"] != nil || cost["nanos"] != nil else { return nil }
    return (cost["units"]?.number ?? 0) + (cost["nanos"]?.number ?? 0) / 1e9
  }

  private func googleSaving(_ projection: JSONValue?) -> (amount: Double, currency: String)? {
    guard let monthly = GoogleImpact.monthlySaving(projection) else { return nil }
    return (monthly, projection?["cost", "currencyCode"]?.text ?? currency ?? "")
  }
}

/// What Google's Recommender says that something saves.
enum GoogleImpact {
  /// A negative cost in units and nanos over a duration, as a month of 730 hours.
  static func monthlySaving(_ projection: JSONValue?) -> Double? {
    guard let projection,
      let seconds = Double(
        (projection["duration"]?.text ?? "").filter { $0 != "s" }), seconds > 0
    else { return nil }
    let units = projection["cost", "units"]?.number ?? 0
    let nanos = projection["cost", "nanos"]?.number ?? 0
    return -(units + nanos / 1e9) * 730 * 3600 / seconds
  }
}
