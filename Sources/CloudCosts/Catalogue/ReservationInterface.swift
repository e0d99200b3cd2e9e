/// How a service of AWS sells and lists reservations of its nodes: a row of `Data/interfaces.csv`.
public struct ReservationInterface: Hashable, Sendable {
  public var service: Service
  /// Of the answer to describe-reserved: its list, and fields of an entry.
  public var list: String
  public var id: String
  public var type: String
  public var count: String
  public var payment: String
  /// Commands, and what the lookup's answer calls its list and an entry's identifier.
  public var describe: String
  public var purchase: String
  public var offerings: String
  public var offering: String
  public var offeringOption: String
  public var countOption: String
  /// The option that names a purchase; a second one of a name is refused. Empty where there is
  /// none.
  public var nameOption: String
  /// The fields that tell offerings apart by engine and by standby; empty where nothing does.
  public var engine: String
  public var deployment: String
  /// What Cost Explorer's recommendations call a reservation of it, and the fields that make its
  /// type.
  public var details: String
  public var detailsType: [String]

  public static let all: [ReservationInterface] = CatalogueTable(csv: InterfaceTable.csv).rows
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
  public var listing: String {
    let name = describe.replacing("-offerings", with: "")
    return name.hasSuffix("s") ? name : name + "s"
  }

  /// Of a service; nil where its reservations are not sold by an interface of its own.
  public static func of(_ service: Service) -> ReservationInterface? {
    all.first { $0.service == service }
  }
}
