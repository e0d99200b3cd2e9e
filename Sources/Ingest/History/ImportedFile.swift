import CloudCosts

/// All that a history keeps of one billing file.
package struct ImportedFile: Sendable {
  package var source: HistorySource
  package var series: [HistorySeries]
  package var costs: [HistoryCost]
  package var commitments: [HistoryCommitment]
  /// What they spent on other things than machines.
  package var otherUse: [HistoryOtherUse] = []
  /// By rule, and the file's own.
  package var totals: [HistoryTotal]
  /// Some rows of each day, by the day; none where the engine gives none.
  package var samples: [Int: RowSample] = [:]
  /// Notes and warnings that go with the data wherever they are used.
  package var findings: [Finding]

  package init(
    source: HistorySource, series: [HistorySeries] = [], costs: [HistoryCost] = [],
    commitments: [HistoryCommitment] = [], totals: [HistoryTotal] = [], findings: [Finding] = []
  ) {
    self.source = source
    self.series = series
    self.costs = costs
    self.commitments = commitments
    self.totals = totals
    self.findings = findings
  }
}
