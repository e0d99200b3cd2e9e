import CloudCosts

/// Hours between two changes of prices.
///
/// A SKU at a new price is a SKU of its own (`PriceBook.changing`), so a reservation serves two of
/// them, and every wide pool twice as many: in each hour half of them have no usage. An era's
/// oracle leaves those out. What has no usage adds nothing to an hour's bound, whatever it is worth
/// there, so the bound stays as valid, and reservations of one SKU are lone pools again.
struct PriceEras: Sendable {
  /// In hours of a path, ascending; the first begins with the window.
  let all: [Range<Int>]

  init(_ model: Model) {
    let changes = Set(model.skus.compactMap(\.pricedFrom)).map { date in
      // The first step that begins no earlier.
      (date - model.start + model.hoursPerStep - 1) / model.hoursPerStep
    }
    let bounds = Set([0, model.pathHours] + changes).filter { 0...model.pathHours ~= $0 }.sorted()
    all = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  /// One oracle for each era; the whole model's own where there is but one.
  func oracles(_ model: Model, whole: HourOracle) -> [HourOracle] {
    guard all.count > 1 else { return [whole] }
    let coming = Set(
      model.machines.flatMap { $0.moves.joined().compactMap(\.to) })
    return all.map { era in
      HourOracle(
        model,
        skus: Set(
          model.skus.indices.filter { g in
            coming.contains(g)
              || model.risk.probabilities.indices.contains { path in
                model.demand.column(g, path: path).dropFirst(era.lowerBound).prefix(era.count)
                  .contains { $0 > 0 }
              }
          }))
    }
  }

  /// The era of an hour of a path.
  func index(of hour: Int) -> Int { all.firstIndex { $0.contains(hour) } ?? 0 }
}
