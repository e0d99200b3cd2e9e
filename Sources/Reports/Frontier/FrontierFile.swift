import CloudCosts

/// The forms of a frontier, by the ending of a file's name.
package enum FrontierFile: String, CaseIterable, Sendable {
  case csv, html, svg, json

  /// Nil where the ending is none of these.
  package init?(path: String) {
    let ending = path.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
    self.init(rawValue: ending.lowercased())
  }

  package func text(_ document: FrontierDocument) throws -> String {
    switch self {
    case .csv: FrontierCSV(document).text
    case .html: FrontierPage(document).text
    case .svg: FrontierChart(document).standalone
    case .json: try document.json()
    }
  }
}
