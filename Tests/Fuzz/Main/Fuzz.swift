// With `swift build --sanitize=fuzzer` libFuzzer's own `main` calls this with inputs of its making;
// `Tests/Fuzz/run` does both. The target is the one that PLIMSOLL_FUZZ names.
import Foundation
import FuzzTargets

private let target = ProcessInfo.processInfo.environment["PLIMSOLL_FUZZ"]
  .flatMap(FuzzTarget.init(rawValue:))

@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else {
    complain("PLIMSOLL_FUZZ names none of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let complaint = target.complaint(about: bytes) { complain(complaint) }
  return 0
}

private func complain(_ text: String) -> Never {
  FileHandle.standardError.write(Data("\(text)\n".utf8))
  abort()
}

#if !PLIMSOLL_LIBFUZZER
  /// Without libFuzzer: each file that is named, once.
  @main struct Fuzz {
    static func main() {
      for path in CommandLine.arguments.dropFirst() {
        guard let data = FileManager.default.contents(atPath: path) else {
          complain("\(path) cannot be read")
        }
        _ = data.withUnsafeBytes { fuzz($0.bindMemory(to: UInt8.self).baseAddress, $0.count) }
      }
    }
  }
#endif
