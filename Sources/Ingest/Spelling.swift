/// Guesses what somebody meant to write.
package enum Spelling {
  /// The candidate that takes the fewest slips (a letter left out, put in, replaced, or swapped
  /// with its neighbour) to become `word`; nil where none is near. The first of several equals
  /// wins.
  ///
  /// Near is at most a third of the longer word's letters, and at least one.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      let limit = max(1, max(word.count, candidate.count) / 3)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// The Damerau–Levenshtein distance, in its form of optimal string alignment. Time: the product
  /// of the lengths.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      for j in b.indices {
        var least = min(last[j + 1] + 1, current[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        current.append(least)
      }
      beforeLast = last
      last = current
    }
    return last[b.count]
  }
}
