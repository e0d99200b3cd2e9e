/// One name for a subscription: FOCUS exports write `/subscriptions/ID`, cost details and lists of
/// reservations the ID alone, in small or capital letters. A reservation for one subscription has
/// to meet its usage whichever file names it.
enum AzureSubscription {
  /// `11111111-…` of `/subscriptions/11111111-…`; what is no subscription stays as it is.
  static func id(_ text: String) -> String {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count <= 2 else { return text }
    let isPath = parts.count == 2 && parts[0].lowercased() == "subscriptions"
    guard let name = parts.last, isPath || parts.count == 1 && !text.hasPrefix("/") else {
      return text
    }
    let isGUID = name.count == 36 && name.allSatisfy { $0.isHexDigit || $0 == "-" }
    return isGUID ? name.lowercased() : name
  }
}
