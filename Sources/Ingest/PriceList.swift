import CloudCosts

/// A price file: its rows with their lines, and what it tells of instance types beside prices.
public struct PriceList: Sendable {
  /// In the order of the file.
  public var rows: [PriceRow]
  /// For each row its line.
  public var lines: [Int]
  /// The sizes of instance types, where the file has the columns `vcpu` and `memory_gib`.
  public var sizes: [MachineType: MachineSize]
  /// The file, as its user calls it.
  public var file: String

  public init(
    rows: [PriceRow], lines: [Int], sizes: [MachineType: MachineSize] = [:], file: String
  ) {
    self.rows = rows
    self.lines = lines
    self.sizes = sizes
    self.file = file
  }

  /// What can be bought, for the judge and the optimizer.
  public func book(currency: String = "USD") -> PriceBook {
    PriceBook(rows: rows, currency: currency)
  }
}

/// An instance type of a provider; its size is the same in every region.
public struct MachineType: Hashable, Sendable {
  public var provider: Provider
  public var name: String

  public init(provider: Provider, name: String) {
    self.provider = provider
    self.name = name
  }
}

/// What a machine has to work with.
public struct MachineSize: Hashable, Sendable {
  /// Virtual processors.
  public var vcpus: Double
  public var memoryGiB: Double

  public init(vcpus: Double, memoryGiB: Double) {
    self.vcpus = vcpus
    self.memoryGiB = memoryGiB
  }
}
