import CloudCosts

/// Azure's export of reservation recommendations as CSV (Microsoft Learn, "Reservation
/// recommendations file schema", 2023-05-01): the list's fields as columns, with blanks in some of
/// a customer agreement's.
extension RecommendationReader {
  /// - Returns: whether it is one.
  func readTable() -> Bool {
    do {
      var reader = try CSVReader(file)
      try reader.findDelimiter()
      guard try reader.next() == .record else { return false }
      let names = (0..<reader.count).map { reader[$0].text.filter { $0 != " " } }
      guard names.contains(where: { $0.lowercased() == "recommendedquantity" }) else {
        return false
      }
      reader.expectedFields = names.count
      while true {
        switch try reader.next() {
        case .end: return true
        case .unusable:
          leaveOut(
            "missing-field", reader.line, "the row cannot be read",
            "export the recommendation again")
        case .record:
          let members = names.indices.map {
            JSONValue.Member(key: names[$0], value: .string(reader[$0].text))
          }
          entry(.object(members), line: reader.line)
        }
      }
    } catch {
      log.add(error)
      return true
    }
  }
}
