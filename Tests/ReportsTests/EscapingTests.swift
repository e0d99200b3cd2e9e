import CloudCosts
import Foundation
import Testing

@testable import Reports

/// What data brings along stays data: in a spreadsheet, on a page, in a shell, on a terminal.
@Suite struct EscapingTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
    (" =1+1", "' =1+1"), ("\u{ff1d}1+1", "'\u{ff1d}1+1"),
    ("\u{a0}\u{ff20}SUM", "'\u{a0}\u{ff20}SUM"),
    ("\0=1", "' =1"), ("a\u{1b}[2J", "a [2J"), ("a\u{202e}b\u{2066}", "a b "), ("a-b", "a-b"),
    ("pr\u{200b}od\u{ad}\u{2060}", "pr od  "), ("\u{200b}=1", "' =1"),
    ("a\r\nb", "\"a\r\nb\""), ("=\u{301}1", "'=\u{301}1"), (",\u{301}", "\",\u{301}\""), ("", ""),
  ])
  func spreadsheet(text: String, cell: String) {
    var csv = CSVText(header: ["h"])
    csv.append([.text(text)])
    #expect(csv.text == "h\r\n\(cell)\r\n")
  }

  @Test func numbersAreNeitherQuotedNorNeutralized() {
    var csv = CSVText(header: ["h"])
    csv.append([.money(Money(micros: -1_500_000)), .ratio(0.000085), .number(nil)])
    #expect(csv.text == "h\r\n-1.5,0.000085,\r\n")
  }

  @Test(arguments: [
    ("<b>", "&lt;b&gt;"), ("a&b", "a&amp;b"), ("\"'", "&quot;&#39;"),
    ("a\0\u{1b}\u{202e}b", "a   b"), ("\u{600}<script>", "\u{600}&lt;script&gt;"),
    ("\"\u{301}", "&quot;\u{301}"), ("a\u{85}\u{2028}\u{2029}b", "a   b"),
    ("\u{feff}\u{e0041}\u{2067}", "   "), ("\u{200d}\n", "\u{200d}\n"),
  ])
  func page(text: String, escaped: String) { #expect(HTMLText.escaped(text) == escaped) }

  @Test(arguments: [
    ("m5.xlarge", "m5.xlarge"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"),
    ("$(reboot)", "'$(reboot)'"), ("'\u{301}", "''\\''\u{301}'"), ("a\nb", "'a\nb'"),
  ])
  func shell(text: String, word: String) { #expect(ShellText.quoted(text) == word) }

  @Test func commentsStayOnTheirLines() {
    #expect(ShellText.comment("why\nrm -rf /\r\u{2028}x") == ["# why rm -rf / x"])
  }

  /// Read back, it is the same; in the document none of it acts on who reads it.
  @Test func document() throws {
    let unseen = "\u{85}\u{2028}\u{2029}\u{202e}\u{2066}\u{61c}\u{feff}\u{e0041}\u{7f}\u{0}"
    let text = OrderedJSON.quoted(unseen + "é\u{200d}<")
    #expect(
      text == #""\u0085\u2028\u2029\u202e\u2066\u061c\ufeff\udb40\udc41\u007f\u0000"#
        + "é\u{200d}" + #"\u003c""#)
    #expect(try JSONDecoder().decode(String.self, from: Data(text.utf8)) == unseen + "é\u{200d}<")
  }

  @Test func terminal() {
    #expect(Printable.clean("a\u{1b}[2Jb\u{202e}c\nd") == "a [2Jb c d")
  }

  @Test func timesAndNames() {
    #expect(ShellText.isTime("2023-02-01T00:00:00Z"))
    #expect(!ShellText.isTime("2023-02-01T00:00:00Z; reboot"))
    #expect(!ShellText.isTime("$(reboot)-02-01T00:00"))
    #expect(ShellText.isName("us-east-1") && !ShellText.isName("-rf") && !ShellText.isName("a b"))
    #expect(ShellText.isName("Standard_D4s_v5"))
    let id = "/subscriptions/0a-1/resourceGroups/web_1/providers/Microsoft.Compute/vms/a"
    #expect(ShellText.isResourceID(id) && !ShellText.isResourceID(id + ";ls"))
    #expect(!ShellText.isResourceID("a/b/c") && !ShellText.isResourceID("/a//b"))
  }
}
