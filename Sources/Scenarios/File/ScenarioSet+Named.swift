import CloudCosts

extension ScenarioSet {
  /// The scenario of a name; nil: the first.
  ///
  /// - Parameter rule: of the finding where there is none.
  func scenario(named name: String?, rule: String) throws(FindingsError) -> ScenarioData {
    guard let data = scenarios.first(where: { name == nil || $0.scenario.name == name }) else {
      throw FindingsError([unknown(name ?? "", rule: rule)])
    }
    return data
  }

  /// What to say of a name that no scenario has.
  func unknown(_ name: String, rule: String) -> Finding {
    let names = scenarios.map(\.scenario.name).joined(separator: ", ")
    return Finding(
      .error, rule: rule, place: "--run", message: "there is no scenario named \"\(name)\"",
      remedy: "Use one of: \(names).")
  }
}
