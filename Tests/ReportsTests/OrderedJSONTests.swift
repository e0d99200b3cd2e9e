import Testing

@testable import Reports

/// A document in pieces is the document.
@Suite struct OrderedJSONTests {
  private struct Part: Encodable {
    var name: String
    var numbers: [Int] = []
    var parts: [Part]?
    var nothing: Int?
  }

  /// Containers that are filled next to others, and a value that is encoded as another.
  private struct Nested: Encodable {
    enum Key: String, CodingKey { case first, list, inner, last }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Part(name: "a", parts: [Part(name: "b")]), forKey: .first)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      var inner = container.nestedContainer(keyedBy: Key.self, forKey: .inner)
      try inner.encode(1, forKey: .first)
      try list.encode(Part(name: "c"))
      try container.encode([[1, 2], []], forKey: .last)
      try list.encode(2)
      try list.encodeNil()
      try inner.encodeNil(forKey: .last)
    }
  }

  private struct Wrapped: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(Nested())
    }
  }

  private static let nested = """
    {
      "first": {
        "name": "a",
        "numbers": [],
        "parts": [
          {
            "name": "b",
            "numbers": []
          }
        ]
      },
      "list": [
        {
          "name": "c",
          "numbers": []
        },
        2,
        null
      ],
      "inner": {
        "first": 1,
        "last": null
      },
      "last": [
        [1, 2],
        []
      ]
    }

    """

  @Test func containersInAnyOrder() throws {
    #expect(try OrderedJSON.text(Nested()) == Self.nested)
    #expect(try OrderedJSON.text(Wrapped()) == Self.nested)
    #expect(try OrderedJSON.text([1, 2]) == "[1, 2]\n")
    #expect(try OrderedJSON.text([Part]()) == "[]\n")
    #expect(try OrderedJSON.text("a") == "\"a\"\n")
  }

  /// What waits is a piece, and never the document.
  @Test func aLongDocumentComesInShortPieces() throws {
    let parts = (0..<20_000).map { Part(name: "part \($0)", numbers: [$0, 1]) }
    let document = Part(name: "long", parts: [Part(name: "first", parts: parts), Part(name: "x")])
    var pieces: [String] = []
    try OrderedJSON.write(document) { pieces.append($0) }
    let text = try OrderedJSON.text(document)
    #expect(text.utf8.count > 1_000_000)
    #expect(pieces.joined() == text)
    #expect(pieces.allSatisfy { $0.utf8.count < 100_000 })
  }
}
