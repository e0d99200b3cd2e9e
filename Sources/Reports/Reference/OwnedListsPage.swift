import CloudCosts
import Ingest

/// The columns of a file of owned commitments, and the lists of providers' tools that are read.
enum OwnedListsPage {
  static var text: String {
    "## Columns of our own file\n\n"
      + ReferencePage.table(
        ["column", "needed"],
        OwnedReader.columns.map { [ReferencePage.code($0.name), $0.isRequired ? "yes" : ""] })
      + "\n## Lists of the providers' tools\n\n"
      + ReferencePage.table(
        ["list", "made by"],
        OwnedReader.lists.map { [ReferencePage.code($0.list), ReferencePage.code($0.command)] })
  }
}
