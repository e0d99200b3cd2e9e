extension FindingRule {
  /// Histories: the files that `plimsoll import` writes.
  static let historyRules = """
    history.unreadable
    The history cannot be read.
    Name a history that `plimsoll import --into` wrote.

    history.not-a-history
    The file is no history of this program.
    Name a history that `plimsoll import --into` wrote, or a new file.

    history.newer
    The history was written by a later version of this program.
    Update the program, or import the bills into a new history.

    history.damaged
    The history is damaged.
    Restore a copy, or import the bills again: plimsoll import BILLS --into NEW.

    history.busy
    Another program is writing the history.
    Wait until it has ended.

    history.disk
    The disk is full, limited or faulty; the history is as it was before.
    Make room, or name a history on another disk.

    history.disk-full
    The disk is full; the history is as it was before.
    Make room, or name a history on another disk.

    history.not-written
    The history cannot be written.
    Check the path and its permissions.

    history.not-in-it
    The history has no such file and no such month.
    Name one that `plimsoll history HISTORY` lists, or a month as 2025-03.

    history.many
    Several files of the history end like that.
    Write more of the path.

    inform.not-a-history
    There is no history of this name, or it is another kind of file.
    Import bills first: plimsoll import FILE… --into HISTORY.

    inform.empty
    The history has no costs.
    Import bills into it: plimsoll import FILE… --into HISTORY.

    inform.no-price
    Machines that always run have no price: what they could save is not counted.
    Add their prices to the file of --prices.

    inform.short-history
    There are too few days to say which of them are unusual.
    Import more days.

    inform.never-covered
    Some usage is of types that no commitment is known to cover; it is not in the coverage.
    Nothing, or move to types that can be committed to.

    inform.unknown-class
    The bill does not state whether reservations are standard or convertible; they count as standard.
    Nothing, or import a Cost and Usage Report, which has the offering class.

    inform.unknown-end
    The bill does not state when commitments end.
    Name them in a file of owned commitments.
    """
}
