import Foundation
import Testing

@Suite("The same list comes in at two nodes that are apart")
struct ImportApartTests {
    private let village: Village
    private let address: String

    init() throws {
        village = try Village()
        address = try village.found("a", others: ["b"])
    }

    /// Takes in a list of institutions.
    private func bring(_ node: String, _ text: String) throws {
        let file = village.folder.appendingPathComponent("list.csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        try village.done(village.caravan(node, "import", file.path, "--table", "institution"))
    }

    private func names(_ node: String) throws -> [String] {
        try village.sqlite(node, "SELECT name_en || ' ' || ifnull(city, '-') FROM institution ORDER BY 1").lines
    }

    @Test("Each row is there once when they meet, in whatever order its columns stand, and nothing is to be settled")
    func once() throws {
        try bring("a", "name_en,city,kind\nFirst,Osh,university\nSecond,,college\n")
        try bring("b", "kind,name_en,city\nuniversity,First,Osh\ncollege,Second,\nuniversity,Third,Naryn\n")
        try village.done(village.caravan("b", "sync", address))
        for node in ["a", "b"] {
            #expect(try names(node) == ["First Osh", "Second -", "Third Naryn"])
            #expect(try village.caravan(node, "conflicts", "--check").status == 0)
        }
        #expect(try village.digest("a") == village.digest("b"))
        let keys = try village.sqlite("a", "SELECT count(*) FROM institution WHERE id GLOB '????????-????-8*'")
        #expect(keys.out == "3\n")
    }

    @Test("Who has changed a row since keeps it; the list once more makes another row of another key, as it always did")
    func changed() throws {
        let text = "name_en,city,kind\nFirst,Osh,university\n"
        try bring("a", text)
        #expect(try village.sqlite("a", "UPDATE institution SET city = 'Jalal-Abad'").status == 0)
        try bring("a", text)
        #expect(try names("a") == ["First Jalal-Abad", "First Osh"])
        try bring("b", text)
        try village.done(village.caravan("b", "sync", address))
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("b", "SELECT count(*) FROM institution WHERE name_en = 'First'").out == "2\n")
    }
}
