extension SKU {
  /// vCPUs of a machine; nil where its type does not tell.
  ///
  /// AWS: half of the normalised units from `medium` on (large 4: 2 vCPUs; EC2 user guide, instance
  /// types); the T families have 2 at least, T2 1 up to small. Azure: the number in the size's
  /// name. Google: its machine types.
  package var processors: Double? {
    guard service.isMachines else { return nil }
    switch provider {
    case .aws: return awsProcessors
    case .azure:
      let digits = instanceType.drop { !$0.isNumber }.prefix { $0.isNumber }
      return Double(digits)
    case .gcp:
      return GoogleMachineTypes.types.values.joined().first { $0.name == instanceType }?.processors
    }
  }

  private var awsProcessors: Double? {
    guard let units = NormalizationFactor.units(of: instanceType) else { return nil }
    if family == "t2" { return units <= 1 ? 1 : max(2, units / 2) }
    if family.hasPrefix("t") { return max(2, units / 2) }
    return units >= 2 ? units / 2 : 1
  }
}
