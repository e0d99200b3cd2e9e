/// How a service of AWS sells and lists reservations of its nodes: a row of `Data/interfaces.csv`.
package struct ReservationInterface: Hashable, Sendable {
  package var service: Service
  /// Of the answer to describe-reserved: its list, and fields of an entry.
  package var list: String
  package var id: String
  package var type: String
  package var count: String
  package var payment: String
  /// Commands, and what the lookup's answer calls its list and an entry's identifier.
  package var describe: String
  package var purchase: String
  package var offerings: String
  package var offering: String
  package var offeringOption: String
  package var countOption: String
  /// The option that names a purchase; a second one of a name is refused. Empty where there is
  /// none.
  package var nameOption: String
  /// The fields that tell offerings apart by engine and by standby; empty where nothing does.
  package var engine: String
  package var deployment: String
  /// What Cost Explorer's recommendations call a reservation of it, and the fields that make its
  /// type.
  package var details: String
  package var detailsType: [String]

  package static let all: [ReservationInterface] = CatalogueTable(csv: InterfaceTable.csv).rows
    .compactMap { row in
      guard let service = Service(named: row["service"]) else { return nil }
      return ReservationInterface(
        service: service, list: row["list"], id: row["id"], type: row["type"], count: row["count"],
        payment: row["payment"], describe: row["describe"], purchase: row["purchase"],
        offerings: row["offerings"], offering: row["offering"],
        offeringOption: row["offering_option"], countOption: row["count_option"],
        nameOption: row["name"], engine: row["engine"], deployment: row["deployment"],
        details: row["details"], detailsType: row.list("details_type"))
    }

  /// The command that lists what is owned: `describe-reserved-nodes` next to the lookup's
  /// `describe-reserved-node-offerings`.
  package var listing: String {
    let name = describe.replacing("-offerings", with: "")
    return name.hasSuffix("s") ? name : name + "s"
  }

  /// Of a service; nil where its reservations are not sold by an interface of its own.
  package static func of(_ service: Service) -> ReservationInterface? {
    all.first { $0.service == service }
  }
}
