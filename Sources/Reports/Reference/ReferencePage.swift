import CloudCosts
import Foundation

/// A page of the documentation whose lower part is made from one of the program's tables.
package struct ReferencePage: Sendable {
  /// Below this line a page is made; above it, written by hand.
  package static let mark =
    "<!-- Made by `plimsoll reference`: what is below this line is written over. -->"

  /// The file's name.
  package var name: String
  /// What is below the mark.
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// All but the page of commands, which only the command line knows.
  package static var all: [ReferencePage] {
    [
      ReferencePage(name: "ScenarioKeys.md", text: KeysPage.text),
      ReferencePage(name: "PolicyLimits.md", text: PolicyLimitsPage.text),
      ReferencePage(name: "Products.md", text: ProductsPage.text),
      ReferencePage(name: "OwnedLists.md", text: OwnedListsPage.text),
      ReferencePage(name: "Findings.md", text: FindingsPage.text),
    ]
  }

  /// The page as it must be, given the page as it is.
  ///
  /// - Returns: nil where the page has no mark.
  package func updated(_ page: String) -> String? {
    guard let mark = page.range(of: ReferencePage.mark) else { return nil }
    return page[..<mark.upperBound] + "\n\n" + text
  }

  /// A table in Markdown.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return line(head) + "|" + String(repeating: "---|", count: head.count) + "\n"
      + rows.map(line).joined()
  }

  static func code(_ text: String) -> String { "`\(text)`" }
}
