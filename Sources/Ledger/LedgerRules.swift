import CloudCosts

/// What may follow on what.
///
/// | to | from | what it takes |
/// |---|---|---|
/// | approved | proposed | as many different people as are asked for; each once |
/// | rejected | proposed, approved | a reason |
/// | bought | approved | the provider's id, which no other purchase has |
/// | returned | bought | |
/// | expired | bought | |
struct LedgerRules {
  let contents: LedgerContents

  /// What forbids an act; nil: nothing.
  func problem(_ act: LedgerAct) -> Finding? {
    guard let entry = contents.entry(act.purchase) else { return unknown(act) }
    guard !act.by.isEmpty else {
      return refuse(act, "no name is given", "Name who does it: --by NAME.", rule: "no-name")
    }
    switch act.kind {
    case .approved: return approval(act, entry)
    case .rejected:
      guard !act.why.isEmpty else {
        return refuse(act, "a rejection has no reason", "Say why: --why TEXT.", rule: "no-reason")
      }
      return follows(act, entry, [.proposed, .approved])
    case .bought: return follows(act, entry, [.approved]) ?? identity(act)
    case .returned, .expired: return follows(act, entry, [.bought])
    case .proposed: return refuse(act, "it is proposed already", "Propose another plan.")
    case .tracked, .noted: return nil
    }
  }

  private func approval(_ act: LedgerAct, _ entry: LedgerEntry) -> Finding? {
    if let finding = follows(act, entry, [.proposed]) { return finding }
    guard !entry.approvals.contains(where: { $0.isSamePerson(as: act.by) }) else {
      return refuse(
        act, "\(act.by) approved it already, and \(entry.approvers) different people have to",
        "Have another person approve it.", rule: "same-approver")
    }
    return nil
  }

  private func identity(_ act: LedgerAct) -> Finding? {
    guard let id = act.details.providerID, !id.isEmpty else {
      return refuse(
        act, "the provider's id is missing", "Name it as the bill does: --id ID.", rule: "no-id")
    }
    let other = contents.entries.first { $0.providerID == id && $0.id != act.purchase }
    return other.map {
      refuse(
        act, "\(id) is the id of purchase \($0.id)", "Look for the right id: no two have one.",
        rule: "same-id")
    }
  }

  private func follows(
    _ act: LedgerAct, _ entry: LedgerEntry, _ states: [LedgerEntry.State]
  ) -> Finding? {
    guard !states.contains(entry.state) else { return nil }
    let wanted = states.map(\.rawValue).joined(separator: " or ")
    let approvals =
      entry.state == .proposed
      ? " (\(entry.approvals.count) of \(entry.approvers) approvals)" : ""
    return refuse(
      act, "it is \(entry.state.rawValue)\(approvals), and has to be \(wanted)",
      "See plimsoll ledger list.", rule: "wrong-state")
  }

  private func unknown(_ act: LedgerAct) -> Finding {
    let known = contents.entries.map { "\($0.id)" }
    return refuse(
      act, "the ledger has no such purchase",
      known.isEmpty
        ? "Propose a plan first: plimsoll ledger propose plan.json."
        : "Name one of \(known.prefix(12).joined(separator: ", "))\(known.count > 12 ? ", …" : "").",
      rule: "unknown-purchase")
  }

  private func refuse(
    _ act: LedgerAct, _ message: String, _ remedy: String, rule: String = "refused"
  ) -> Finding {
    Finding(
      .error, rule: "ledger.\(rule)", place: "\(act.kind.rawValue) \(act.purchase)",
      message: message, remedy: remedy)
  }
}
