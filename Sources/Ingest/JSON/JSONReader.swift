import CYajl

/// What a JSON file holds at the places that its reader asked for.
struct JSONElement {
  /// Which of the paths it was asked for by.
  var path: JSONPath
  /// The name of the member it is; `[]` in an array.
  var name: String
  /// The line on which it starts, from 1.
  var line: Int
  var value: JSONValue
}

/// Reads a JSON file of any size, part by part.
///
/// An AWS offer file is one object of up to some gigabytes, so no decoder that wants a whole
/// document fits, and neither does a query engine: to DuckDB too it is one value. The parser is
/// yajl (events from a C library that Debian keeps); only what is at the paths that are asked
/// for becomes values, one element at a time. Memory: a buffer and one element.
enum JSONReader {
  /// Why a file cannot be read further.
  enum Failure: Error {
    case source(ByteSource.Failure)
    /// Not JSON, or cut off; with the parser's reason.
    case malformed(line: Int, reason: String)
  }

  /// The deepest nesting, and the most values of one element, that any such file has a use for.
  static let deepest = 64
  static let mostValues = 200_000

  /// Reads a whole file.
  ///
  /// - Parameter element: called for each element at one of the paths, in the order of the file;
  ///   false ends reading.
  static func read(
    _ file: InputFile, at paths: [JSONPath], _ element: @escaping (JSONElement) -> Bool
  ) throws(Failure) {
    var source: ByteSource
    do { source = try ByteSource(file) } catch { throw .source(error) }
    let events = JSONEvents(paths: paths, deliver: element)
    var callbacks = JSONEvents.callbacks
    let parser = yajl_alloc(&callbacks, nil, Unmanaged.passUnretained(events).toOpaque())
    guard let parser else { throw .source(.unreadable("out of memory")) }
    events.parser = parser
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer {
      yajl_free(parser)
      buffer.deallocate()
    }
    try withExtendedLifetime(events) { () throws(Failure) in
      try feed(&source, to: parser, events, buffer)
    }
  }

  private static func feed(
    _ source: inout ByteSource, to parser: yajl_handle, _ events: JSONEvents,
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(Failure) {
    var isFirst = true
    while true {
      let count: Int
      do { count = try source.read(into: buffer) } catch { throw .source(error) }
      guard count > 0, let base = buffer.baseAddress else { break }
      var chunk = UnsafeRawBufferPointer(start: base, count: count)
      // The library knows no byte order mark.
      if isFirst, chunk.starts(with: [0xEF, 0xBB, 0xBF]) {
        chunk = UnsafeRawBufferPointer(rebasing: chunk[3...])
      }
      isFirst = false
      guard try step(chunk, to: parser, events) else { return }
    }
    guard yajl_complete_parse(parser) == yajl_status_ok else {
      throw .malformed(
        line: events.line,
        reason: events.isStarted
          ? "it ends before its last bracket is closed" : "there is nothing in it")
    }
  }

  /// - Returns: false where the reader has seen enough.
  private static func step(
    _ chunk: UnsafeRawBufferPointer, to parser: yajl_handle, _ events: JSONEvents
  ) throws(Failure) -> Bool {
    guard let base = chunk.baseAddress, !chunk.isEmpty else { return true }
    events.chunk = chunk
    events.counted = 0
    let status = yajl_parse(
      parser, base.assumingMemoryBound(to: UInt8.self), chunk.count)
    let place = min(chunk.count, yajl_get_bytes_consumed(parser))
    events.countLines(to: status == yajl_status_ok ? chunk.count : place)
    events.chunk = UnsafeRawBufferPointer(start: nil, count: 0)
    if status == yajl_status_ok { return true }
    if events.hasEnough { return false }
    throw .malformed(line: events.line, reason: events.flaw ?? message(of: parser))
  }

  private static func message(of parser: yajl_handle) -> String {
    guard let text = yajl_get_error(parser, 0, nil, 0) else { return "it is no JSON" }
    defer { yajl_free_error(parser, text) }
    let words = String(cString: text).split(whereSeparator: \.isNewline).first.map(String.init)
    return (words ?? "it is no JSON").replacing("parse error: ", with: "")
  }
}

extension FindingLog {
  /// Notes why the rest of a JSON file cannot be read.
  mutating func add(_ failure: JSONReader.Failure) {
    switch failure {
    case .source(let reason): add(CSVReader.Failure.source(reason))
    case .malformed(let line, let reason):
      add(
        .error, "not-json", line: line, "the file is not whole JSON: \(reason)",
        remedy: "export or download it again, and check that it arrived whole")
    }
  }
}
