import CloudCosts

extension Commitment.Reach {
  /// `shared` (or nothing), `account`, `group:NAME`, and of AWS `prioritized-group:NAME`; nil for
  /// anything else.
  package init?(scope text: String, provider: Provider) {
    func name(_ prefix: String) -> String? {
      text.hasPrefix(prefix) && text.count > prefix.count
        ? String(text.dropFirst(prefix.count)) : nil
    }
    if text.isEmpty || text == "shared" {
      self = .shared
    } else if text == "account" {
      self = .account
    } else if let group = name("group:") {
      self = .group(group)
    } else if provider == .aws, let group = name("prioritized-group:") {
      self = .groupFirst(group)
    } else {
      return nil
    }
  }

  /// What may be written, as a remedy.
  package static func scopes(_ provider: Provider) -> String {
    provider == .aws
      ? "write shared (the scenario's sharing), account, group:NAME (no other account), or"
        + " prioritized-group:NAME (that group first)"
      : "write shared, account (its own subscription or project), or group:NAME"
  }
}
