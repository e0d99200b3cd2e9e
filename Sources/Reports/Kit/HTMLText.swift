/// Texts as HTML may show them.
enum HTMLText {
  /// Escaped scalar by scalar: a combining mark or a prefix sign makes one `Character` with the `<`
  /// next to it, which a comparison of characters would let through.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in SafeText.withoutControls(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
