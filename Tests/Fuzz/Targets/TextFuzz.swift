import CloudCosts
import Foundation
import Ingest
import Reports
import Scenarios

enum PriceFuzz {
  static func complaint(about bytes: [UInt8]) -> String? {
    let file = InputFile(name: "prices", contents: bytes)
    return PriceReader.read(any: file).complaint
      ?? PublishedPriceReader.read([file]).complaint ?? PriceReader.read(file).complaint
  }
}

enum PlanFuzz {
  static func complaint(about bytes: [UInt8]) -> String? {
    do throws(FindingsError) {
      let document = try RunDocument.read(Data(bytes), place: "plan.json")
      return exports(of: document)
    } catch {
      return error.findings.hasErrors ? error.findings.complaint : "refused without an error"
    }
  }

  /// What `plimsoll export` makes of each plan in it.
  private static func exports(of document: RunDocument) -> String? {
    for run in document.runs {
      for outcome in run.outcomes {
        guard let selection = try? document.select(run: run.name, outcome: outcome.name) else {
          continue
        }
        for format in ExportFormat.allCases { _ = try? format.export(selection, of: document) }
      }
    }
    return nil
  }
}

enum ScenarioFuzz {
  static func complaint(about bytes: [UInt8]) -> String? {
    FuzzFolder.with { folder in
      let path = try folder.write(bytes, "scenario.yaml")
      return ScenarioFile.read(path).complaint ?? ScenarioFile.load(path).complaint
    }
  }
}
