import CloudCosts
import TestSupport
import Testing

@testable import Ingest

/// Whatever bytes a file holds, a reader comes back with findings or with a value.
@Suite struct FuzzTests {
  private let files: [(name: String, text: String)] = [
    (
      "usage.csv",
      """
      timestamp,provider,account,region,instance_type,operating_system,tenancy,quantity
      2024-01-01T00:00:00Z,aws,1,us-east-1,m5.large,Linux,default,2.5
      2024-01-01T00:00:00Z,aws,"2",us-east-1,m5.large,Linux,default,1e2
      2024-01-01T01:00:00+00:00,aws,1,us-east-1,m5.large,Linux,"de""fault",3
      """
    ),
    (
      "prices.csv",
      """
      provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
      aws,us-east-1,m5.large,Linux,default,on-demand,,,0,0.096
      aws,us-east-1,m5.large,Linux,default,ri-standard,1,partial-upfront,252,0.029
      aws,us-east-1,m5.large,Linux,default,sp-compute,3,all-upfront,0,0.05
      """
    ),
    (
      "owned.csv",
      """
      id,provider,region,instance_type,product,term_years,payment,quantity,hourly_commitment,hourly,start,end
      a,aws,us-east-1,m5.large,ri-standard,1,no-upfront,3,,0.06,2023-07-01T00:00:00Z,2024-06-30T00:00:00Z
      b,aws,us-east-1,m5,sp-ec2-instance,1,no-upfront,,3,,2023-07-01T00:00:00Z,2024-06-30T00:00:00Z
      """
    ),
    (
      "utilization.csv",
      """
      timestamp,resource,cpu_max,cpu_avg,memory_max,memory_avg
      2024-01-01T00:00:00Z,web,30,12.5,38,34
      2024-01-01T01:00:00Z,web,30,12.5,,
      """
    ),
    (
      "resources.csv",
      """
      resource,provider,account,region,instance_type,operating_system,tenancy
      web,aws,,us-east-1,m5.large,Linux,default
      """
    ),
  ]

  private func read(_ file: InputFile) -> (hasValue: Bool, findings: [Finding]) {
    func outcome<Value>(_ reading: Reading<Value>) -> (Bool, [Finding]) {
      (reading.value != nil, reading.findings)
    }
    let group = UsageGroup(sku: SKU(provider: .aws, region: "r", instanceType: "t"))
    let resources = ResourceList(
      resources: [Resource(id: "web", group: group)], lines: [2], file: "resources.csv")
    switch file.name {
    case "usage.csv": return outcome(UsageReader.read(file))
    case "prices.csv": return outcome(PriceReader.read(file))
    case "owned.csv": return outcome(OwnedReader.read(file))
    case "utilization.csv": return outcome(UtilizationReader.read(file, resources: resources))
    default: return outcome(ResourceReader.read(file))
    }
  }

  private func mutated(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] = Array("\",\n\r0-.eZ".utf8).randomElement(using: &random) ?? 0
      case 2: bytes.insert(bytes[place], at: Int.random(in: 0..<bytes.count, using: &random))
      case 3 where bytes.count > 1: bytes.remove(at: place)
      default: bytes = bytes + bytes[place...]
      }
    }
    return bytes
  }

  @Test func readersNeverCrash() {
    var random = SeededGenerator(seed: 20_240_101)
    for round in 0..<2_000 {
      let original = files[round % files.count]
      let bytes = mutated(Array(original.text.utf8), using: &random)
      let (hasValue, findings) = read(InputFile(name: original.name, contents: bytes))
      #expect(hasValue != findings.hasErrors)
      #expect(findings.allSatisfy { $0.place.hasPrefix(original.name) && !$0.remedy.isEmpty })
    }
  }

  @Test func originalsAreInOrder() {
    for original in files {
      let (hasValue, findings) = read(
        InputFile(name: original.name, contents: Array(original.text.utf8)))
      #expect(hasValue && findings.isEmpty, "\(original.name)")
    }
  }
}
