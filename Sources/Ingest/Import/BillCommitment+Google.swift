import CloudCosts

extension HistoryCommitment {
  /// Google commits to vCPUs and GiB of a series; here a commitment counts machines. The shape is
  /// the one whose memory for each vCPU is nearest, the size its smallest. `quantity` is vCPUs
  /// before.
  ///
  /// - Parameters:
  ///   - meter: `Commitment v1: N2 Cpu in Americas for 1 Year`.
  ///   - memory: GiB; nil where the bill does not say it.
  mutating func countMachines(meter: String, memory: Double?) {
    guard let processors = quantity, processors > 0 else { return }
    guard let memory, let resource = GoogleResource(description: meter),
      let type = (GoogleMachineTypes.types[resource.series] ?? []).min(by: { a, b in
        let distances = [a, b].map { abs($0.memory / $0.processors - memory / processors) }
        return (distances[0], a.processors, a.name) < (distances[1], b.processors, b.name)
      })
    else {
      quantity = nil
      return
    }
    instanceType = type.name
    operatingSystem = "Linux"
    tenancy = "default"
    quantity = processors / type.processors
  }
}
