import CloudCosts

/// What a plan has to know that is one step of a walk: of what it buys, the purchases of the first
/// hour are made, and the rest is planned anew on the next date.
///
/// A limit then holds for what is owned after each step, not for a plan's purchases by themselves:
/// no plan of a walk sees more than its own. Families of limits that differ say how, each in its
/// file.
package struct WalkStep: Sendable {
  /// What earlier steps bought and is still active, with its real ends.
  package var owned: [Commitment]
  /// On-demand value per hour, in currency units, that purchases of the first hour may cover before
  /// coverage of the usage known so far reaches `max_coverage`; nil: no such limit.
  package var room: Double?

  package init(owned: [Commitment], room: Double? = nil) {
    self.owned = owned
    self.room = room
  }
}
