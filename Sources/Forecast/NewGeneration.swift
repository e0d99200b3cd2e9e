import CloudCosts

/// Families next to which a newer generation of the same kind came into use within the last year.
///
/// Usage of such a family is taken to be on its way to the newer one (`Succession.following`)
/// although its share has not fallen yet: who tries a generation out seldom stays with the one
/// before. On the public fleets that were looked at, c6gd, r6gd and m6g came into use next to c5d,
/// r5d and m5, and each had taken over within two years; m5d had fallen before m6gd came. Of the
/// other 25 families, with no newer one next to them, none was superseded. What is bound to such a
/// family for three years outlives its usage.
struct NewGeneration {
  /// Of each family that is followed, the newest family that came into use.
  let heirs: [String: String]

  /// What is new in the first weeks of a history may have been there before it.
  private static let unknown = 4

  private struct Kind: Hashable {
    var provider: Provider
    var shape: MachineType.Shape
  }

  private struct Family: Hashable {
    var name: String
    var kind: Kind
    var generation: Int
  }

  init(_ model: Model) {
    var births: [Family: Int] = [:]
    var used: Set<Family> = []
    for (g, group) in model.groups.enumerated() {
      guard let family = Self.family(of: group.sku) else { continue }
      births[family] = min(births[family] ?? .max, model.baseline.births[g])
      if model.trends[g].level > 0 { used.insert(family) }
    }
    let first = max(Self.unknown, model.weeks - LevelHistory.year)
    // Of equally new ones the first by name.
    let new = births.filter { $0.value > first && used.contains($0.key) }.keys
      .sorted { ($0.generation, $1.name) > ($1.generation, $0.name) }
    heirs = Dictionary(
      births.keys.compactMap { old in
        new.first { $0.kind == old.kind && $0.generation > old.generation }
          .map { (old.name, $0.name) }
      }, uniquingKeysWith: { a, b in min(a, b) })
  }

  /// Nil where the catalogue does not know the generation.
  private static func family(of sku: SKU) -> Family? {
    guard let type = MachineType.of(sku), let generation = type.generation else { return nil }
    return Family(
      name: sku.family, kind: Kind(provider: sku.provider, shape: type.shape),
      generation: generation)
  }
}
