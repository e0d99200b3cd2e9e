import Scenarios

/// The files that `plimsoll run --out DIR` leaves behind.
public enum ReportFiles {
  public static let names = ["plan.json", "comparison.csv", "recommendations.csv", "report.html"]

  /// Written where machines were looked at.
  public static let machineNames = [
    "rightsizing.csv", "machines.html", "resize-commands.sh", "machine-types.tfvars.json",
    "resize-tickets.md",
  ]

  /// `report.html` for finance, the two CSV files for those who buy, `plan.json` for programs and
  /// for `plimsoll export`.
  ///
  /// - Parameter assumptions: as in `HTMLReport`.
  public static func all(_ comparison: Comparison, assumptions: [String]? = nil) throws
    -> [OutputFile]
  {
    let document = RunDocument(comparison)
    let machines =
      comparison.runs.contains { $0.machines != nil } ? Self.machines(comparison, document) : []
    return [
      OutputFile(name: "plan.json", text: try document.json()),
      OutputFile(name: "comparison.csv", text: ComparisonCSV(document).text),
      OutputFile(name: "recommendations.csv", text: RecommendationsCSV(document).text),
      OutputFile(
        name: "report.html", text: try HTMLReport(comparison, assumptions: assumptions).text),
    ] + machines
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
