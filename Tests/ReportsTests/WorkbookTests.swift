import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Reports

/// The workbook: its totals are live, and come to our figures.
@Suite struct WorkbookTests {
  private static func sheets(
    _ document: RunDocument = RunDocument(SmallFixture.comparison)
  ) throws -> [Sheet] {
    Workbook.sheets(document, try document.select())
  }

  @Test func everyFormulaComesToWhatWeHold() throws {
    for document in [
      RunDocument(SmallFixture.comparison), RunDocument(try YearFixture().comparison),
    ] {
      let sheets = try Self.sheets(document)
      let values = FormulaValue(sheets: sheets)
      var count = 0
      for sheet in sheets {
        for (row, cells) in sheet.rows.enumerated() {
          for (column, cell) in cells.enumerated() {
            guard case .formula(let formula, let held) = cell.content else { continue }
            count += 1
            let value = try values.value(formula, in: sheet)
            #expect(
              abs(value - held) < 0.005,
              "\(sheet.name) \(Sheet.address(column, row + 1)) \(formula): \(value), held \(held)")
          }
        }
      }
      #expect(count > 40)
    }
  }

  /// A spreadsheet program of its own right: where LibreOffice is installed it computes all cells.
  /// The workbook has 0 for all of their values, so that it cannot show what we hold.
  @Test func libreOfficeRecomputesThem() throws {
    let tool = ["/usr/bin/soffice", "/usr/local/bin/soffice", "/opt/libreoffice/program/soffice"]
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let tool else { return }
    let document = RunDocument(try YearFixture().comparison)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let book = folder.appendingPathComponent("plan.xlsx")
    try SheetWriter.data(Self.sheets(document).map(Self.withoutValues), title: "test")
      .write(to: book)
    try Self.writeProfile(folder.appendingPathComponent("profile/user"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    // All sheets, as they are stored: no thousands, full digits.
    process.arguments = [
      "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--convert-to",
      "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
      "--outdir", folder.path, book.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.runToEnd()
    for sheet in try Self.sheets(document) {
      let file = folder.appendingPathComponent("plan-\(sheet.name).csv")
      let rows = Self.rows(try String(contentsOf: file, encoding: .utf8))
      for (row, cells) in sheet.rows.enumerated() {
        for (column, cell) in cells.enumerated() {
          guard case .formula(let formula, let held) = cell.content else { continue }
          let text = rows[row][column]
          // Shares come out as they are shown.
          let isShare = text.hasSuffix("%")
          let number = Double(isShare ? String(text.dropLast()) : text)
          let shown = try #require(number, "\(sheet.name) \(formula): \(text)")
          let value = isShare ? shown / 100 : shown
          #expect(
            abs(value - held) < 0.005,
            "\(sheet.name) \(Sheet.address(column, row + 1)) \(formula): \(value), held \(held)")
        }
      }
    }
  }

  private static func withoutValues(_ sheet: Sheet) -> Sheet {
    var result = Sheet(sheet.name)
    for cells in sheet.rows {
      result.append(
        cells.map { cell in
          guard case .formula(let formula, _) = cell.content else { return cell }
          return Sheet.Cell(.formula(formula, 0), cell.style)
        })
    }
    return result
  }

  /// LibreOffice shows stored values unless it is asked to compute them (`OOXMLRecalcMode` 0).
  private static func writeProfile(_ folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let settings = """
      <?xml version="1.0" encoding="UTF-8"?>
      <oor:items xmlns:oor="http://openoffice.org/2001/registry">
      <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
      <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
      </oor:items>
      """
    try Data(settings.utf8).write(
      to: folder.appendingPathComponent("registrymodifications.xcu"))
  }

  /// CSV with quoted cells.
  private static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: rows[rows.count - 1].append("")
      case "\n" where !isQuoted: rows.append([""])
      default:
        let last = rows[rows.count - 1].count - 1
        rows[rows.count - 1][last].unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  @Test func totalsAreTheOutcomesFigures() throws {
    let document = RunDocument(SmallFixture.comparison)
    let selection = try document.select()
    let summary = try #require(try Self.sheets().first)
    func value(_ name: String) -> Double? {
      summary.rows.lazy.compactMap { cells -> Double? in
        guard cells.count > 1, case .text(name) = cells[0].content else { return nil }
        switch cells[1].content {
        case .number(let number), .formula(_, let number): return number
        default: return nil
        }
      }.first
    }
    #expect(value("Bill with the plan") == selection.outcome.cost.value)
    #expect(value("Bill without the plan") == document.runs[0].outcome("current")?.cost.value)
    #expect(
      value("Upfront of the purchases")
        == selection.plan.purchases.map(\.upfront).total().value)
  }

  @Test func ourWorkbooksAreKnownAgainAndOthersAreNot() throws {
    let document = RunDocument(SmallFixture.comparison)
    let data = try Workbook(document, try document.select()).data
    #expect(data.starts(with: [0x50, 0x4b, 3, 4]))
    let core = try #require(WorkbookMark.entry("docProps/core.xml", in: [UInt8](data)))
    #expect(String(decoding: core, as: UTF8.self).contains("Plimsoll"))
    #expect(WorkbookMark.entry("docProps/none.xml", in: [UInt8](data)) == nil)
    // Damaged archives are no reason to trap.
    for length in stride(from: 0, to: data.count, by: 97) {
      _ = WorkbookMark.entry("docProps/core.xml", in: [UInt8](data.prefix(length)))
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("plan.xlsx").path
    try OutputDirectory.write(data, toFile: path)
    try OutputDirectory.write(data, toFile: path)
    try Data([0x50, 0x4b, 3, 4] + [UInt8](repeating: 7, count: 100)).write(
      to: URL(fileURLWithPath: path))
    #expect(throws: FindingsError.self) { try OutputDirectory.write(data, toFile: path) }
  }

  @Test func columnsHaveTheirLetters() {
    #expect(Sheet.letters(0) == "A" && Sheet.letters(25) == "Z" && Sheet.letters(26) == "AA")
    #expect(Sheet.letters(701) == "ZZ" && Sheet.letters(702) == "AAA")
  }
}
