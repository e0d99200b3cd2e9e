extension BoundProof {
  /// A proof of a limit on whether things are bought at all (`max_purchases`, `min_purchase`):
  /// given the price that the widest pools ask in each hour, clusters are alone, and what each of
  /// them costs at least with so many purchases is proven by cases. The least sum of these that the
  /// limit allows is the bound.
  package struct Switching: Hashable, Sendable {
    /// In the order of the tree: a split, all of its part without the purchase, all of the other.
    package var nodes: [Node]

    package init(nodes: [Node]) { self.nodes = nodes }

    package enum Node: Hashable, Sendable {
      /// Whether an instrument of the widest pools is bought.
      case split(instrument: Int)
      case leaf(Case)
    }

    /// What proves the bound of a case.
    package struct Case: Hashable, Sendable {
      package var rows: [RowMultiplier]
      /// The price of the widest pools in each hour: the mean of theirs at the proof's points.
      package var prices: [StretchMultiplier]
      /// The capacities at which cuts of the clusters were made.
      package var looked: [[Double]]
      /// Of each cluster.
      package var clusters: [[ClusterNode]]

      package init(
        rows: [RowMultiplier], prices: [StretchMultiplier], looked: [[Double]],
        clusters: [[ClusterNode]]
      ) {
        (self.rows, self.prices) = (rows, prices)
        (self.looked, self.clusters) = (looked, clusters)
      }
    }

    /// In the order of a tree, as `nodes`.
    package enum ClusterNode: Hashable, Sendable {
      /// Whether an instrument of the cluster is bought.
      case split(instrument: Int)
      case leaf([CutMultiplier])
    }

    /// Of the cluster's cut at one of `looked`.
    package struct CutMultiplier: Hashable, Sendable {
      package var look: Int
      package var value: Double

      package init(look: Int, value: Double) { (self.look, self.value) = (look, value) }
    }
  }
}
