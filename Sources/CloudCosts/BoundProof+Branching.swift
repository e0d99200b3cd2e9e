extension BoundProof {
  /// A proof by cases: what is bought of a family is either at most an amount or at least that, or
  /// a whole number is at most one or at least the next, and so on in each of the two. The
  /// multipliers of each case prove a bound of its own, and the least of them holds for all plans.
  ///
  /// It is needed where a limit is not convex: how much purchases for everything use depends on
  /// what narrower purchases use of each hour (`min_utilization`).
  package struct Branching: Hashable, Sendable {
    /// The first is the root; each split comes before its parts.
    package var nodes: [Node]
    package var remainders: [Remainder]

    package init(nodes: [Node], remainders: [Remainder]) {
      self.nodes = nodes
      self.remainders = remainders
    }

    package enum Node: Hashable, Sendable {
      case split(Split)
      case leaf(Leaf)
    }

    /// Where a node falls in two.
    package struct Split: Hashable, Sendable {
      package var amount: Amount
      package var at: Double
      /// The node in which the amount is at most that, and a whole one no more than its whole part.
      package var below: Int
      /// The node in which it is at least that, and a whole one the next.
      package var above: Int

      package init(amount: Amount, at: Double, below: Int, above: Int) {
        (self.amount, self.at, self.below, self.above) = (amount, at, below, above)
      }
    }

    /// What cases tell apart.
    package enum Amount: Hashable, Sendable {
      /// What is bought of a family, as a share of the most that is used enough.
      case family(Family)
      /// How many are bought of an instrument that comes in whole units.
      case units(of: Int)
    }

    /// Purchases of a family that are active in the same hours.
    package struct Family: Hashable, Sendable {
      /// The position of those hours among all such ranges of hours.
      package var range: Int
      /// The family's own pool.
      package var pool: Int

      package init(range: Int, pool: Int) {
        (self.range, self.pool) = (range, pool)
      }
    }

    /// A row that holds in a node and all below it: purchases of a pool for everything use no more
    /// than narrower ones leave. It is made where so much is bought.
    package struct Remainder: Hashable, Sendable {
      package var node: Int
      package var wide: Family
      package var capacity: Double
      package var pools: [Int]
      /// One for each of `pools`.
      package var bought: [Double]

      package init(node: Int, wide: Family, capacity: Double, pools: [Int], bought: [Double]) {
        (self.node, self.wide, self.capacity) = (node, wide, capacity)
        (self.pools, self.bought) = (pools, bought)
      }
    }

    /// What proves the bound of a case.
    package struct Leaf: Hashable, Sendable {
      package var rows: [RowMultiplier]
      package var uses: [UseMultiplier]
      package var held: [HeldMultiplier]
      package var remainders: [Multiplier]
      package var cuts: [StretchMultiplier]
      package var pathWeights: [Double]

      package init(
        rows: [RowMultiplier], uses: [UseMultiplier], held: [HeldMultiplier],
        remainders: [Multiplier], cuts: [StretchMultiplier], pathWeights: [Double]
      ) {
        (self.rows, self.uses, self.held) = (rows, uses, held)
        (self.remainders, self.cuts, self.pathWeights) = (remainders, cuts, pathWeights)
      }
    }

    /// Of the limits within which an amount lies.
    package struct HeldMultiplier: Hashable, Sendable {
      package var amount: Amount
      package var value: Double

      package init(amount: Amount, value: Double) {
        (self.amount, self.value) = (amount, value)
      }
    }

    /// Of one of `remainders`.
    package struct Multiplier: Hashable, Sendable {
      package var row: Int
      package var value: Double

      package init(row: Int, value: Double) {
        (self.row, self.value) = (row, value)
      }
    }
  }
}
