import Foundation

/// A file to write: a name and what is in it.
package struct OutputFile: Sendable {
  package var name: String
  package var data: Data

  package init(name: String, data: Data) {
    self.name = name
    self.data = data
  }

  package init(name: String, text: String) { self.init(name: name, data: Data(text.utf8)) }
}
