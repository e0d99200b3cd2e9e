import Scenarios

/// The files that `plimsoll run --out DIR` leaves behind.
package enum ReportFiles {
  package static let names = [
    "plan.json", "comparison.csv", "recommendations.csv", "plan.xlsx", "report.html",
  ]

  /// Written where machines were looked at.
  package static let machineNames = [
    "rightsizing.csv", "machines.html", "resize-commands.sh", "machine-types.tfvars.json",
    "resize-tickets.md",
  ]

  /// `report.html` for finance, the two CSV files for those who buy, `plan.json` for programs and
  /// for `plimsoll export`.
  ///
  /// - Parameters:
  ///   - document: of the comparison, in the folder where they will be.
  ///   - assumptions: as in `HTMLReport`.
  package static func all(
    _ comparison: Comparison, _ document: RunDocument, assumptions: [String] = []
  ) throws -> [OutputFile] {
    var files = [
      OutputFile(name: "plan.json", head: RunDocument.head, pieces: document.write),
      OutputFile(name: "comparison.csv", text: ComparisonCSV(document).text),
      OutputFile(name: "recommendations.csv", text: RecommendationsCSV(document).text),
      OutputFile(
        name: "report.html", text: HTMLReport(comparison, document, assumptions: assumptions).text),
    ]
    // Where nothing was decided there is nothing to sign.
    if let selection = document.runs.lazy.compactMap(document.recommendation).first {
      files.append(
        OutputFile(name: "plan.xlsx", data: try Workbook(document, selection).data))
    }
    if comparison.runs.contains(where: { $0.machines != nil }) {
      files += machines(comparison, document)
    }
    return files
  }

  /// For engineers, where machines were looked at: of the first run where there are several.
  private static func machines(_ comparison: Comparison, _ document: RunDocument) -> [OutputFile] {
    var files = [
      OutputFile(name: "rightsizing.csv", text: RightsizingCSV(comparison, document).text),
      OutputFile(name: "machines.html", text: MachinesPage(comparison, document).text),
    ]
    if let selection = document.runs.first.flatMap(document.recommendation),
      !selection.plan.actions.isEmpty
    {
      files += [
        OutputFile(name: "resize-commands.sh", text: ResizeCommands(selection).text),
        OutputFile(name: "machine-types.tfvars.json", text: TerraformMap(selection).text),
        OutputFile(name: "resize-tickets.md", text: TicketTable(selection).text),
      ]
    }
    return files
  }
}
