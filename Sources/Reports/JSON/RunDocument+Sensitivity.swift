import CloudCosts
import Scenarios

extension RunDocument {
  /// How a plan's objective moves with one limit of the policy.
  package struct Sensitivity: Hashable, Sendable, Codable {
    package var limit: PolicyLimit
    /// As the policy sets it.
    package var value: Double
    @JSONNumber package var objective: Money
    package var points: [Point]

    package struct Point: Hashable, Sendable {
      /// −0.25: a quarter less; nil: without the limit.
      package var change: Double?
      package var value: Double?
      /// Nil: no plan satisfies the policy.
      package var objective: Money?
      package var bound: Money?
      /// `objective` less that of the policy as it is.
      package var difference: Money?
    }
  }
}

extension RunDocument.Sensitivity {
  init(_ curve: Scenarios.Sensitivity) {
    let objective = Money(rounding: curve.objective)
    self.init(
      limit: curve.limit, value: curve.value, objective: objective,
      points: curve.points.map { point in
        let moved = point.objective.map(Money.init(rounding:))
        return Point(
          change: point.change, value: point.value, objective: moved,
          bound: point.bound.map(Money.init(rounding:)),
          difference: moved.map { $0 - objective })
      })
  }
}

extension RunDocument.Sensitivity.Point: Codable {
  private enum CodingKeys: String, CodingKey {
    case change, value, objective, bound, difference
  }

  package init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: CodingKeys.self)
    change = try keyed.decodeIfPresent(Double.self, forKey: .change)
    value = try keyed.decodeIfPresent(Double.self, forKey: .value)
    objective = try keyed.decodeIfPresent(JSONNumber.self, forKey: .objective)?.wrappedValue
    bound = try keyed.decodeIfPresent(JSONNumber.self, forKey: .bound)?.wrappedValue
    difference = try keyed.decodeIfPresent(JSONNumber.self, forKey: .difference)?.wrappedValue
  }

  // Written out because null says something here: no limit, or no plan.
  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(change, forKey: .change)
    try keyed.encode(value, forKey: .value)
    try keyed.encode(objective.map(JSONNumber.init(wrappedValue:)), forKey: .objective)
    try keyed.encode(bound.map(JSONNumber.init(wrappedValue:)), forKey: .bound)
    try keyed.encode(difference.map(JSONNumber.init(wrappedValue:)), forKey: .difference)
  }
}
