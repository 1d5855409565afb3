import Testing

@testable import ReplicaModel

@Suite("Names are bytes")
struct IdentifierTests {
    @Test("Two names are equal if their bytes are, and SQLite takes them for one if they differ in capitals of ASCII")
    func equality() {
        let composed = Identifier("\u{439}")
        let decomposed = Identifier("\u{438}\u{306}")
        #expect(composed.text == decomposed.text, "Swift takes the texts for one")
        #expect(composed != decomposed)
        #expect(!composed.isSame(as: decomposed))
        #expect(Set([composed, decomposed]).count == 2)
        #expect(Identifier("Kurs").isSame(as: "kURS"))
        #expect(!Identifier("Город").isSame(as: "город"))
        #expect(!Identifier("\u{212A}").isSame(as: "k"), "the sign of Kelvin is no k")
        #expect(Identifier("ŞEHİR").folded == "Şehİr")
        #expect(Identifier(bytes: [0xFF]) != Identifier(bytes: [0xFE]))
    }

    @Test("The order of names is that of their bytes")
    func order() {
        let names: [Identifier] = ["z", "e\u{301}", "é", "Z", "", "a"]
        #expect(names.sorted().map(\.bytes) == [[], [0x5A], [0x61], [0x65, 0xCC, 0x81], [0x7A], [0xC3, 0xA9]])
    }

    @Test("A definition that differs only in how Unicode writes its text is another")
    func texts() {
        func check(_ text: String) -> CheckDefinition { CheckDefinition(name: nil, expression: "c <> '\(text)'") }
        #expect(check("é") == check("é"))
        #expect(check("\u{E9}") != check("e\u{301}"))
        #expect(Set([check("\u{E9}"), check("e\u{301}")]).count == 2)
        let terms: [IndexDefinition.Term] = [.expression("'\u{E9}'"), .expression("'e\u{301}'")]
        #expect(terms[0] != terms[1])
        #expect(Scope("\u{E9}") != Scope("e\u{301}"))
    }

    @Test(
        "The affinity of a type is read from letters of ASCII, wherever they stand",
        arguments: ["int\u{301}", "xINTx", "point"])
    func affinity(type: String) {
        #expect(Affinity(declared: type) == .integer)
        #expect(Affinity(declared: "\u{131}nt") == .numeric)
    }
}
