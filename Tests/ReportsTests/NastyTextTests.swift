import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Reports

/// One corpus of what an ill-meaning export may hold, through everything that writes texts.
@Suite struct NastyTextTests {
  static let corpus = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\u{ff1d}1+1",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "it's \"quoted\"", "a\nb\r\nc", "a\u{2028}b",
    "\u{202e}evil\u{202c}", "pr\u{200b}od",
    "\u{200f}rtl\u{200e}", "${file(\"/etc/passwd\")}", "%{ for x in y }", "$(reboot)", "`reboot`",
    "'; touch /tmp/owned; '", "| cell |", "[link](http://x.example)", "![i](x)", "# heading",
    "- item",
    "<!-- x -->", "]]>", "\\\"; rm -rf /", "a\0b\u{1b}[2J", "\u{600}<b>", "_x0041_", "{{mustache}}",
    "http://x.example", "@everyone", "BEGIN:VEVENT", "{\"a\": 1}", "\u{301}\"",
  ]

  /// A plan in which the text is wherever a user's text can be.
  static func selection(_ text: String) throws -> (RunDocument, PlanSelection) {
    var document = RunDocument(SmallFixture.comparison)
    document.scenario = text
    for run in document.runs.indices {
      document.runs[run].name = text
      document.runs[run].assumptions = [.init(topic: "Usage", text: text)]
      for outcome in document.runs[run].outcomes.indices {
        var plan = document.runs[run].outcomes[outcome].plan
        for purchase in plan?.purchases.indices ?? 0..<0 {
          plan?.purchases[purchase].account = text
          plan?.purchases[purchase].instanceType = text
          plan?.purchases[purchase].region = text
          plan?.purchases[purchase].reason = text
        }
        for action in plan?.actions.indices ?? 0..<0 {
          plan?.actions[action].resource = text
          plan?.actions[action].reason = text
        }
        document.runs[run].outcomes[outcome].plan = plan
      }
    }
    document.findings = [
      .init(severity: .warning, rule: "r", place: text, message: text, remedy: text)
    ]
    return (document, try document.select())
  }

  private func text(_ format: ExportFormat, _ nasty: String) throws -> String {
    let (document, selection) = try Self.selection(nasty)
    let export = try #require(try format.export(selection, of: document))
    return String(decoding: export.data, as: UTF8.self)
  }

  /// No direction is turned around and no terminal is steered, whatever the format.
  @Test(arguments: ExportFormat.allCases.filter { !$0.needsScenario && !$0.isBinary })
  func controlsAreTakenOut(format: ExportFormat) throws {
    for nasty in Self.corpus {
      let text = try text(format, nasty)
      let bad = text.unicodeScalars.first { scalar in
        switch scalar.value {
        case 0x0a, 0x0d, 0x09: false
        case 0...0x1f, 0x7f...0x9f, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x2069: true
        default: false
        }
      }
      #expect(bad == nil, "\(format) \(nasty.debugDescription)")
    }
  }

  @Test func pages() throws {
    for nasty in Self.corpus {
      let memo = try text(.memo, nasty)
      #expect(!memo.contains("<script") && !memo.contains("<img"))
      // What is between tags has no quote or angle of the user's.
      let tags = memo.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
      #expect(tags.allSatisfy { !$0.contains("onerror") && !$0.contains("cmd|") })
    }
  }

  @Test func tables() throws {
    for nasty in Self.corpus {
      for cell in Self.cells(try text(.csv, nasty)) where Double(cell) == nil {
        #expect(!SafeText.isFormula(cell), "\(cell)")
      }
    }
  }

  private static func cells(_ csv: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for scalar in csv.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case ",", "\n", "\r":
        if isQuoted {
          cells[cells.count - 1].unicodeScalars.append(scalar)
        } else {
          cells.append("")
        }
      default: cells[cells.count - 1].unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  /// In a workbook a text is a string of the table of strings, and formulas are ours alone.
  @Test func workbooks() throws {
    for nasty in Self.corpus {
      let (document, selection) = try Self.selection(nasty)
      for sheet in Workbook.sheets(document, selection) {
        for case .formula(let formula, _) in sheet.rows.joined().map(\.content) {
          #expect(!formula.contains("cmd") && formula.unicodeScalars.allSatisfy(\.isASCII))
        }
      }
      let data = try Workbook(document, selection).data
      let strings = try #require(
        WorkbookMark.entry("xl/sharedStrings.xml", in: [UInt8](data)))
      let xml = String(decoding: strings, as: UTF8.self)
      #expect(!xml.contains("<script") && !xml.contains("<img"))
      let purchases = try #require(
        WorkbookMark.entry("xl/worksheets/sheet2.xml", in: [UInt8](data)))
      #expect(!String(decoding: purchases, as: UTF8.self).contains("cmd|"))
    }
  }

  /// Terraform: comments stay on their lines, strings end where they should, nothing is a template.
  @Test func terraform() throws {
    for nasty in Self.corpus {
      let text = try text(.terraform, nasty)
      for line in text.split(whereSeparator: \.isNewline) {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("#") else { continue }
        #expect(Self.isBalanced(code), "\(line)")
        #expect(!code.replacing("$${", with: "").contains("${"), "\(line)")
        #expect(!code.replacing("%%{", with: "").contains("%{"), "\(line)")
      }
    }
    #expect(TerraformText.quoted("a\"b\\c\n${d}%{e}$f") == #""a\"b\\c\n$${d}%%{e}$f""#)
  }

  /// Whether quotes come in pairs, escaped ones aside.
  private static func isBalanced(_ line: Substring) -> Bool {
    var isOpen = false
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = isOpen
      } else if scalar == "\"" {
        isOpen.toggle()
      }
    }
    return !isOpen
  }

  /// Markdown: every row has as many cells as its header, no markup of the user's.
  @Test func markdown() throws {
    for nasty in Self.corpus {
      let text = try text(.markdown, nasty)
      #expect(!text.dropFirst(30).contains("<"), "\(nasty)")
      #expect(!text.contains("](http"))
      var cells: Int?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          cells = nil
          continue
        }
        let count = line.replacing("\\|", with: "").count { $0 == "|" }
        #expect(count == cells ?? count, "\(line)")
        cells = count
      }
    }
  }

  /// A shell reads the script as one; nothing of the user's is a word of its own.
  @Test func shell() throws {
    let script = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-\(UUID().uuidString).sh")
    defer { try? FileManager.default.removeItem(at: script) }
    for nasty in Self.corpus {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-n", script.path]
      process.standardError = FileHandle.nullDevice
      try Data(try text(.commands, nasty).utf8).write(to: script)
      try process.runToEnd()
      #expect(process.terminationStatus == 0, "\(nasty)")
    }
  }

  @Test(arguments: [ExportFormat.json, .costExplorer])
  func json(format: ExportFormat) throws {
    for nasty in Self.corpus {
      _ = try JSONSerialization.jsonObject(with: Data(try text(format, nasty).utf8))
    }
  }

  @Test func reports() throws {
    for nasty in Self.corpus {
      var comparison = SmallFixture.comparison
      comparison.scenario = nasty
      comparison.runs[0].name = nasty
      comparison.findings = [
        Finding(.note, rule: nasty, place: nasty, message: nasty, remedy: nasty)
      ]
      let page = HTMLReport(comparison, RunDocument(comparison), assumptions: [nasty]).text
      #expect(!page.contains("<script") && !page.contains("<img"))
    }
  }
}
