/// Whose usage an account's commitments may cover in addition to its own: the sharing preferences
/// of an AWS organisation, and the groups of subscriptions that Azure scopes name.
///
/// Source: AWS Billing User Guide, "Reserved Instances and Savings Plans discount sharing" (read in
/// a stored copy of 2026). A commitment always meets its owner's usage first. Then:
///
/// | mode | its owner's group | the rest of the organisation |
/// |---|---|---|
/// | `organization` | with the rest | yes |
/// | `prioritized-group` | first | what the group leaves |
/// | `restricted-group` | yes | never |
///
/// An account whose sharing is off neither gives nor takes: its commitments meet its own usage
/// alone, and no one else's commitments meet its usage.
package struct Sharing: Hashable, Sendable {
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    case organization
    case prioritizedGroup = "prioritized-group"
    case restrictedGroup = "restricted-group"
  }

  package var mode: Mode
  /// The accounts (Azure: subscriptions) of each group. AWS counts an account to one group at most;
  /// of Azure's management groups one lies in another, and has all of its subscriptions.
  package var groups: [String: Set<String>]
  /// Accounts whose sharing is off; AWS only.
  package var off: Set<String>
  /// Whom resource-based commitments of Google serve whose list does not say; nil: not stated
  /// either.
  package var google: GoogleSharing?
  /// The reach of single commitments whose list does not say, by id.
  package var commitments: [Commitment.ID: Commitment.Reach] = [:]

  /// Whether a project shares its commitments with the billing account (Google Cloud, "Share
  /// resource-based commitments across projects"): off, unless someone switched it on or the
  /// billing account was opened after 2026-06-16.
  package enum GoogleSharing: String, Hashable, Sendable, CaseIterable {
    case project
    case billingAccount = "billing-account"
  }

  package init(
    mode: Mode = .organization, groups: [String: Set<String>] = [:], off: Set<String> = []
  ) {
    self.mode = mode
    self.groups = groups
    self.off = off
  }

  /// The group an account is in; nil where it is in none. Of several, the first by name.
  package func group(of account: String) -> String? {
    groups.filter { $0.value.contains(account) }.keys.min()
  }

  /// Whether accounts of AWS share as they do where no one has changed it.
  package var isDefault: Bool { mode == .organization && off.isEmpty }

  /// Whether it does not matter which account makes a purchase.
  package var sharesAll: Bool { isDefault && google != .project }

  /// Whether a purchase serves its own project alone: Google's resource-based commitments without
  /// discount sharing. Commitments to spend are the billing account's (Google Cloud, "Share
  /// resource-based commitments across projects"; "Spend-based committed use discounts").
  package func keepsToProject(_ product: Product) -> Bool {
    google == .project && product.provider == .gcp && product.isReservation
  }

  /// A purchase with the reach that it has in the account that makes it.
  package func purchased(_ commitment: Commitment) -> Commitment {
    guard keepsToProject(commitment.terms.product), !commitment.account.isEmpty else {
      return commitment
    }
    var purchase = commitment
    purchase.reach = .account
    return purchase
  }
}

extension Commitment {
  /// Whose usage a commitment may cover, where the provider asks that of each one: Azure's scopes,
  /// Google's discount sharing, and AWS's sharing groups for one commitment.
  ///
  /// Sources: Microsoft Learn, "Scope reservations" and "Savings plan scopes" (subscription,
  /// management group, shared); a resource group is no part of usage here. Google Cloud, "Sharing
  /// of resource-based commitments" (one project, or all of the billing account). AWS Billing User
  /// Guide, "Reserved Instances and Savings Plans discount sharing": the owner's usage is always
  /// served first.
  package enum Reach: Hashable, Sendable {
    /// All accounts; on AWS, as `Sharing` says.
    case shared
    /// The owner's account (subscription, project) alone.
    case account
    /// The accounts of a group of `Sharing` alone (Azure: a management group).
    case group(String)
    /// AWS: the accounts of a group first, then the rest of the organisation.
    case groupFirst(String)

    /// The group that it names.
    package var groupName: String? {
      switch self {
      case .shared, .account: nil
      case .group(let name), .groupFirst(let name): name
      }
    }
  }
}
