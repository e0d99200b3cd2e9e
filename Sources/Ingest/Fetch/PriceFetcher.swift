import CloudCosts
import Foundation

/// Gets the price files that providers publish for everybody.
///
/// | provider | what | where |
/// |---|---|---|
/// | AWS | EC2 offer file, Compute and EC2 Instance savings-plan rates of a region | Price List bulk files (AWS Billing user guide, "Getting price list files manually") |
/// | Azure | virtual machines of a region, all pages | Retail Prices REST API, version 2023-01-01-preview |
/// | Google | SKUs of Compute Engine, all pages | Cloud Billing Catalog API; it wants an API key |
package struct PriceFetcher {
  package enum Source: String, CaseIterable, Sendable {
    case aws, azure, google

    var base: String {
      switch self {
      case .aws: "https://pricing.us-east-1.amazonaws.com"
      case .azure: "https://prices.azure.com"
      case .google: "https://cloudbilling.googleapis.com"
      }
    }
  }

  private let source: Source
  private let base: String
  private let cache: String
  private let key: String?
  private let download: Download
  /// Pages of one price list are at most so many.
  private static let mostPages = 2000
  /// For how long pages that have no version of their own are kept, in seconds.
  private static let freshness: TimeInterval = 86_400

  /// - Parameters:
  ///   - base: of a mirror with the same layout; nil: the provider's own.
  ///   - cache: the folder that keeps what was downloaded.
  ///   - key: Google's API key.
  package init(
    _ source: Source, base: String? = nil, cache: String, key: String? = nil, pause: Double? = nil
  ) throws(FindingsError) {
    self.source = source
    self.base = (base ?? source.base).replacing(/\/+$/, with: "")
    self.cache = cache
    self.key = key
    var download = try Download()
    if let pause { download.pause = pause }
    self.download = download
    guard self.base.hasPrefix("http://") || self.base.hasPrefix("https://") else {
      throw PriceFetcher.failure(
        "bad-base", self.base, "it is no http or https address", "write --base-url https://…")
    }
    do {
      try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
    } catch {
      throw PriceFetcher.failure(
        "no-cache", cache, "the folder cannot be made", "name another one with --cache")
    }
  }

  /// The paths of the files, in the order of reading.
  package func files(
    regions: [String], progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> [String] {
    guard !regions.isEmpty || source == .google else {
      throw PriceFetcher.failure(
        "no-region", "--fetch \(source.rawValue)", "no region is named",
        "name the regions that you use: --region \(source == .aws ? "eu-west-1" : "westeurope")")
    }
    switch source {
    case .aws: return try aws(regions, progress)
    case .azure: return try azure(regions, progress)
    case .google: return try google(progress)
    }
  }

  // MARK: AWS

  private func aws(
    _ regions: [String], _ progress: (String) -> Void
  ) throws(FindingsError) -> [String] {
    let lists = [
      ("offers/v1.0/aws/AmazonEC2", "ec2"),
      ("savingsPlan/v1.0/aws/AWSComputeSavingsPlan", "savings-plans"),
    ]
    var files: [String] = []
    for (list, name) in lists {
      let index = "\(cache)/aws-\(name)-regions.json"
      progress("AWS: versions of \(name)")
      try download.get(
        "\(base)/\(list)/current/region_index.json", to: index, isKept: false, begins: ["{"])
      let versions = try awsVersions(index)
      for region in regions {
        guard let path = versions[region] else {
          throw PriceFetcher.failure(
            "unknown-region", region, "AWS has no prices of \(name) for it",
            Spelling.nearest(to: region, in: versions.keys.sorted())
              .map { "did you mean \($0.quoted)?" } ?? "name a region such as eu-west-1")
        }
        let table = path.replacing(/\.json$/, with: ".csv")
        let version = table.split(separator: "/").dropLast(2).last.map(String.init) ?? "current"
        let file = "\(cache)/aws-\(name)-\(region)-\(safe(version)).csv"
        progress("AWS: \(name) of \(region), version \(version)")
        try download.get(
          base + (table.hasPrefix("/") ? "" : "/") + table, to: file, isKept: true,
          begins: ["\"FormatVersion\"", "FormatVersion", "sep=", "\"Disclaimer\""])
        files.append(file)
      }
    }
    return files
  }

  /// The path of each region's current version.
  private func awsVersions(_ index: String) throws(FindingsError) -> [String: String] {
    let object = try json(index)
    var entries: [[String: Any]] = []
    if let list = object["regions"] as? [[String: Any]] { entries = list }
    if let map = object["regions"] as? [String: [String: Any]] { entries = Array(map.values) }
    var versions: [String: String] = [:]
    for entry in entries {
      let path = entry["currentVersionUrl"] as? String ?? entry["versionUrl"] as? String
      if let region = entry["regionCode"] as? String, let path { versions[region] = path }
    }
    return versions
  }

  // MARK: Azure

  private func azure(
    _ regions: [String], _ progress: (String) -> Void
  ) throws(FindingsError) -> [String] {
    var files: [String] = []
    for region in regions {
      let filter = "serviceName eq 'Virtual Machines' and armRegionName eq '\(safe(region))'"
      var next: String? =
        "\(base)/api/retail/prices?api-version=2023-01-01-preview&$filter=" + escaped(filter)
      var page = 0
      while let url = next, page < Self.mostPages {
        page += 1
        let file = "\(cache)/azure-\(safe(region))-\(number(page)).json"
        progress("Azure: \(region), page \(page)")
        try download.get(url, to: file, isKept: isFresh(file), begins: ["{"])
        files.append(file)
        let link = try json(file)["NextPageLink"] as? String
        next = link.flatMap { $0.isEmpty ? nil : onBase($0) }
      }
    }
    return files
  }

  // MARK: Google

  private func google(_ progress: (String) -> Void) throws(FindingsError) -> [String] {
    guard let key = key ?? (base == source.base ? nil : "") else {
      throw PriceFetcher.failure(
        "no-key", "--fetch google", "Google's catalogue wants an API key (any project's, free)",
        "name it with --key, or export the price list as CSV in the console: plimsoll prices FILE")
    }
    var files: [String] = []
    var token = ""
    repeat {
      let file = "\(cache)/google-\(number(files.count + 1)).json"
      progress("Google: page \(files.count + 1)")
      // Compute Engine's number in the catalogue.
      var url = "\(base)/v1/services/6F81-5844-456A/skus?pageSize=5000"
      if !token.isEmpty { url += "&pageToken=" + escaped(token) }
      if !key.isEmpty { url += "&key=" + escaped(key) }
      try download.get(url, to: file, isKept: isFresh(file), begins: ["{"])
      files.append(file)
      token = try json(file)["nextPageToken"] as? String ?? ""
    } while !token.isEmpty && files.count < Self.mostPages
    return files
  }

  // MARK: Parts

  private func json(_ path: String) throws(FindingsError) -> [String: Any] {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    if let object = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] {
      return object
    }
    try? FileManager.default.removeItem(atPath: path + ".sum")
    throw PriceFetcher.failure(
      "not-json", path, "what was downloaded is no JSON object", "run the command again")
  }

  private func isFresh(_ path: String) -> Bool {
    let made =
      (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    return made.map { -$0.timeIntervalSinceNow < Self.freshness } ?? false
  }

  /// A link of the provider, on the mirror where there is one.
  private func onBase(_ link: String) -> String {
    guard let scheme = link.range(of: "://") else { return base + "/" + link }
    let rest = link[scheme.upperBound...].drop { $0 != "/" }
    return base + rest.replacing(":443", with: "").replacing(" ", with: "%20")
  }

  private func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
  }

  private func number(_ page: Int) -> String { String(("0000" + String(page)).suffix(4)) }

  /// What may be part of a file's name.
  private func safe(_ text: String) -> String {
    text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  private static func failure(
    _ rule: String, _ place: String, _ message: String, _ remedy: String
  ) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "fetch.\(rule)", place: place.printable, message: message, remedy: remedy)
    ])
  }
}
