import CloudCosts

/// One name for an account, whichever file names it.
package enum AccountName {
  /// Azure's subscriptions by their id alone. AWS's accounts have twelve digits: zeros before them
  /// are lost where a spreadsheet or a numeric column took them for numbers, and a reservation for
  /// one account would not meet its usage.
  static func of(_ text: String, _ provider: Provider?) -> String {
    switch provider {
    case .azure: AzureSubscription.id(text)
    case .aws: padded(text)
    case .gcp, nil: text
    }
  }

  /// As a scenario names it: what has only digits is AWS's.
  package static func stated(_ text: String) -> String { padded(text) }

  private static func padded(_ text: String) -> String {
    guard (9..<12).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return text }
    return String(repeating: "0", count: 12 - text.utf8.count) + text
  }

  static func roundedMessage(_ accounts: [String]) -> String {
    "\(accounts.prefix(3).map(\.quoted).joined(separator: ", ")) \(accounts.count == 1 ? "is" : "are")"
      + " no account: a spreadsheet rounded it, and several accounts may have become one"
  }

  static let roundedRemedy =
    "export the file again, and do not save it from a spreadsheet: sharing, scopes and limits by"
    + " account are wrong with it"

  /// `1.11122E+11`: what a spreadsheet makes of twelve digits. Several accounts may have become
  /// one.
  static func isRounded(_ text: String) -> Bool {
    let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("+"), Int(parts[1].dropFirst()) != nil else {
      return false
    }
    return Double(parts[0].replacing(",", with: ".")) != nil
  }
}
