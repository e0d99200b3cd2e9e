import Yams

/// What a YAML file says, with the line of everything it says.
struct ScenarioTree: Sendable {
  enum Content: Sendable {
    /// `null`, `~`, or nothing at all.
    case null
    /// A text; `isPlain` where it is written without quotes and may be a number.
    case scalar(text: String, isPlain: Bool)
    case list([ScenarioTree])
    case map([Entry])
  }

  struct Entry: Sendable {
    var key: String
    /// The line of the key.
    var line: Int
    var value: ScenarioTree
  }

  var line: Int
  var content: Content

  /// The entries of a map; empty for `null`.
  var entries: [Entry] {
    if case .map(let entries) = content { entries } else { [] }
  }

  var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// What it is, for a message: `the text 'abc'`.
  var words: String {
    switch content {
    case .null: "nothing"
    case .scalar(let text, true): text.quoted
    case .scalar(let text, false): "the text \(text.quoted)"
    case .list: "a list"
    case .map: "a map"
    }
  }
}

extension ScenarioTree {
  /// The same as said in no line of the file.
  var withoutLines: ScenarioTree {
    var tree = self
    tree.line = 0
    switch content {
    case .null, .scalar: break
    case .list(let list): tree.content = .list(list.map(\.withoutLines))
    case .map(let entries):
      tree.content = .map(
        entries.map { Entry(key: $0.key, line: 0, value: $0.value.withoutLines) })
    }
    return tree
  }

  /// Why a text is no tree.
  struct Flaw: Error {
    var line: Int?
    var message: String
    var remedy: String
  }

  /// More than any scenario holds. Anchors and aliases can make a few lines represent billions.
  private static let mostNodes = 20_000

  /// - Throws: what is wrong with the text, as YAML.
  init(yaml: String) throws(Flaw) {
    let node: Node?
    do {
      // An encoding is named here because Yams would otherwise ask the environment for one.
      node = try Parser(yaml: yaml, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw Flaw(error)
    } catch {
      throw Flaw(line: nil, message: "the file is not YAML: \(error)", remedy: "correct it")
    }
    var budget = ScenarioTree.mostNodes
    guard let node else {
      self.init(line: 1, content: .null)
      return
    }
    try self.init(node, line: 1, budget: &budget)
  }

  private init(_ node: Node, line: Int, budget: inout Int) throws(Flaw) {
    let line = node.mark?.line ?? line
    budget -= 1
    guard budget > 0 else {
      throw Flaw(
        line: line, message: "the file holds more than \(ScenarioTree.mostNodes) values",
        remedy: "move data into CSV files, and do not nest aliases")
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      self.init(
        line: line, content: isNull ? .null : .scalar(text: scalar.string, isPlain: isPlain))
    case .sequence(let sequence):
      var items: [ScenarioTree] = []
      for item in sequence {
        items.append(try ScenarioTree(item, line: line, budget: &budget))
      }
      self.init(line: line, content: .list(items))
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyLine = key.mark?.line ?? line
        guard let name = key.scalar?.string else {
          throw Flaw(
            line: keyLine, message: "a key is a list or a map", remedy: "write a name as the key")
        }
        let value = try ScenarioTree(value, line: keyLine, budget: &budget)
        entries.append(Entry(key: name, line: keyLine, value: value))
      }
      self.init(line: line, content: .map(entries))
    case .alias:
      throw Flaw(line: line, message: "an alias names nothing", remedy: "write the value itself")
    }
  }
}

extension ScenarioTree.Flaw {
  fileprivate init(_ error: YamlError) {
    let fix = "correct the YAML: check indentation, colons, brackets and quotes"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, message: "the file is not YAML: \(problem)", remedy: fix)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map(\.quoted).joined(separator: ", ")
      self.init(
        line: context.mark.line > 0 ? context.mark.line : nil,
        message: "the key \(keys) is twice in the same map", remedy: "keep one of them")
    case .reader(let problem, _, _, _):
      self.init(line: nil, message: "the file is not YAML: \(problem)", remedy: fix)
    default:
      self.init(line: nil, message: "the file is not YAML: \(error)", remedy: fix)
    }
  }
}
