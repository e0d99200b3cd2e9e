import CYajl

/// Turns the parser's events into the elements that were asked for.
final class JSONEvents {
  private let paths: [JSONPath]
  private let deliver: (JSONElement) -> Bool
  /// Lives as long as one call of the parser.
  var parser: yajl_handle?
  var chunk = UnsafeRawBufferPointer(start: nil, count: 0)
  /// How much of the chunk was searched for line ends.
  var counted = 0
  private(set) var line = 1
  private(set) var isStarted = false
  private(set) var hasEnough = false
  /// Why events were refused; nil where the parser itself gave up.
  private(set) var flaw: String?

  /// The names on the way from the file's outermost value to where the parser is.
  private var place: [String] = []
  /// The name of the member whose value comes next.
  private var key = ""
  /// For every open container: whether it is an array.
  private var isArray: [Bool] = []
  // The element that is being put together.
  private var path: JSONPath?
  private var name = ""
  private var firstLine = 1
  private var values = 0
  private var open: [(key: String, members: [JSONValue.Member], elements: [JSONValue])] = []

  init(paths: [JSONPath], deliver: @escaping (JSONElement) -> Bool) {
    self.paths = paths
    self.deliver = deliver
  }

  /// Counts the line ends up to a byte of the chunk.
  func countLines(to end: Int) {
    while counted < end {
      if chunk[counted] == 0x0A { line += 1 }
      counted += 1
    }
  }

  private func arrive() {
    isStarted = true
    guard let parser else { return }
    countLines(to: min(chunk.count, yajl_get_bytes_consumed(parser)))
  }

  private var nextName: String { isArray.last == true ? "[]" : key }

  /// Starts an element where one is asked for.
  private func enter(_ name: String) {
    guard path == nil else { return }
    let here = isArray.isEmpty ? [] : place + [name]
    guard let found = paths.first(where: { $0.matches(here) }) else { return }
    arrive()
    path = found
    self.name = name
    firstLine = line
    values = 0
  }

  func scalar(_ value: @autoclosure () -> JSONValue) -> Bool {
    let name = nextName
    enter(name)
    guard path != nil else {
      isStarted = true
      return true
    }
    return add(value(), name)
  }

  func begin(array: Bool) -> Bool {
    let name = nextName
    enter(name)
    guard isArray.count < JSONReader.deepest else { return refuse("it is nested too deeply") }
    if !isArray.isEmpty { place.append(name) }
    isArray.append(array)
    if path != nil { open.append((name, [], [])) }
    isStarted = true
    return true
  }

  func end() -> Bool {
    let wasArray = isArray.removeLast()
    if !isArray.isEmpty { place.removeLast() }
    guard path != nil, let container = open.popLast() else { return true }
    return add(
      wasArray ? .array(container.elements) : .object(container.members), container.key)
  }

  func member(_ key: String) -> Bool {
    self.key = key
    return true
  }

  /// Puts a value into its container, or hands it over where it is the element itself.
  private func add(_ value: JSONValue, _ name: String) -> Bool {
    values += 1
    guard values <= JSONReader.mostValues else {
      return refuse("one of its entries holds more than \(JSONReader.mostValues) values")
    }
    if let last = open.indices.last {
      if isArray.last == true {
        open[last].elements.append(value)
      } else {
        open[last].members.append(JSONValue.Member(key: name, value: value))
      }
      return true
    }
    guard let path else { return true }
    self.path = nil
    hasEnough = !deliver(JSONElement(path: path, name: name, line: firstLine, value: value))
    return !hasEnough
  }

  private func refuse(_ reason: String) -> Bool {
    flaw = reason
    return false
  }
}

// Of the file, not of the type: a pointer for C must not capture even a type.
private func answer(_ context: UnsafeMutableRawPointer?, _ body: (JSONEvents) -> Bool) -> Int32 {
  guard let context else { return 0 }
  return body(Unmanaged<JSONEvents>.fromOpaque(context).takeUnretainedValue()) ? 1 : 0
}

private func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String {
  String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
}

extension JSONEvents {
  static var callbacks: yajl_callbacks {
    yajl_callbacks(
      yajl_null: { context in answer(context) { $0.scalar(.null) } },
      yajl_boolean: { context, flag in answer(context) { $0.scalar(.bool(flag != 0)) } },
      yajl_integer: nil, yajl_double: nil,
      yajl_number: { context, digits, count in
        answer(context) { events in
          let bytes = UnsafeRawBufferPointer(start: digits, count: count)
          return events.scalar(.number(String(decoding: bytes, as: UTF8.self)))
        }
      },
      yajl_string: { context, bytes, count in
        answer(context) { $0.scalar(.string(text(bytes, count))) }
      },
      yajl_start_map: { context in answer(context) { $0.begin(array: false) } },
      yajl_map_key: { context, bytes, count in answer(context) { $0.member(text(bytes, count)) } },
      yajl_end_map: { context in answer(context) { $0.end() } },
      yajl_start_array: { context in answer(context) { $0.begin(array: true) } },
      yajl_end_array: { context in answer(context) { $0.end() } })
  }
}
