import CloudCosts
import Scenarios

extension RunDocument {
  /// What resizing saves, what committing saves, and both, against what is owned and used as it is.
  public struct Split: Hashable, Sendable, Codable {
    @JSONNumber public var resizeOnly: Money
    @JSONNumber public var commitOnly: Money
    @JSONNumber public var both: Money
    /// By how much the first two added up overstate.
    @JSONNumber public var overstatedBy: Money

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
  public struct MachineAdvice: Hashable, Sendable, Codable {
    public var source: String
    public var file: String
    public var machines: Int
    /// Machines that it cannot be judged for.
    public var leftOut: [String]
    /// Under the commitments that are owned.
    @JSONNumber public var savings: Money
    @JSONNumber public var savingsOnDemand: Money
    /// As the provider states it, for the hours of the window; nil: it does not.
    public var claimedSavings: Double?
    public var hours: Int
    public var hoursAbove: Int
    /// 0 to 1: of the measured hours of these machines those above the new capacity.
    public var shareAbove: Double

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
  public struct WorkStep: Hashable, Sendable, Codable {
    public var number: Int
    /// On or before this hour, ISO 8601.
    public var date: String
    /// The machine, or the purchase: `buy-1` is the first of `purchases`.
    public var subject: String
    /// `resize` or `buy`.
    public var kind: String
    /// Machines that must have changed before.
    public var waitsFor: [String]
    /// Hours of work.
    public var effort: Double

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
