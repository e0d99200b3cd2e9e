import CloudCosts
import Scenarios

extension RunDocument {
  /// What resizing saves, what committing saves, and both, against what is owned and used as it is.
  package struct Split: Hashable, Sendable, Codable {
    @JSONNumber package var resizeOnly: Money
    @JSONNumber package var commitOnly: Money
    @JSONNumber package var both: Money
    /// By how much the first two added up overstate.
    @JSONNumber package var overstatedBy: Money

    private enum CodingKeys: String, CodingKey {
      case resizeOnly = "resize_only"
      case commitOnly = "commit_only"
      case both
      case overstatedBy = "overstated_by"
    }

    init(_ split: RightsizingSplit) {
      resizeOnly = split.resizeOnly
      commitOnly = split.commitOnly
      both = split.both
      overstatedBy = split.overstated
    }
  }

  /// Advice on machines with what it would save and miss.
  package struct MachineAdvice: Hashable, Sendable, Codable {
    package var source: String
    package var file: String
    package var machines: Int
    /// Machines that it cannot be judged for.
    package var leftOut: [String]
    /// Under the commitments that are owned.
    @JSONNumber package var savings: Money
    @JSONNumber package var savingsOnDemand: Money
    /// As the provider states it, for the hours of the window; nil: it does not.
    package var claimedSavings: Double?
    package var hours: Int
    package var hoursAbove: Int
    /// 0 to 1: of the measured hours of these machines those above the new capacity.
    package var shareAbove: Double

    private enum CodingKeys: String, CodingKey {
      case source, file, machines
      case leftOut = "left_out"
      case savings
      case savingsOnDemand = "savings_on_demand"
      case claimedSavings = "claimed_savings"
      case hours
      case hoursAbove = "hours_above"
      case shareAbove = "share_above"
    }

    init(_ judged: JudgedMachineAdvice) {
      source = judged.source
      file = judged.file
      machines = judged.machines
      leftOut = judged.leftOut
      savings = judged.saving
      savingsOnDemand = judged.savingOnDemand
      claimedSavings = judged.claimed?.value
      hours = judged.hours
      hoursAbove = judged.hoursAbove
      shareAbove = RunDocument.rounded(judged.shareAbove)
    }
  }

  /// One step of carrying a plan out.
  package struct WorkStep: Hashable, Sendable, Codable {
    package var number: Int
    /// On or before this hour, ISO 8601.
    package var date: String
    /// The machine, or the purchase: `buy-1` is the first of `purchases`.
    package var subject: String
    /// `resize` or `buy`.
    package var kind: String
    /// Machines that must have changed before.
    package var waitsFor: [String]
    /// Hours of work.
    package var effort: Double

    private enum CodingKeys: String, CodingKey {
      case number, date, subject, kind
      case waitsFor = "waits_for"
      case effort
    }

    init(_ step: WorkOrder.Step) {
      number = step.number
      date = step.date.iso8601
      subject = step.subject
      kind = step.isPurchase ? "buy" : "resize"
      waitsFor = step.waitsFor
      effort = step.effort
    }
  }
}

extension RunDocument.Action {
  /// `m5.large`, `stop at idle hours`, `terminate`.
  var becomes: String { to ?? (kind == .schedule ? "stop when idle" : "terminate") }
}
