import CloudCosts

/// Usage of a bill that is no demand, with its money, the rule that set it aside, and what would
/// help.
///
/// Nothing of a known provider is left out without a word: what commitments can cover is said
/// service by service, all else in one note.
struct UnreadUsage {
  private struct Sum {
    var money = Money.zero
    var rows = 0
  }

  private let place: String
  private let usage: [HistoryTotal]
  private let costs: [HistoryCost]
  private let providers: [String: Provider]
  private let currency: String

  init(_ totals: [HistoryTotal], _ costs: [HistoryCost], currency: String, place: String) {
    self.place = place
    self.costs = costs
    self.currency = currency
    let known = Dictionary(
      costs.map { ($0.subject.service, Provider(rawValue: $0.subject.provider)) },
      uniquingKeysWith: { $0 ?? $1 })
    providers = known.compactMapValues { $0 }
    usage = totals.filter { $0.chargeClass?.isUsage == true && known[$0.service] != .some(nil) }
  }

  var findings: [Finding] {
    nothingCoverable + unread
      + [unknownEngine, moneyOnly, unnamed, others].compactMap { $0 }
  }

  private func sums(_ rules: (String) -> Bool) -> [(key: [String], value: Sum)] {
    var sums: [[String]: Sum] = [:]
    for total in usage where rules(total.rule) {
      sums[[total.rule, total.service], default: Sum()].money += total.worth
      sums[[total.rule, total.service]]?.rows += total.rows
    }
    return sums.sorted { ($1.value.money, $0.key[1]) < ($0.value.money, $1.key[1]) }
  }

  private func text(_ money: Money) -> String { "\(money.formatted()) \(currency)" }

  private var unread: [Finding] {
    sums(BilledUsage.coverableRules.contains).map { key, sum in
      let (message, remedy) = UnreadUsage.reasons[key[0]] ?? ("", "")
      return Finding(
        .warning, rule: key[0].replacing("set-aside.", with: "import."), place: place,
        message:
          "\(text(sum.money)) of \(key[1].quoted) (\(sum.rows.grouped) rows, set aside by \(key[0])): "
          + message, remedy: remedy)
    }
  }

  private static let reasons: [String: (message: String, remedy: String)] = [
    "set-aside.coverable": (
      "commitments cover such usage, but it is not read as demand; it counts in coverage only",
      "Check with the provider's own recommendations what to commit to for it."
    ),
    "set-aside.no-region": (
      "machines without a region: no column, zone or usage type names one",
      "Export it again with the region (FOCUS RegionId, CUR product_region_code)."
    ),
    "set-aside.unknown-machine-type": (
      "machines whose type is missing or not known, or that are counted in no hours: how many ran"
        + " cannot be said",
      "Export what names it (Azure AdditionalInfo or x_SkuDetails), or update the program; until then such usage"
        + " is in no plan."
    ),
  ]

  /// Rows of usage, and none that a commitment can cover: columns are missing, or the bill is of
  /// something else.
  private var nothingCoverable: [Finding] {
    guard !usage.isEmpty,
      !usage.contains(where: \.isCoverable)
    else { return [] }
    let all = sums { _ in true }
    let money = all.map(\.value.money).total()
    let rows = all.map(\.value.rows).reduce(0, +)
    let top = all.prefix(3).map { "\($0.key[1].quoted) \(text($0.value.money))" }
    return [
      Finding(
        .warning, rule: "import.nothing-coverable", place: place,
        message:
          "\(rows.grouped) rows of usage (\(text(money))) hold nothing that a commitment can cover, by the"
          + " columns that the file has: \(top.joined(separator: ", "))",
        remedy: UnreadUsage.columns(Set(providers.values)))
    ]
  }

  private static func columns(_ providers: Set<Provider>) -> String {
    let needed = providers.sorted().map { provider in
      switch provider {
      case .aws: "for AWS the usage type (FOCUS x_UsageType or SkuMeter; CUR line_item_usage_type)"
      case .azure: "for Azure the meter and its details (FOCUS x_SkuMeterCategory and x_SkuDetails)"
      case .gcp: "for Google the labels of machines (FOCUS Tags or x_SystemLabels)"
      }
    }
    return "If machines ran, export the columns that say so: \(needed.joined(separator: "; "))."
  }

  /// Usage of services with engines that names none: it is demand of no engine, which no price and
  /// no reservation is for.
  private var unknownEngine: Finding? {
    let found = costs.filter {
      guard $0.chargeClass.isUsage, let sku = $0.subject.group?.sku else { return false }
      return sku.service.hasEngines && sku.operatingSystem == Engine.unnamed
    }
    guard !found.isEmpty else { return nil }
    let services = Set(found.map(\.subject.service)).sorted()
    return Finding(
      .warning, rule: "import.unknown-engine", place: place,
      message:
        "\(found.map(\.rows).reduce(0, +).grouped) rows of \(services.joined(separator: ", "))"
        + " (\(text(found.map(\.list).total())) at list prices) do not say their engine, so that no"
        + " reservation is found for them",
      remedy: "Export the operation, which names it (CUR line_item_operation, FOCUS x_Operation).")
  }

  /// Usage of providers whose commitments are not known here.
  private var moneyOnly: Finding? {
    let foreign = costs.filter {
      $0.chargeClass.isUsage && Provider(rawValue: $0.subject.provider) == nil
    }
    guard !foreign.isEmpty else { return nil }
    let names = Set(foreign.map(\.subject.provider)).sorted().filter { !$0.isEmpty }
    return Finding(
      .note, rule: "import.money-only", place: place,
      message:
        "\(text(foreign.map(\.effective).total())) of usage are read as money alone: commitments of "
        + "\(names.isEmpty ? "a provider without a name" : names.joined(separator: ", ")) are not known here",
      remedy: "Nothing: its cost is in the sums, its usage in no plan.")
  }

  /// Covered usage that names no commitment.
  private var unnamed: Finding? {
    let covered = costs.filter {
      $0.chargeClass == .covered && $0.commitment.isEmpty && $0.rows > 0 && $0.list > .zero
    }
    guard !covered.isEmpty else { return nil }
    return Finding(
      .warning, rule: "import.commitment-unnamed", place: place,
      message:
        "\(covered.map(\.rows).reduce(0, +).grouped) rows (\(text(covered.map(\.list).total())) at list prices)"
        + " are committed usage without the commitment's id: they count as covered, but what is owned"
        + " cannot be said from them",
      remedy:
        "Export the id (FOCUS CommitmentDiscountId, CUR ARN), or name a list of what is owned.")
  }

  /// What no commitment covers, in a line.
  private var others: Finding? {
    let all = sums { $0.hasPrefix("set-aside.") && !BilledUsage.coverableRules.contains($0) }
    let rows = all.map(\.value.rows).reduce(0, +)
    guard rows >= 1000, nothingCoverable.isEmpty else { return nil }
    let top = all.prefix(3).map {
      "\($0.key[1].quoted) \(text($0.value.money)) (\($0.key[0]))"
    }
    return Finding(
      .note, rule: "import.not-coverable", place: place,
      message:
        "\(rows.grouped) rows of usage (\(text(all.map(\.value.money).total()))) are of no machine and of nothing"
        + " that commitments cover: \(top.joined(separator: ", "))",
      remedy: "Nothing, unless machines are among them.")
  }
}
