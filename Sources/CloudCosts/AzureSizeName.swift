/// One spelling for the names of Azure's sizes.
///
/// Azure compares them without case: reservations and cost details call a `Standard_D2s_v5`
/// `standard_d2s_v5` or `STANDARD_D2S_V5` too. Names that Microsoft's price list has stay as they
/// are (1,960 of them, of 2026).
enum AzureSizeName {
  /// `Standard_NC4as_T4_v3` of `STANDARD_NC4AS_T4_V3`; what is no size's name stays as it is.
  static func spelled(_ text: String) -> String {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let tier = tiers[parts[0].lowercased()] else { return text }
    return ([tier, size(parts[1])] + parts.dropFirst(2).map(suffix)).joined(separator: "_")
  }

  private static let tiers = ["standard": "Standard", "basic": "Basic"]

  /// The family's letters are capital, the features behind the number small: `DS3`, `E8-4ads`.
  private static func size(_ text: String) -> String {
    let letters = text.prefix { $0.isLetter }
    return letters.uppercased() + text.dropFirst(letters.count).lowercased()
  }

  private static let words = ["promo": "Promo", "adhtype1": "ADHType1"]

  /// A version (`v5`), or an accelerator (`A10`, `MI300X`, `V710`).
  private static func suffix(_ text: String) -> String {
    let small = text.lowercased()
    let isVersion =
      small.hasPrefix("v") && (2...3).contains(small.count)
      && small.dropFirst().allSatisfy(\.isNumber)
    return isVersion ? small : words[small] ?? text.uppercased()
  }
}
