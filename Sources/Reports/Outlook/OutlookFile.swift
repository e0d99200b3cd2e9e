/// The forms of an outlook, by the ending of a file's name.
package enum OutlookFile: String, CaseIterable, Sendable {
  case csv, html, json

  /// Nil where the ending is none of these.
  package init?(path: String) {
    let ending = path.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
    self.init(rawValue: ending.lowercased())
  }

  /// Where no one says how finely: a picture of days would show little but weekends.
  package var usualStep: OutlookStep { self == .html ? .week : .day }

  package func text(_ document: OutlookDocument) throws -> String {
    switch self {
    case .csv: OutlookCSV(document).text
    case .html: OutlookPage(document).text
    case .json: try document.json()
    }
  }
}
