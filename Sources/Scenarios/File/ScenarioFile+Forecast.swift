import CloudCosts
import Forecast
import Ingest

// The section `forecast`.
extension ScenarioParser {
  func forecast(_ root: ScenarioSection) -> ForecastSettings {
    let section = root.section("forecast")
    let defaults = ForecastSettings()
    var settings = ForecastSettings(
      method: section.choice("method") ?? defaults.method,
      growth: yearlyRate(section, "growth") ?? defaults.growth,
      horizonMonths: count(
        section, "horizon", 1...ForecastSettings.longestHorizon, "calendar months"),
      paths: count(section, "paths", 1...ForecastSettings.mostPaths, "futures"),
      seed: section.count("seed", from: 0).map(UInt64.init) ?? defaults.seed,
      blockWeeks: count(section, "block_weeks", 1...52, "weeks") ?? defaults.blockWeeks,
      changes: section.maps("changes").compactMap(change))
    settings.isUnstated = section.entry("method") == nil
    if settings.method == .hindsight, settings.horizonMonths != nil {
      findings.add(
        .error, "contradiction", line: section.entry("horizon")?.line,
        "forecast.method hindsight asks of the window as it was, and forecast.horizon of what comes",
        remedy: "remove the horizon, or use the method repeat for what was, once more")
    }
    return settings
  }

  private func count(
    _ section: ScenarioSection, _ key: String, _ range: ClosedRange<Int>, _ unit: String
  ) -> Int? {
    section.number(key, "whole, from \(range.lowerBound) to \(range.upperBound) (\(unit))") {
      $0 == $0.rounded() && $0 >= Double(range.lowerBound) && $0 <= Double(range.upperBound)
    }.map { Int($0) }
  }

  private func yearlyRate(_ section: ScenarioSection, _ key: String) -> Double? {
    section.number(key, "above -1 and up to 10 (0.4 is 40 % a year)") { $0 > -1 && $0 <= 10 }
  }

  /// The names of `change`, and the keys that go with each next to those that say which usage and
  /// when.
  private enum ChangeKind: String, CaseIterable {
    case growth, migration, retirement, price

    var keys: Set<String> {
      switch self {
      case .growth: ["rate"]
      case .migration: ["to", "ratio", "share", "months"]
      case .retirement: ["months"]
      case .price: ["factor", "percent", "applies_to"]
      }
    }
  }

  /// Notes a key that must be there and does not.
  private func require(_ section: ScenarioSection, _ key: String, _ example: String) {
    guard section.entry(key) == nil else { return }
    findings.add(
      .error, "missing-key", line: section.line, "the key \(section.name(key).quoted) is missing",
      remedy: "add \(key): \(example)")
  }

  /// Nil, with findings, where it cannot be used. Every key is looked at.
  private func change(_ section: ScenarioSection) -> KnownChange? {
    require(section, "change", "retirement")
    require(section, "date", "2024-06-01T00:00:00Z")
    let kind: ChangeKind? = section.choice("change")
    let usage = UsageSelection(
      account: section.text("account"), provider: section.choice("provider"),
      region: section.text("region"), family: section.text("family"),
      instanceType: section.text("instance_type"),
      operatingSystem: section.text("operating_system"))
    let date = section.states("date") ? hour(section, "date") : nil
    let rate = yearlyRate(section, "rate")
    let months = count(section, "months", 0...36, "calendar months")
    let ratio = section.number("ratio", "above 0 and up to 1000 (new hours for one old hour)") {
      $0 > 0 && $0 <= 1000
    }
    let share = section.share("share")
    let factor = priceFactor(section, isAsked: kind == .price)
    let extent: PriceChange.Extent? = section.choice("applies_to")
    guard let kind else { return nil }
    // Prices are those of all accounts.
    let own = Set(ChangeKind.allCases.flatMap(\.keys) + (kind == .price ? ["account"] : []))
    for key in own.subtracting(kind.keys).sorted() where section.states(key) {
      findings.add(
        .error, "unknown-key", line: section.entry(key)?.line ?? section.line,
        "\(section.name(key).quoted) does not go with the change \(kind.rawValue)",
        remedy: "remove it: \(kind.rawValue) has \(kind.keys.sorted().joined(separator: ", "))")
    }
    let what: KnownChange.Kind
    switch kind {
    case .growth:
      require(section, "rate", "0.3")
      guard let rate else { return nil }
      what = .growth(yearly: rate)
    case .retirement: what = .retirement
    case .migration:
      require(section, "to", "m7g")
      guard let target = section.text("to") else { return nil }
      what = .migration(to: target, ratio: ratio ?? 1, share: share ?? 1)
    case .price:
      guard let factor else { return nil }
      what = .price(factor: factor, extent: extent ?? .onDemand)
    }
    return date.map {
      KnownChange(what, of: usage, on: $0, months: months ?? 0, place: findings.place(section.line))
    }
  }
}

extension ScenarioParser {
  /// What a price is multiplied by: `factor`, or 1 + `percent` / 100; nil, with findings, where not
  /// exactly one of them is there, or it is no price.
  private func priceFactor(_ section: ScenarioSection, isAsked: Bool) -> Double? {
    let factor = section.number("factor", "above 0 and up to 100 (0.9: a tenth less)") {
      $0 > 0 && $0 <= 100
    }
    let percent = section.number("percent", "above -100 and up to 9900 (-10: a tenth less)") {
      $0 > -100 && $0 <= 9900
    }
    guard isAsked else { return nil }
    guard section.entry("factor") == nil || section.entry("percent") == nil else {
      findings.add(
        .error, "contradiction", line: section.line,
        "\(section.name("factor").quoted) and \(section.name("percent").quoted) say the same",
        remedy: "keep one of them")
      return nil
    }
    guard section.entry("percent") == nil else { return percent.map { 1 + $0 / 100 } }
    require(section, "factor", "0.9, or percent: -10")
    return factor
  }
}

extension ScenarioSection {
  /// A list of maps, each a section of its own under the key's dot path.
  func maps(_ key: String) -> [ScenarioSection] {
    guard let value = entry(key)?.value else { return [] }
    guard case .list(let items) = value.content else {
      wrongType(key, value, expected: "a list of maps", remedy: "write it as [{…}, {…}]")
      return []
    }
    return items.compactMap { item in
      switch item.content {
      case .map, .null: break
      case .list, .scalar:
        wrongType(key, item, expected: "a list of maps", remedy: "write each as {key: value}")
        return nil
      }
      return ScenarioSection(item, path: name(key), findings: findings)
    }
  }
}
