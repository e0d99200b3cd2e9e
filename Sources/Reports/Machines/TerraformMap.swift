import CloudCosts

/// `machine-types.tfvars.json`: a map of machine to type for Terraform, to be looked up where a
/// machine's type is set.
package struct TerraformMap: Sendable {
  package let text: String

  package init(_ selection: PlanSelection) {
    let types = selection.plan.actions.filter { $0.to != nil }
    var lines = ["{", "  \"//\": \"Made by \(OutputMark.name)\",", "  \"machine_types\": {"]
    for (index, action) in types.enumerated() {
      let comma = index + 1 < types.count ? "," : ""
      lines.append("    \(Self.quoted(action.resource)): \(Self.quoted(action.to ?? ""))\(comma)")
    }
    lines += ["  }", "}"]
    text = lines.joined(separator: "\n") + "\n"
  }

  /// A JSON text: the resource's own name, whatever is in it, and nothing in it that an editor does
  /// not show.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if !scalar.isUnseen, scalar.value >= 0x20 {
        if scalar == "\"" || scalar == "\\" { result += "\\" }
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}
