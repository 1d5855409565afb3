import Testing

@testable import SyncNode

@Suite("Names of nodes")
struct NodeNameTests {
    @Test(
        "A name that nobody sees, or that steers the text around it, is refused",
        arguments: [
            "", " ", "\u{A0}\u{3000}", "\u{200B}", "\u{2060}\u{FEFF}", "a\u{202E}nimda", "a\u{2066}b", "a\u{7}b",
            "a\nb", "\u{200F}x",
        ])
    func refused(name: String) {
        #expect(throws: NodeError.self) { try NodeName.checked(name) }
    }

    @Test(
        "A name of any script is a name",
        arguments: ["urumqi", "乌鲁木齐", "ئۈرۈمچى", "می\u{200C}خواهم", "Үрүмчи 2", "👩\u{200D}🌾", "e\u{301}"])
    func taken(name: String) throws {
        #expect(try NodeName.checked(name) == name)
    }
}
