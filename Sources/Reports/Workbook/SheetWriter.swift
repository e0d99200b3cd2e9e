import CXLSXWriter
import CloudCosts
import Foundation
import Ingest

/// Sheets as an Office Open XML workbook (`.xlsx`), written by libxlsxwriter.
enum SheetWriter {
  /// - Throws: `FindingsError` where the library cannot write it.
  static func data(_ sheets: [Sheet], title: String) throws -> Data {
    guard let folder = try? TemporaryFolder() else { throw failure("there is no room") }
    defer { folder.remove() }
    let file = folder.url.appendingPathComponent("book.xlsx")
    guard let workbook = workbook(at: file.path, in: folder.url.path) else {
      throw failure("memory does not suffice")
    }
    setProperties(workbook, title)
    let formats = Formats(workbook)
    var worst = LXW_NO_ERROR
    for sheet in sheets {
      guard let target = workbook_add_worksheet(workbook, sheet.name) else {
        worst = LXW_ERROR_MEMORY_MALLOC_FAILED
        continue
      }
      SheetDrawing(workbook: workbook, sheet: target, formats: formats).draw(sheet)
      for (name, range) in sheet.names { workbook_define_name(workbook, name, "=" + range) }
    }
    // Closes and frees it, whatever went wrong.
    let closed = workbook_close(workbook)
    if worst == LXW_NO_ERROR { worst = closed }
    guard worst == LXW_NO_ERROR else {
      throw failure(lxw_strerror(worst).map { String(cString: $0) } ?? "error \(worst.rawValue)")
    }
    return try Data(contentsOf: file)
  }

  /// The library's own temporary files are in the same folder: it goes as a whole.
  private static func workbook(
    at path: String, in folder: String
  ) -> UnsafeMutablePointer<lxw_workbook>? {
    var workbook: UnsafeMutablePointer<lxw_workbook>?
    CStrings.with([folder]) { texts in
      var options = lxw_workbook_options()
      options.tmpdir = texts[0]
      workbook = workbook_new_opt(path, &options)
    }
    return workbook
  }

  private static func failure(_ reason: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "export.workbook", place: "xlsx",
        message: "the workbook could not be written: \(reason)",
        remedy: "Make room in the folder for temporary files (TMPDIR), and try again.")
    ])
  }

  /// The author is what `OutputMark` knows our workbooks by.
  private static func setProperties(_ workbook: UnsafeMutablePointer<lxw_workbook>, _ title: String)
  {
    var properties = lxw_doc_properties()
    CStrings.with([SafeText.withoutControls(title), OutputMark.name]) { texts in
      properties.title = texts[0]
      properties.author = texts[1]
      // The same plan is the same file: 2000-01-01, as archives that can be made again have it.
      properties.created = 946_684_800
      workbook_set_properties(workbook, &properties)
    }
  }
}

/// Copies of texts that C functions may point to for a while.
enum CStrings {
  static func with(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Void) {
    let copies = texts.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    body(copies)
  }
}

/// The formats of a workbook, one for each style.
private struct Formats {
  private var formats: [Sheet.Cell.Style: UnsafeMutablePointer<lxw_format>] = [:]

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    for style in Sheet.Cell.Style.allCases {
      guard let format = workbook_add_format(workbook) else { continue }
      Formats.set(format, style)
      formats[style] = format
    }
  }

  subscript(_ style: Sheet.Cell.Style) -> UnsafeMutablePointer<lxw_format>? { formats[style] }

  private static func set(
    _ format: UnsafeMutablePointer<lxw_format>, _ style: Sheet.Cell.Style
  ) {
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    switch style {
    case .title:
      format_set_bold(format)
      format_set_font_size(format, 16)
    case .note: format_set_font_color(format, 0x5F6B76)
    case .header, .headerRight:
      format_set_bold(format)
      format_set_text_wrap(format)
      format_set_bottom(format, UInt8(LXW_BORDER_MEDIUM.rawValue))
      format_set_bg_color(format, 0xE9EEF3)
      if style == .headerRight { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
    case .wrapped: format_set_text_wrap(format)
    case .text: break
    case .money, .moneyTotal: format_set_num_format(format, "#,##0.00;[Red]-#,##0.00")
    case .percent, .percentTotal: format_set_num_format(format, "0.0%;[Red]-0.0%")
    case .gap: format_set_num_format(format, "0.0000%")
    case .count, .countTotal: format_set_num_format(format, "#,##0.###")
    case .decimal: format_set_num_format(format, "#,##0.0")
    case .textTotal: break
    }
    switch style {
    case .textTotal, .moneyTotal, .percentTotal, .countTotal:
      format_set_bold(format)
      format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
    default: break
    }
  }
}

/// Puts one sheet into a workbook.
private struct SheetDrawing {
  let workbook: UnsafeMutablePointer<lxw_workbook>
  let sheet: UnsafeMutablePointer<lxw_worksheet>
  let formats: Formats

  /// Longest text of a cell, by the file format.
  private static let longest = 32_000

  func draw(_ content: Sheet) {
    for (column, width) in content.widths.enumerated() {
      let column = UInt16(clamping: column)
      worksheet_set_column(sheet, column, column, width, nil)
    }
    for (row, cells) in content.rows.enumerated() {
      if let height = height(cells, content.widths) {
        worksheet_set_row(sheet, UInt32(clamping: row), height, nil)
      }
      for (column, cell) in cells.enumerated() {
        write(cell, UInt32(clamping: row), UInt16(clamping: column))
      }
    }
    if content.frozenRows > 0 {
      worksheet_freeze_panes(sheet, UInt32(clamping: content.frozenRows), 0)
      worksheet_repeat_rows(
        sheet, UInt32(clamping: content.frozenRows - 1), UInt32(clamping: content.frozenRows - 1))
    }
    if let (rows, columns) = content.filter {
      worksheet_autofilter(
        sheet, UInt32(clamping: rows.lowerBound), 0, UInt32(clamping: rows.upperBound),
        UInt16(clamping: columns - 1))
    }
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)
    worksheet_fit_to_pages(sheet, 1, 0)
    for chart in content.charts { draw(chart) }
  }

  /// In points, where it is not the usual one. Excel finds the height of a row with wrapped text
  /// when it opens the file; other programs do not.
  private func height(_ cells: [Sheet.Cell], _ widths: [Double]) -> Double? {
    let usual = 15.0
    if cells.first?.style == .title { return 24 }
    let lines = cells.enumerated().map { column, cell -> Double in
      guard [.wrapped, .header, .headerRight].contains(cell.style),
        case .text(let text) = cell.content,
        column < widths.count, widths[column] > 1
      else { return 1 }
      // Words do not fill a line to its end.
      return (Double(text.count) * 1.1 / widths[column]).rounded(.up)
    }
    let most = lines.max() ?? 1
    // No row of a spreadsheet is higher than 409 points.
    return most > 1 ? min(409, most * usual) : nil
  }

  private func write(_ cell: Sheet.Cell, _ row: UInt32, _ column: UInt16) {
    let format = formats[cell.style]
    switch cell.content {
    case .empty: break
    case .text(let text):
      var safe = SafeText.withoutControls(text)
      if safe.unicodeScalars.count > Self.longest {
        safe = String(String.UnicodeScalarView(safe.unicodeScalars.prefix(Self.longest))) + " …"
      }
      worksheet_write_string(sheet, row, column, safe, format)
    case .number(let number): worksheet_write_number(sheet, row, column, number, format)
    case .formula(let formula, let value):
      worksheet_write_formula_num(sheet, row, column, formula, format, value)
    }
  }

  private func draw(_ content: SheetChart) {
    let kind: lxw_chart_type =
      switch content.kind {
      case .columns: LXW_CHART_COLUMN
      case .line: LXW_CHART_LINE
      }
    guard let chart = workbook_add_chart(workbook, UInt8(kind.rawValue)) else { return }
    for series in content.series {
      let drawn = chart_add_series(chart, "=" + content.categories, "=" + series.values)
      chart_series_set_name(drawn, series.name)
    }
    chart_title_set_name(chart, content.title)
    chart_axis_set_name(chart.pointee.y_axis, content.unit)
    chart_axis_set_num_format(chart.pointee.y_axis, "#,##0")
    let legend = content.series.count == 1 ? LXW_CHART_LEGEND_NONE : LXW_CHART_LEGEND_BOTTOM
    chart_legend_set_position(chart, UInt8(legend.rawValue))
    var options = lxw_chart_options()
    options.x_scale = 1.6
    options.y_scale = 1.25
    worksheet_insert_chart_opt(
      sheet, UInt32(clamping: content.row), UInt16(clamping: content.column), chart, &options)
  }
}
