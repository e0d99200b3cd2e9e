extension FindingRule {
  /// The ledger of purchases, and the comparison of what was projected with what came.
  static let ledgerRules = """
    ledger.missing
    There is no ledger.
    Name one with --ledger FILE, or begin one: plimsoll ledger propose plan.json.

    ledger.not-a-ledger
    The file is no ledger of this program.
    Name a ledger that plimsoll ledger propose wrote, or a new file.

    ledger.newer
    A later version of this program wrote the ledger.
    Update the program.

    ledger.damaged
    SQLite cannot read the ledger.
    Restore a copy: a ledger cannot be made again.

    ledger.changed
    An entry is not what was recorded: other means changed the ledger.
    Restore a copy.

    ledger.unreadable
    The ledger cannot be opened.
    Check the path and its permissions.

    ledger.busy
    Another process is writing the ledger, and did not end in time; nothing was recorded.
    Wait until it has ended, then do it again.

    ledger.disk-full
    The disk is full, limited or faulty; nothing was recorded.
    Make room, then do it again.

    ledger.unconfirmed
    The disk is full, limited or faulty; all was recorded and not confirmed, or that cannot be seen.
    Make room, then look before doing it again: plimsoll ledger list.

    ledger.not-packed
    There is not enough memory to keep the projection.
    Free memory, and try again.

    ledger.proposed
    This plan was proposed already.
    See plimsoll ledger list; a plan that is made anew can be proposed anew.

    ledger.no-scenario
    The plan does not name its scenario.
    Name it with --scenario.

    ledger.wrong-state
    The purchase is not in a state in which that can happen to it.
    See plimsoll ledger list.

    ledger.no-name
    Nobody is named.
    Name who does it: --by NAME.

    ledger.no-reason
    A rejection has no reason.
    Say why: --why TEXT.

    ledger.no-id
    The provider's id of the purchase is missing.
    Name it as the bill does: --id ID.

    ledger.same-id
    Another purchase has this id.
    Look for the right id: no two have one.

    ledger.same-approver
    The same person approved the purchase before.
    Have another person approve it.

    track.nothing-bought
    No purchase of the ledger was bought, so there is nothing to compare.
    Record what was bought: plimsoll ledger bought PURCHASE --id ID.

    track.no-hours
    The history has no hour of those that the proposal was planned for.
    Track it with a history of those hours.

    track.moved
    The plan's window was past when it was bought; the same weeks are expected again later.
    Nothing; a plan for the future (forecast.method: futures) needs no such assumption.

    track.not-on-bill
    The bill names other commitments and not this one, which is billed as the ledger has it.
    Compare the id with the bill's.

    track.no-price
    Usage has no price on demand in the bill, the price files or the plan.
    Name a price file that has it: --prices FILE.

    track.no-prices
    A usage file states no prices, so the plan's own count as the real ones.
    Name today's prices with --prices FILE, or track an imported bill.

    track.failed
    The comparison could not be made.
    Report the message.
    """
}
