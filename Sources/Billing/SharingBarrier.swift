import CloudCosts

extension Commitment {
  /// The scope that keeps it away from usage of an account, in words that follow its id.
  ///
  /// - Precondition: it may not meet that usage (`Audience`).
  func barrier(to account: String, _ sharing: Sharing) -> String {
    let owner = self.account.isEmpty ? "its owner" : self.account
    if terms.product.provider == .aws {
      if sharing.off.contains(account) {
        return "is \(owner)'s, and the account \(account) has sharing switched off"
      }
      if sharing.off.contains(self.account) {
        return "serves \(owner) alone, which has sharing switched off"
      }
    }
    switch reach {
    case .account: return "has the scope of one account: \(owner)"
    case .group(let name), .groupFirst(let name):
      return "has the scope of the group \(name), which the account is not in"
    case .shared: break
    }
    guard let group = sharing.group(of: self.account) else {
      return "serves \(owner) alone: sharing is restricted to groups, and it is in none"
    }
    return "serves the group \(group) of \(owner) alone: sharing is restricted to groups"
  }
}
