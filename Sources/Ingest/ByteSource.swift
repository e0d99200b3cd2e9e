import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the bytes of a file come from; what is compressed comes out inflated, and UTF-16 as UTF-8.
///
/// zlib itself passes through what does not start like gzip, so the name of a file does not matter.
struct ByteSource: ~Copyable {
  /// Why no more bytes can be had.
  enum Failure: Error, Equatable {
    /// With the system's reason.
    case unreadable(String)
    /// The compressed data end too early.
    case truncated
    /// The compressed data are damaged.
    case damaged
    /// It is no file, or not the one that it was.
    case unsuitable(InputPath.Fault)
  }

  private let stream: gzFile?
  private let contents: [UInt8]
  private var position = 0
  private var isStarted = false
  /// Where the file is UTF-16.
  private var converted: UTF16Text?
  /// As it was opened: what is written behind that end is never reached by reading.
  private let opened: FileStamp?

  /// - Throws: `unreadable` where the file cannot be opened.
  init(_ file: InputFile) throws(Failure) {
    // A gzip in memory (tests) would need another zlib interface; it goes by way of a file.
    let place = ByteSource.place(of: file)
    let path = try? place.get()
    contents = file.contents ?? []
    opened = path.flatMap { FileStamp($0) }
    errno = 0
    stream = path.flatMap { gzopen($0, "rb") }
    // Nothing may be thrown before all of it has its value.
    if case .failure(let fault) = place { throw .unsuitable(fault) }
    guard file.contents != nil || stream != nil else {
      throw .unreadable(ByteSource.reason(errno))
    }
    if let stream { gzbuffer(stream, 1 << 17) }
  }

  /// Where to open it; nil where the bytes are in memory.
  private static func place(of file: InputFile) -> Result<String?, InputPath.Fault> {
    guard file.contents == nil else { return .success(nil) }
    return Result { () throws(InputPath.Fault) in try InputPath.readable(file.path) }
  }

  deinit { if let stream { gzclose(stream) } }

  /// Whether what was read first is UTF-16.
  var isConverted: Bool { converted != nil }

  /// Fills the buffer from its start.
  ///
  /// - Returns: the number of bytes; 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    guard isStarted else { return try readFirst(into: buffer) }
    guard converted != nil else { return try readBytes(into: buffer) }
    return try convert(into: buffer)
  }

  /// Files that hold no text, by their first bytes. What starts like gzip is gzip within gzip here.
  private static let kinds: [(bytes: [UInt8], name: String)] = [
    (Array("PAR1".utf8), "a Parquet file"), ([0x50, 0x4B, 3, 4], "a ZIP archive or a workbook"),
    (Array("BZh".utf8), "packed by bzip2"), ([0xFD] + Array("7zXZ".utf8), "packed by xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "packed by zstd"), ([0x1F, 0x8B], "packed by gzip twice"),
    (Array("%PDF".utf8), "a PDF"), ([0x89] + Array("PNG".utf8), "a picture"),
    (Array("SQLite format 3\0".utf8), "an SQLite database"),
  ]

  /// The first bytes say what text it is.
  private mutating func readFirst(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    isStarted = true
    let count = try readBytes(into: buffer)
    let head = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    if let kind = ByteSource.kinds.first(where: { head.starts(with: $0.bytes) }) {
      throw .unsuitable(.otherKind(kind.name))
    }
    guard let order = UTF16Text.ByteOrder(of: head) else { return count }
    var text = UTF16Text(order)
    text.add(head)
    converted = text
    return try convert(into: buffer)
  }

  private mutating func convert(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    guard !buffer.isEmpty else { return 0 }
    while converted?.isDrained ?? false {
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
      defer { piece.deallocate() }
      let count = try readBytes(into: piece)
      converted?.add(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      guard count == 0 else { continue }
      converted?.finish()
      break
    }
    return converted?.take(into: buffer) ?? 0
  }

  private mutating func readBytes(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    guard let stream else { return readContents(into: buffer) }
    errno = 0
    let count = gzread(stream, buffer.baseAddress, UInt32(clamping: buffer.count))
    var code: Int32 = Z_OK
    if count <= 0 { _ = gzerror(stream, &code) }
    switch code {
    case Z_OK, Z_STREAM_END:
      if let opened, opened.isOutdated(at: gzoffset(stream), isEnd: count == 0) {
        throw .unsuitable(.changed)
      }
      return max(0, Int(count))
    case Z_BUF_ERROR: throw .truncated
    case Z_ERRNO: throw .unreadable(ByteSource.reason(errno))
    default: throw .damaged
    }
  }

  private mutating func readContents(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, contents.count - position)
    contents.withUnsafeBytes { all in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<position + count]))
    }
    position += count
    return count
  }

  private static func reason(_ code: Int32) -> String {
    code == 0 ? "out of memory" : String(cString: strerror(code))
  }
}

/// By which it is seen that somebody wrote into a file.
private struct FileStamp {
  private let path: String
  private let status: stat

  /// Nil for what is no file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.path = path
    self.status = status
  }

  /// Whether reading has come behind the end that the file had, or, once there, the file is
  /// another.
  func isOutdated(at offset: Int, isEnd: Bool) -> Bool {
    if offset > Int(status.st_size) { return true }
    guard isEnd else { return false }
    var now = stat()
    return stat(path, &now) != 0 || now.st_size != status.st_size || now.st_ino != status.st_ino
      || FileStamp.time(now) != FileStamp.time(status)
  }

  private static func time(_ status: stat) -> [Int] {
    #if canImport(Darwin)
      [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
    #else
      [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    #endif
  }
}
