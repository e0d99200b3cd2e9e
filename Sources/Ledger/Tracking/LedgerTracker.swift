import Billing
import CloudCosts
import Scenarios

/// Compares every bought purchase of a ledger with a history.
package struct LedgerTracker: Sendable {
  private let ledger: Ledger
  private let contents: LedgerContents

  package init(_ ledger: Ledger) throws(FindingsError) {
    self.ledger = ledger
    contents = try ledger.contents()
  }

  /// - Throws: `FindingsError` where nothing was bought, or a price is missing.
  package func track(
    _ history: ActualUsageReader.Contents, named name: String, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> LedgerTracking {
    var report = LedgerTracking(history: name, window: history.window, contents: contents)
    let bought = boughtByProposal()
    guard !bought.isEmpty else { throw FindingsError([nothingBought]) }
    let ids = Set(contents.entries.compactMap(\.providerID))
    report.findings += notBilled(ids, history)
    for proposal in contents.proposals where bought[proposal.id] != nil {
      let projection = try ledger.projection(of: proposal.id)
      let others = bought.filter { $0.key != proposal.id }.sorted { $0.key < $1.key }
        .flatMap(\.value)
      let actual = try history.actual(for: projection, purchases: ids, others: others)
      report.findings += actual.findings.filter { !report.findings.contains($0) }
      let entries = contents.entries(of: proposal.id)
      let tracker = SavingsTracker(
        projection, actual, bought: entries.map { $0.bought(billed: actual.billed) })
      progress("proposal \(proposal.id): \(proposal.scenario)")
      guard let tracked = try result(tracker, progress) else {
        report.findings.append(noHours(proposal, history))
        continue
      }
      if tracked.shift != 0 { report.findings.append(moved(proposal, tracked)) }
      report.proposals.append(
        ProposalTracking(proposal: proposal, entries: entries, tracked: tracked))
    }
    return report
  }

  private func result(
    _ tracker: SavingsTracker, _ progress: (String) -> Void
  ) throws(FindingsError) -> TrackedSavings? {
    do {
      return try tracker.result(progress: progress)
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([
        Finding(
          .error, rule: "track.failed", place: "ledger track", message: "\(error)",
          remedy: "Report this message.")
      ])
    }
  }

  private func boughtByProposal() -> [Int: [Commitment]] {
    Dictionary(grouping: contents.entries, by: \.id.proposal)
      .mapValues { $0.compactMap { $0.bought() } }.filter { !$0.value.isEmpty }
  }

  private var nothingBought: Finding {
    Finding(
      .error, rule: "track.nothing-bought", place: ledger.path,
      message: "no purchase of the ledger was bought: there is nothing to compare",
      remedy: "Record what was bought: plimsoll ledger bought PURCHASE --id ID.")
  }

  /// A bill that names commitments, and not ours, is of other accounts, or an id is mistyped.
  private func notBilled(
    _ ids: Set<String>, _ history: ActualUsageReader.Contents
  ) -> [Finding] {
    let known = history.billedIDs
    guard !known.isEmpty else { return [] }
    return ids.subtracting(known).sorted().map { id in
      Finding(
        .warning, rule: "track.not-on-bill", place: id,
        message:
          "the bill does not tell of this commitment, though it tells of others: it is billed"
          + " as the ledger has it",
        remedy: "Compare the id with the bill's; it may be mistyped, or bought in another account.")
    }
  }

  private func noHours(
    _ proposal: LedgerProposal, _ history: ActualUsageReader.Contents
  ) -> Finding {
    Finding(
      .warning, rule: "track.no-hours", place: "proposal \(proposal.id)",
      message: "it was planned for \(proposal.window.start) to \(proposal.window.end), of which the"
        + " history (\(history.window.start) to \(history.window.end)) has no hour",
      remedy: "Track it with a history of those hours.")
  }

  private func moved(_ proposal: LedgerProposal, _ tracked: TrackedSavings) -> Finding {
    Finding(
      .note, rule: "track.moved", place: "proposal \(proposal.id)",
      message: "it was planned for a window that was past when it was bought: the same weeks are"
        + " expected again \(tracked.shift / 168) weeks later",
      remedy: "Nothing; a plan for the future (forecast.method: futures) needs no such assumption.")
  }
}

/// A proposal's purchases, compared with a history.
package struct ProposalTracking: Sendable {
  package var proposal: LedgerProposal
  /// By line, as the tracked lines are.
  package var entries: [LedgerEntry]
  package var tracked: TrackedSavings

  package init(proposal: LedgerProposal, entries: [LedgerEntry], tracked: TrackedSavings) {
    self.proposal = proposal
    self.entries = entries
    self.tracked = tracked
  }

  /// How a line was used in all of the window; nil where it was not bought.
  package func use(_ line: Int) -> CommitmentUse? { use(line, in: tracked.bill) }

  /// How it was used in the last thirty days.
  package func recentUse(_ line: Int) -> CommitmentUse? { use(line, in: tracked.recent) }

  private func use(_ line: Int, in bill: Bill) -> CommitmentUse? {
    guard tracked.bought[line] != nil else { return nil }
    let rank = tracked.bought[..<line].count { $0 != nil }
    let own = bill.commitments.suffix(tracked.bought.count { $0 != nil })
    return own.dropFirst(rank).first
  }
}

/// Every proposal, compared with a history.
package struct LedgerTracking: Sendable {
  /// As it was named.
  package var history: String
  package var window: HourWindow
  package var contents: LedgerContents
  package var proposals: [ProposalTracking] = []
  package var findings: [Finding] = []

  init(history: String, window: HourWindow, contents: LedgerContents) {
    self.history = history
    self.window = window
    self.contents = contents
  }

  /// Of all proposals together.
  package var total: SavingsVariance { proposals.map(\.tracked.total).reduce(.zero, +) }
  package var reversed: SavingsVariance { proposals.map(\.tracked.reversed).reduce(.zero, +) }

  /// What is to be kept.
  package var records: [(proposal: Int, record: TrackingRecord)] {
    proposals.map { ($0.proposal.id, TrackingRecord($0.tracked, history: history)) }
  }

  /// How right past projections were: of each proposal the latest comparison, this one the last.
  package var accuracy: ProjectionAccuracy {
    var latest: [Int: TrackingRecord] = [:]
    for event in contents.events {
      if let record = event.details.tracking { latest[event.proposal] = record }
    }
    for (proposal, record) in records { latest[proposal] = record }
    return ProjectionAccuracy(Array(latest.values))
  }
}

/// How right projections were.
package struct ProjectionAccuracy: Hashable, Sendable {
  package var projections: Int
  /// All that was realised as a share of all that was projected; nil where nothing was.
  package var realisedShare: Double?
  /// The mean of |realised − projected| as a share of what was projected, by proposal.
  package var meanError: Double?
  /// The mean of |real level − projected level| of usage as a share of the projected one.
  package var meanLevelError: Double?

  init(_ records: [TrackingRecord]) {
    projections = records.count
    let known = records.filter { $0.projected > 0 }
    let projected = known.reduce(0.0) { $0 + Double($1.projected) }
    let realised = known.reduce(0.0) { $0 + Double($1.realised) }
    realisedShare = projected > 0 ? realised / projected : nil
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    meanError = mean(known.compactMap(\.accuracy).map { abs($0 - 1) })
    meanLevelError = mean(records.compactMap(\.level).map { abs($0 - 1) })
  }
}
