import Scenarios

/// The files that `plimsoll run --out DIR` leaves behind.
public enum ReportFiles {
  public static let names = [
    "plan.json", "comparison.csv", "recommendations.csv", "plan.xlsx", "report.html",
  ]

  /// `report.html` for finance, the two CSV files for those who buy, `plan.json` for programs and
  /// for `plimsoll export`.
  ///
  /// - Parameters:
  ///   - folder: where they will be.
  ///   - assumptions: as in `HTMLReport`.
  public static func all(
    _ comparison: Comparison, in folder: String = ".", assumptions: [String] = []
  ) throws -> [OutputFile] {
    let document = RunDocument(comparison, in: folder)
    var files = [
      OutputFile(name: "plan.json", text: try document.json()),
      OutputFile(name: "comparison.csv", text: ComparisonCSV(document).text),
      OutputFile(name: "recommendations.csv", text: RecommendationsCSV(document).text),
      OutputFile(
        name: "report.html", text: HTMLReport(comparison, assumptions: assumptions).text),
    ]
    // Where nothing was decided there is nothing to sign.
    if let selection = document.runs.lazy.compactMap(document.recommendation).first {
      files.append(
        OutputFile(name: "plan.xlsx", data: try Workbook(document, selection).data))
    }
    return files
  }
}
