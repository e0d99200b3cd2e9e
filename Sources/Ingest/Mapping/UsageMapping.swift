import CloudCosts
import Foundation

/// How somebody else's CSV says what a usage file says: its delimiter, its columns and its dates.
package struct UsageMapping: Sendable {
  /// A column of usage files.
  package enum Role: String, CaseIterable, Sendable {
    case timestamp, provider, account, region
    case instanceType = "instance_type"
    case operatingSystem = "operating_system"
    case tenancy, quantity, zone

    /// Headings that mean it, in lower case without blanks and marks, the surest first.
    var names: [String] {
      switch self {
      case .timestamp:
        [
          "timestamp", "time", "datetime", "usagehour", "hour", "usagestartdate", "startdate",
          "usagestarttime", "starttime", "chargeperiodstart", "date", "start", "zeit", "datum",
        ]
      case .provider: ["provider", "cloud", "vendor", "providername"]
      case .account:
        [
          "account", "accountid", "linkedaccount", "usageaccountid", "subscription",
          "subscriptionid", "project", "projectid", "subaccountid", "konto",
        ]
      case .region: ["region", "regionid", "location", "regioncode", "resourcelocation"]
      case .instanceType:
        [
          "instancetype", "machinetype", "vmsize", "instance", "type", "typ", "sku", "size",
          "armskuname",
          "shape",
        ]
      case .operatingSystem: ["operatingsystem", "os", "platform"]
      case .tenancy: ["tenancy"]
      case .quantity:
        [
          "quantity", "instancehours", "hours", "count", "instances", "usagequantity",
          "usageamount", "usage", "normusage", "amount", "vms", "anzahl", "menge",
        ]
      case .zone: ["zone", "availabilityzone"]
      }
    }

    var isRequired: Bool { self == .timestamp || self == .instanceType || self == .quantity }
  }

  package var delimiter: Character
  package var columns: [Role: Int]
  /// What each guess was, a sentence each.
  package var guesses: [String]

  /// Guesses by the header.
  ///
  /// - Parameter stated: headings that the user names.
  package init(header: String, stated: [Role: String]) throws(FindingsError) {
    let delimiters: [Character] = [",", ";", "\t", "|"]
    delimiter =
      delimiters.max { a, b in
        header.filter { $0 == a }.count < header.filter { $0 == b }.count
      } ?? ","
    columns = [:]
    guesses = []
    let headings = UsageMapping.fields(header, delimiter)
    let plain = headings.map(UsageMapping.plain)
    var findings: [Finding] = []
    if delimiter != "," {
      guesses.append("Columns are separated by \(delimiter == "\t" ? "tabs" : "'\(delimiter)'").")
    }
    for role in Role.allCases {
      if let name = stated[role] {
        if let index = headings.firstIndex(of: name) {
          columns[role] = index
        } else {
          findings.append(
            UsageMapping.finding(
              "unknown-column", "there is no column \(name.quoted)",
              Spelling.nearest(to: name, in: headings).map { "did you mean \($0.quoted)?" }
                ?? "name one of \(headings.joined(separator: ", "))"))
        }
        continue
      }
      guard let index = role.names.lazy.compactMap({ plain.firstIndex(of: $0) }).first,
        !columns.values.contains(index)
      else {
        if role.isRequired {
          findings.append(
            UsageMapping.finding(
              "no-column", "no column is known to hold the \(role.rawValue)",
              "name it: --column \(role.rawValue)=HEADING; the headings are"
                + " \(headings.joined(separator: ", "))"))
        }
        continue
      }
      columns[role] = index
      if headings[index] != role.rawValue {
        guesses.append("Column \(headings[index].quoted) is the \(role.rawValue).")
      }
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
  }

  /// Lower case, without what separates words.
  private static func plain(_ heading: String) -> String {
    heading.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  static func finding(_ rule: String, _ message: String, _ remedy: String) -> Finding {
    Finding(.error, rule: "init.\(rule)", place: "usage", message: message, remedy: remedy)
  }

  /// The fields of a line; quotes may hold the delimiter.
  static func fields(_ line: some StringProtocol, _ delimiter: Character) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == delimiter, !isQuoted {
        fields.append(field.trimmingCharacters(in: .whitespaces))
        field = ""
      } else {
        field.append(character)
      }
    }
    return fields + [field.trimmingCharacters(in: .whitespaces)]
  }
}
