import CloudCosts
import Scenarios

/// The limits of a policy, and what else it may say.
enum PolicyLimitsPage {
  static var text: String {
    let known = Set(PolicyKnob.unnamed.map(\.key))
    let keys = ScenarioSchema.all.filter { $0.section == "policy" }
    let limits = PolicyKnob.unnamed.compactMap { knob in
      keys.first { $0.name == knob.key }.map { key in
        [
          ReferencePage.code(knob.key), knob.unit.rawValue, knob.isFloor ? "at least" : "at most",
          key.meaning,
        ]
      }
    }
    let others = keys.filter { !known.contains($0.name) }.map {
      [ReferencePage.code($0.name), $0.kind.words, $0.usual, $0.meaning]
    }
    return "## Limits of one number\n\n"
      + ReferencePage.table(["key", "unit", "side", "what it limits"], limits)
      + "\n## Other keys\n\n"
      + ReferencePage.table(["key", "value", "default", "meaning"], others)
  }
}
