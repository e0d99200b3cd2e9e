import CloudCosts

/// What goes with the data of one billing file wherever they are used.
struct BillFindings {
  private let builder: BillAccumulator
  private let series: [HistorySeries]
  private let place: String
  private let currency: String

  init(
    _ builder: BillAccumulator, series: [HistorySeries], place: String, currency: String
  ) {
    self.currency = currency
    self.builder = builder
    self.series = series
    self.place = place
  }

  var all: [Finding] {
    [spread, coveredForNothing, unnamed, free, hosted, corrections, roundedAccounts, months]
      .compactMap { $0 }
  }

  private var free: Finding? { builder.free.finding(place: place, currency: currency) }

  private var hosted: Finding? { builder.hosted.finding(place: place, currency: currency) }

  private var unnamed: Finding? { builder.unnamed.finding(place: place, currency: currency) }

  /// Rows without hours make usage look flat, and flat usage looks safe to commit to.
  ///
  /// A row that fills its span with whole instances (24 h of a day) ran all the time. Any other may
  /// have run in any of its hours, so what it adds to an hour (its quantity over its span) may be
  /// missing in that hour: the level that seems always used is too high by at most the sum of
  /// these.
  private var spread: Finding? {
    guard builder.spreadRows > 0 else { return nil }
    var most = 0.0
    var doubtful = 0.0
    var all = 0.0
    var byHour: [Hour: Double] = [:]
    for entry in series {
      all += entry.quantities.reduce(0, +)
      for (offset, value) in entry.uncertain.enumerated() where value != 0 {
        byHour[entry.start + offset, default: 0] += value
        doubtful += value
      }
    }
    most = byHour.values.max() ?? 0
    return Finding(
      .warning, rule: "import.daily-rows", place: place,
      message: """
        \(builder.spreadRows.grouped) rows of usage are for more than an hour (up to \
        \(builder.longest.grouped)) and were spread evenly: a commitment that looks safe may be too \
        high by at most \(BillFindings.text(most)) instances in an hour; \
        \(BillFindings.text(all > 0 ? doubtful / all * 100 : 0)) % of the instance-hours are that uncertain
        """,
      remedy: "Export hourly data where the provider has them; else commit to less.")
  }

  private var coveredForNothing: Finding? {
    guard builder.coveredForNothing > 0 else { return nil }
    return Finding(
      .warning, rule: "import.covered-without-cost", place: place,
      message: """
        \(builder.coveredForNothing.grouped) rows of covered usage have an EffectiveCost of 0: the \
        commitments' own cost is missing from these rows, and they seem to save all of the list price
        """,
      remedy:
        "Import amortised costs too (Azure: the amortised export of the same months); the usage itself"
        + " counts in full.")
  }

  private var corrections: Finding? {
    guard builder.corrections > 0 else { return nil }
    return Finding(
      .note, rule: "import.corrections", place: place,
      message:
        "\(builder.corrections.grouped) rows correct earlier ones; they are added to the hours they name",
      remedy: "Nothing, if the corrected months are imported too.")
  }

  private var months: Finding? {
    builder.months.finding(series, place: place, currency: currency)
  }

  private var roundedAccounts: Finding? {
    let accounts = builder.accounts.filter(AccountName.isRounded).sorted()
    guard !accounts.isEmpty else { return nil }
    return Finding(
      .warning, rule: "import.rounded-account", place: place,
      message: AccountName.roundedMessage(accounts), remedy: AccountName.roundedRemedy)
  }

  private static func text(_ value: Double) -> String {
    Money(rounding: value).formatted(decimals: 2)
  }
}
