/// How busy one machine was, hour by hour; columns of equal length.
package struct UtilizationSeries: Hashable, Sendable {
  package var resource: Resource
  /// Ascending, without duplicates; an hour that is absent is an hour the machine did not run.
  package var hours: [Hour]
  /// The busiest moment of the hour, in percent of all processors; NaN where only the mean is
  /// known.
  package var cpuMax: [Double]
  /// The hour's mean, in percent.
  package var cpuAvg: [Double]
  /// In percent; NaN where no one measured it (providers do not see a guest's memory by
  /// themselves).
  package var memoryMax: [Double]
  /// In percent; NaN where no one measured it.
  package var memoryAvg: [Double]
  /// Megabit per second at the hour's busiest moment, in and out together; NaN where unknown.
  /// Empty: no one measured it.
  package var networkMax: [Double] = []
  /// Megabyte per second to network disks at the hour's busiest moment; as `networkMax`.
  package var diskMax: [Double] = []

  /// - Precondition: the columns are as long as `hours`.
  package init(
    resource: Resource, hours: [Hour], cpuMax: [Double], cpuAvg: [Double], memoryMax: [Double],
    memoryAvg: [Double]
  ) {
    precondition(
      [cpuMax.count, cpuAvg.count, memoryMax.count, memoryAvg.count]
        .allSatisfy { $0 == hours.count })
    self.resource = resource
    self.hours = hours
    self.cpuMax = cpuMax
    self.cpuAvg = cpuAvg
    self.memoryMax = memoryMax
    self.memoryAvg = memoryAvg
  }
}

/// The utilisation of all machines that somebody measured.
package struct UtilizationHistory: Sendable {
  /// In the order of the resources' ids, one series a resource.
  package var series: [UtilizationSeries]
  /// Machines of which nothing was measured.
  package var unmeasured: [Resource] = []

  package init(series: [UtilizationSeries]) { self.series = series }
}
