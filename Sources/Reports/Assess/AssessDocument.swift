import CloudCosts
import Scenarios

/// What `plimsoll assess --json` prints.
package struct AssessDocument: Encodable {
  struct Efficiency: Encodable {
    var name: String
    @JSONNumber var bill: Money
    @JSONNumber var on_demand: Money
    /// Proven: no way of buying could have cost less.
    @JSONNumber var bound: Money
    var efficiency: Double?
    var savings_captured: Double?

    init(_ efficiency: Scenarios.Efficiency) {
      name = efficiency.name
      bill = efficiency.bill
      on_demand = efficiency.onDemand
      bound = efficiency.bound
      self.efficiency = efficiency.share.map(RunDocument.rounded)
      savings_captured = efficiency.captured.map(RunDocument.rounded)
    }
  }

  struct Measure: Encodable {
    var name: String
    var value: Double
    var stage: String
    var walk_from: Double
    var run_from: Double
    var less_is_better: Bool
    var source: String
    var next: String

    init(_ measure: MaturityMeasure) {
      name = measure.name
      value = RunDocument.rounded(measure.value)
      stage = measure.stage.rawValue
      walk_from = measure.walk
      run_from = measure.run
      less_is_better = measure.isInverse
      source = measure.source
      next = measure.next
    }
  }

  struct Quarter: Encodable {
    var quarter: String
    var hourly: Double
  }

  var history: String
  var currency: String
  var window: RunDocument.Window
  var stage: String?
  var held_back_by: String?
  var next_step: String?
  var measures: [Measure]
  var efficiency: Efficiency?
  var months: [Efficiency]
  var accounts: [Efficiency]
  var effective_savings_rate: Double?
  var coverage: Double?
  var utilization: Double?
  var lock_in_months: Double?
  var expiries: [Quarter]
  var core_hour_price: Double?
  /// Of which share of the machine hours the vCPUs are known.
  var core_hours_known: Double?
  var findings: [RunDocument.Note]

  package init(_ assessment: Assessment) {
    history = assessment.path
    currency = assessment.currency
    window = RunDocument.Window(
      from: assessment.window.start.iso8601, to: assessment.window.end.iso8601)
    stage = assessment.stage?.rawValue
    held_back_by = assessment.heldBackBy?.name
    next_step = assessment.heldBackBy?.next
    measures = assessment.measures.map(Measure.init)
    efficiency = assessment.efficiency.map(Efficiency.init)
    months = assessment.months.map(Efficiency.init)
    accounts = assessment.accounts.map(Efficiency.init)
    effective_savings_rate = assessment.total.effectiveSavingsRate.map(RunDocument.rounded)
    coverage = assessment.total.coverage.map(RunDocument.rounded)
    utilization = assessment.total.utilization.map(RunDocument.rounded)
    lock_in_months = assessment.lockInMonths.map(RunDocument.rounded)
    expiries = assessment.expiries.map {
      Quarter(quarter: $0.quarter, hourly: RunDocument.rounded($0.hourly))
    }
    core_hour_price = assessment.corePrice.map { RunDocument.rounded($0.price) }
    core_hours_known = assessment.corePrice.map { RunDocument.rounded($0.known) }
    findings = assessment.findings.map(RunDocument.Note.init)
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}
