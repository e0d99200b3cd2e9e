import Foundation

/// A file to write: a name and what is in it.
public struct OutputFile: Sendable {
  public var name: String
  public var data: Data

  public init(name: String, data: Data) {
    self.name = name
    self.data = data
  }

  public init(name: String, text: String) { self.init(name: name, data: Data(text.utf8)) }
}
