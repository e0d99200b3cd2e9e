import CloudCosts
import Foundation
import Testing

@testable import Reports

/// Whole files or none.
@Suite struct OutputDirectoryTests {
  /// In a folder of its own, so that what is left next to it is seen.
  private let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("plimsoll-out-\(UUID().uuidString)/out")
  private let files = [OutputFile(name: "a.txt", text: "A"), OutputFile(name: "b.txt", text: "B")]

  @Test func createsReplacesAndLeavesOthersAlone() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    let target = root.appendingPathComponent("deep/out")
    try OutputDirectory(path: target.path).write(files)
    try Data("mine".utf8).write(to: target.appendingPathComponent("mine.txt"))
    let forced = OutputDirectory(path: target.path, rule: OutputRule(isForced: true))
    try forced.write([OutputFile(name: "a.txt", text: "A2")])
    #expect(try contents(target) == ["a.txt": "A2", "b.txt": "B", "mine.txt": "mine"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: target.deletingLastPathComponent().path)
        == ["out"])
  }

  /// Two of the files and one of somebody else; the folder as a whole takes the old one's place.
  @Test func changesPlacesAsAWhole() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    try OutputDirectory(path: root.path).write(files)
    try Data("mine".utf8).write(to: root.appendingPathComponent("mine.txt"))
    let before = FileState(root.path)
    let forced = OutputDirectory(path: root.path, rule: OutputRule(isForced: true))
    try forced.write(files.map { OutputFile(name: $0.name, text: "new") })
    #expect(try contents(root) == ["a.txt": "new", "b.txt": "new", "mine.txt": "mine"])
    #if os(Linux)
      #expect(try before?.isSame(as: #require(FileState(root.path))) == false)
    #endif
    let siblings = try FileManager.default.contentsOfDirectory(
      atPath: root.deletingLastPathComponent().path)
    #expect(!siblings.contains { $0.hasPrefix(".plimsoll-") })
  }

  /// What a process that was killed left is removed; what may be under way is not.
  @Test func removesWhatDeadProcessesLeft() throws {
    let parent = root.deletingLastPathComponent()
    defer { try? FileManager.default.removeItem(at: parent) }
    for (name, age) in [("old", 3600.0), ("new", 0)] {
      let folder = parent.appendingPathComponent(".plimsoll-set-\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("half".utf8).write(to: folder.appendingPathComponent("a.txt"))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: folder.path)
    }
    try OutputDirectory(path: root.path).write(files)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: parent.path).sorted()
        == [".plimsoll-set-new", "out"])
  }

  /// Folders go along, whatever is in them: links, executables, further folders. The set is still
  /// put in place by one step.
  @Test func foldersGoAlong() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    let inner = root.appendingPathComponent("inner/deep")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    try OutputDirectory(path: root.path).write(files)
    let mine = inner.appendingPathComponent("mine.sh")
    try Data("mine".utf8).write(to: mine)
    #expect(chmod(mine.path, 0o750) == 0)
    #expect(chmod(inner.path, 0o710) == 0)
    // A name of the set, but in a folder.
    try Data("mine, too".utf8).write(to: inner.appendingPathComponent("a.txt"))
    #expect(symlink("deep/nowhere", root.appendingPathComponent("inner/link").path) == 0)
    #expect(mkfifo(root.appendingPathComponent("inner/pipe").path, 0o600) == 0)
    let before = try #require(FileState(mine.path))
    let folder = FileState(root.path)
    let forced = OutputDirectory(path: root.path, rule: OutputRule(isForced: true))
    try forced.write(files.map { OutputFile(name: $0.name, text: "new") })
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
        == [
          "a.txt", "b.txt", "inner", "inner/deep", "inner/deep/a.txt", "inner/deep/mine.sh",
          "inner/link", "inner/pipe",
        ])
    let after = try #require(FileState(mine.path))
    #expect(after.isSame(as: before) && after.mode == 0o750)
    #expect(FileState(inner.path)?.mode == 0o710)
    #expect(
      try String(contentsOf: root.appendingPathComponent("a.txt"), encoding: .utf8) == "new")
    #expect(
      try String(contentsOf: inner.appendingPathComponent("a.txt"), encoding: .utf8) == "mine, too")
    #if os(Linux)
      #expect(try folder?.isSame(as: #require(FileState(root.path))) == false)
    #endif
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: root.deletingLastPathComponent().path)
        == ["out"])
  }

  /// A folder that may not be written to would stay behind: the files are replaced one by one.
  @Test func lockedFoldersStayWhereTheyAre() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    let inner = root.appendingPathComponent("inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    try OutputDirectory(path: root.path).write(files)
    #expect(chmod(inner.path, 0o500) == 0)
    let before = try #require(FileState(inner.path))
    let forced = OutputDirectory(path: root.path, rule: OutputRule(isForced: true))
    try forced.write(files.map { OutputFile(name: $0.name, text: "new") })
    #expect(try before.isSame(as: #require(FileState(inner.path))))
    #expect(
      try String(contentsOf: root.appendingPathComponent("b.txt"), encoding: .utf8) == "new")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: root.deletingLastPathComponent().path)
        == ["out"])
  }

  /// What others put there while the copy was made is moved over, in folders too.
  @Test func whatComesMeanwhileGoesAlong() throws {
    let parent = root.deletingLastPathComponent()
    defer { try? FileManager.default.removeItem(at: parent) }
    let (old, copy) = (root.path, parent.appendingPathComponent("copy").path)
    for folder in ["\(old)/inner", copy] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    var links = FolderLinks(from: old, to: copy, besides: ["a.txt"])
    let isMade = links.make()
    #expect(isMade)
    for name in ["late.txt", "inner/late.txt", "a.txt"] {
      try Data(name.utf8).write(to: URL(filePath: "\(old)/\(name)"))
    }
    for (from, to) in [(old, "\(old).x"), (copy, old), ("\(old).x", copy)] {
      #expect(rename(from, to) == 0)
    }
    links.moveRest()
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: old).sorted()
        == ["inner", "inner/late.txt", "late.txt"])
  }

  @Test func whatIsReadIsNotReplaced() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    try OutputDirectory(path: root.path).write(files)
    let link = root.appendingPathComponent("link.txt")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: root.appendingPathComponent("a.txt"))
    let rule = OutputRule(
      inputs: [root.appendingPathComponent("a.txt").path], isForced: true)
    for path in [root.appendingPathComponent("a.txt").path, link.path] {
      expect("output.is-an-input") { try OutputDirectory.check(file: path, rule: rule) }
      expect("output.is-an-input") {
        try OutputDirectory.write(Data("x".utf8), toFile: path, rule: rule)
      }
    }
    #expect(try contents(root)["a.txt"] == "A")
  }

  @Test func devicesAndPipesAreNoFiles() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let pipe = root.appendingPathComponent("pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let forced = OutputRule(isForced: true)
    for path in [pipe, "/dev/null"] {
      expect("output.not-a-file") { try OutputDirectory.check(file: path, rule: forced) }
      expect("output.not-a-file") {
        try OutputDirectory.write(Data("x".utf8), toFile: path, rule: forced)
      }
    }
  }

  /// What is there, what is to be written, and whether it may.
  @Test(arguments: [
    ("", "x", true), ("notes", "x\n", false), ("a,b\r\n1,2\r\n", "a,b\r\n3,4\r\n", true),
    // By hand, with the line ends of this system; and another table.
    ("a,b\n1,2\n", "a,b\r\n3,4\r\n", false), ("a,c\r\n1,2\r\n", "a,b\r\n3,4\r\n", false),
    ("{\n  \"format\": 2,\n", "{\n  \"format\": 3,\n", true),
    ("{\n  \"name\": 2,\n", "{\n  \"format\": 3,\n", false),
    ("<html>\n\(OutputMark.generator)", "<html>", true), ("<html>", "<html>", false),
    ("#!/bin/sh\n# Made by Plimsoll.\n", "#!/bin/sh\n", true),
    ("#!/bin/sh\n", "#!/bin/sh\n", false),
    ("\\ Plimsoll: a\n", "\\ Plimsoll: b\n", true),
  ])
  func onlyWhatThisProgramWroteIsReplaced(old: String, new: String, may: Bool) throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let file = root.appendingPathComponent("file")
    try Data(old.utf8).write(to: file)
    if may {
      try OutputDirectory.check(file: file.path)
      try OutputDirectory.write(Data(new.utf8), toFile: file.path)
    } else {
      expect("output.not-ours") { try OutputDirectory.write(Data(new.utf8), toFile: file.path) }
      #expect(try String(contentsOf: file, encoding: .utf8) == old)
      try OutputDirectory.write(
        Data(new.utf8), toFile: file.path, rule: OutputRule(isForced: true))
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == new)
  }

  @Test func refusesAFile() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    try OutputDirectory.write(Data("x".utf8), toFile: root.appendingPathComponent("out").path)
    expect("output.not-a-directory") {
      try OutputDirectory(path: root.appendingPathComponent("out").path).write(files)
    }
    #expect(try contents(root) == ["out": "x"])
  }

  @Test func aDirectoryInTheWayStopsAll() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("b.txt"), withIntermediateDirectories: true)
    expect("output.not-a-file") { try OutputDirectory(path: root.path).write(files) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == ["b.txt"])
  }

  @Test func whatCannotBeWrittenIsAFinding() {
    expect("output.not-written") { try OutputDirectory(path: "/proc/plimsoll/out").write(files) }
  }

  /// What comes in pieces is whole or not there, and knows an older one of its kind.
  @Test func filesInPieces() throws {
    defer { try? FileManager.default.removeItem(at: root.deletingLastPathComponent()) }
    let document = RunDocument(SmallFixture.comparison)
    let file = OutputFile(name: "plan.json", head: RunDocument.head, pieces: document.write)
    for more in [files, []] { try OutputDirectory(path: root.path).write([file] + more) }
    let text = try document.json()
    #expect(try contents(root) == ["plan.json": text, "a.txt": "A", "b.txt": "B"])
    #expect(text.hasPrefix(RunDocument.head))
    let broken = OutputFile(name: "plan.json", head: RunDocument.head) { receive in
      receive("{")
      throw POSIXError(.EIO)
    }
    expect("output.not-written") {
      try OutputDirectory(path: root.path).write([OutputFile(name: "c.txt", text: "new"), broken])
    }
    #expect(try contents(root) == ["plan.json": text, "a.txt": "A", "b.txt": "B"])
  }

  private func expect(_ rule: String, _ work: () throws -> Void) {
    let error = #expect(throws: FindingsError.self) { try work() }
    #expect(error?.findings.map(\.rule) == [rule])
  }

  private func contents(_ directory: URL) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try String(contentsOf: directory.appendingPathComponent($0), encoding: .utf8))
      })
  }
}
