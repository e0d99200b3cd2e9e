/// What a row of a bill charges for, as far as commitments are concerned.
///
/// How the rows of each export are distinguished is a table in `Sources/Ingest/README.md`.
package enum ChargeClass: String, Hashable, Sendable, Codable, CaseIterable {
  /// Usage at the price that has no commitment in it, a negotiated discount included.
  case onDemand = "on-demand"
  /// Usage that a commitment pays for.
  case covered
  /// What a commitment paid for and no one used.
  case unused
  /// Buying a commitment, at once or month by month.
  case purchase
  case spot
  case marketplace
  case tax
  case credit
  case refund
  /// What no rule above knows: support, fees, adjustments, purchases of other things.
  case other

  /// Whether its rows are usage that counts in a history's hours.
  package var isUsage: Bool { self == .onDemand || self == .covered }
}
