/// Regions of Azure by the names that its bills give them: `westeurope` is also `EU West` and `West
/// Europe`.
///
/// Source: microsoft/finops-toolkit, `src/open-data/Regions.csv` (04d370f3, MIT), read on
/// 2026-11-28; cities and abbreviations of fewer than six letters are left out.
package enum AzureRegions {
  /// The region's name in prices and APIs; a name that is not known, as it is. Empty where the bill
  /// names no place.
  package static func code(named name: String) -> String {
    if let code = spaced[name.lowercased()] { return code }
    let plain = String(name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    return placeless.contains(plain) ? "" : codes[plain] ?? name
  }

  private static let placeless: Set<String> = [
    "global", "unassigned", "unknown", "intercontinental",
  ]

  /// `CH North` is Switzerland's, `chnorth` is China's.
  private static let spaced = ["ch north": "switzerlandnorth", "ch west": "switzerlandwest"]

  private static let codes = Dictionary(
    names.flatMap { code, others in
      [(code, code)] + others.split(separator: " ").map { (String($0), code) }
    },
    uniquingKeysWith: { first, _ in first })

  private static let names: [(code: String, others: String)] = [
    ("australiacentral", "aucentral australiac"),
    ("australiacentral2", "aucentral2 australiac2 canberra2"),
    ("australiaeast", "aueast sydney"),
    ("australiasoutheast", "ausoutheast melbourne"),
    ("austriaeast", "ateast austriae"),
    ("belgiumcentral", "becentral belgiumc"),
    ("brazilsouth", "brsouth saopaulo"),
    ("brazilsoutheast", "brsoutheast brazilse"),
    ("canadacentral", "cacentral canandacentral centralcanada toronto"),
    ("canadaeast", "caeast eastcanada montreal quebeccity"),
    ("centralindia", "incentral indiacentral"),
    ("centralus", "uscentral"),
    ("chilecentral", "chilec clcentral"),
    ("chinaeast", "cneast"),
    ("chinaeast2", "chinae2 cneast2"),
    ("chinaeast3", "chinae3 cneast3"),
    ("chinanorth", "chnorth cnnorth"),
    ("chinanorth2", "chinan2 cnnorth2"),
    ("chinanorth3", "chinan3 cnnorth3"),
    ("denmarkeast", "denmarke"),
    ("eastasia", "apeast asiaeast hongkong"),
    ("eastus", "useast"),
    ("eastus2", "eastsu2 useast2"),
    ("eastus3", "useast3"),
    ("finlandcentral", "ficentral finlandc"),
    ("francecentral", "frcentral francec"),
    ("francesouth", "frsouth frances"),
    ("germanycentral", "decentral"),
    ("germanynorth", "denorth germanyn"),
    ("germanynortheast", "denortheast"),
    ("germanywestcentral", "dewestcentral germanywc germanywcentral"),
    ("greececentral", "grcentral"),
    ("indiasouthcentral", "insouthcentral indiasc"),
    ("indonesiacentral", "idcentral indonesiac"),
    ("israelcentral", "ilcentral israelc"),
    ("italynorth", "itnorth italyn"),
    ("japaneast", "eastjapan jaeast"),
    ("japanwest", "jawest"),
    ("jioindiacentral", "incentraljio jioinc"),
    ("jioindiawest", "inwestjio jioinw"),
    ("koreacentral", "krcentral"),
    ("koreasouth", "krsouth"),
    ("malaysiawest", "malaysiaw mywest"),
    ("mexicocentral", "mexicoc mxcentral"),
    ("newzealandnorth", "newzealandn nznorth"),
    ("northcentralus", "chicago usnorthcentral usnorth"),
    ("northeurope", "dublin eunorth europenorth"),
    ("norwayeast", "noeast norwaye"),
    ("norwaywest", "nowest norwayw"),
    ("polandcentral", "plcentral polandc"),
    ("qatarcentral", "qacentral qatarc qatarentral"),
    ("saudiarabiaeast", "saeast"),
    ("singaporecentral", "singaporec"),
    ("southafricanorth", "johannesburg sanorth southafrican zanorth"),
    ("southafricawest", "sawest southafricaw zawest"),
    ("southcentralus", "sanantonio ussouthcentral ussouth"),
    ("southeastasia", "apsoutheast asiasoutheast singapore southsoutheastasia"),
    ("southindia", "insouth indiasouth"),
    ("spaincentral", "escentral spainc"),
    ("swedencentral", "secentral swedenc"),
    ("swedensouth", "sesouth swedens"),
    ("switzerlandnorth", "chnorth switzerlandn"),
    ("switzerlandwest", "chwest switzerlandw"),
    ("taiwannorth", "taiwann twnorth"),
    ("uaecentral", "aecentral"),
    ("uaenorth", "aenorth"),
    ("uksouth", "london unitedkingdomsouth unitedkingdomsouth2"),
    ("usgovarizona", "usgovaz usgovsouthwest usgovsw ussgovarizona"),
    ("usgoviowa", "usgovcentral"),
    ("usgovtexas", "usgovtx usgovsouthcentral usgovsc"),
    ("usgovvirginia", "usgoveast"),
    ("usgovwyoming", "usgovwc"),
    ("usseceast", "ussece"),
    ("ussecwest", "ussecw"),
    ("ussecwestcentral", "ussecwc"),
    ("westcentralus", "uswestcentral"),
    ("westeurope", "amsterdam euwest europe europewest"),
    ("westindia", "inwest indiawest mumbai mumbai2"),
    ("westus", "siliconvalley uswest"),
    ("westus2", "seattle uswest2"),
    ("westus3", "uswest3"),
  ]
}
