/// One of the scopes that a list of Azure applies a reservation or a plan to:
/// `/subscriptions/ID`, `/subscriptions/ID/resourceGroups/NAME`, or an id alone.
struct AzureScope {
  /// Nil where it names none.
  var subscription: String?
  var resourceGroup: String?

  init(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    if parts.count > 1, parts[0].lowercased() == "subscriptions" {
      subscription = AzureSubscription.id(parts[1])
    } else if parts.count == 1 {
      subscription = AzureSubscription.id(parts[0])
    }
    if parts.count > 3, parts[2].lowercased() == "resourcegroups" { resourceGroup = parts[3] }
  }
}
