/// What a cap on coverage allows to be covered, as a line over the usage that actions leave: at most
/// α + β D(z), with D(z) the on-demand cost of the eligible usage after actions z.
///
/// The limit itself is on the bill: what is covered is at most max(c D(z), own(z)), with own(z) what
/// owned commitments alone cover after the actions. No allocation of theirs covers more than
///
///     O = min(what they cover of the usage before any action and of all that actions add,
///             what they cover at most, whatever usage there is)
///
/// and max(c D, O) is convex in D, so that between the least and the most that D can be it lies
/// below its chord, which so holds for every plan that keeps the limit. Where O is below c D
/// whatever is done the chord is c D itself.
struct CoverageCapLine {
  /// α, in currency units.
  var covered = 0.0
  /// β.
  var share: Double

  init(_ cap: Double, of part: UsagePart, named name: String, _ model: Model) {
    share = cap
    guard !model.machines.isEmpty else {
      let owned =
        model.ownedCoverage[name]
        ?? (model.mostOwnedCoverage(of: part) <= cap ? 0 : model.ownedCoverage(of: part))
      share = max(cap, owned)
      return
    }
    let usage = Usage(of: part, model)
    guard model.mostOwned > cap * usage.least else { return }
    let now = model.ownedCoverage(of: part) * usage.now
    let owned = min(model.mostOwned, now + usage.added)
    guard owned > cap * usage.least else { return }
    let (low, high) = (owned, max(cap * usage.most, owned))
    share = usage.most > usage.least ? (high - low) / (usage.most - usage.least) : 0
    covered = low - share * usage.least
  }

  /// The on-demand cost of the eligible usage of a part.
  private struct Usage {
    /// Before any action.
    var now: Double
    /// After actions, whatever they are.
    var least: Double
    var most: Double
    /// What actions bring at most to types that they move machines to.
    var added = 0.0

    init(of part: UsagePart, _ model: Model) {
      now = model.eligible(of: part)
      (least, most) = (now, now)
      let counted = model.classes(of: part)
      func worth(_ g: Int) -> Double {
        counted[model.usageClasses.isEmpty ? 0 : model.usageClass(g)] > 0
          && !model.ineligibleSKUs.contains(g) ? model.worth(g) : 0
      }
      for machine in model.machines {
        let changes = machine.targets.indices.map { a in
          machine.moves[a].reduce(into: (all: 0.0, added: 0.0)) { sum, move in
            let hours = model.movedHours(machine, a, move)
            let added = (move.to.map(worth) ?? 0) * hours
            sum.added += added
            sum.all += added - worth(move.from) * hours
          }
        }
        least += min(0, changes.map(\.all).min() ?? 0)
        most += max(0, changes.map(\.all).max() ?? 0)
        added += changes.map(\.added).max() ?? 0
      }
    }
  }
}
