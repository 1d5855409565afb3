import Foundation
import Testing

@Suite("Many reports settled by one command")
struct ResolveAllTests {
    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, name TEXT, code TEXT UNIQUE, note TEXT);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id) ON DELETE CASCADE);
        """

    private func rows(_ village: Village, _ sql: String, at nodes: [String] = ["a", "b"]) throws -> Set<String> {
        Set(try nodes.map { try village.sqlite($0, sql).out })
    }

    private func changesets(_ node: String, _ village: Village) throws -> Int {
        try village.caravan(node, "log", "--site", node, "--json").lines.count
    }

    @Test("Two lists entered apart are merged in one changeset: the row that was first stays, with what the other had")
    func merged() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite(
            "a",
            "INSERT INTO p VALUES ('z1', 'n', '1', NULL), ('z2', 'n', '2', 'x'), ('z3', 'n', '3', 'same'); "
                + "INSERT INTO c VALUES ('ca', 'z1')")
        #expect(try village.caravan("a", "status").status == 0)
        try village.sqlite(
            "b",
            "INSERT INTO p VALUES ('b1', 'n', '1', 'more'), ('b2', 'n', '2', 'y'), ('b3', 'n', '3', 'same'); "
                + "INSERT INTO c VALUES ('cb', 'b1')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        let listed = try changesets("b", village)
        let dry = try village.caravan("b", "resolve", "--all", "--kind", "duplicate", "--merge", "--dry-run")
        #expect(dry.out.hasPrefix("2 settled, 1 left\n  p b2  duplicate: the rows differ in note"))
        #expect(dry.status == 1)
        #expect(try village.sqlite("b", "SELECT count(*) FROM p").out == "6\n")
        let settled = try village.json(village.caravan("b", "resolve", "--all", "--merge", "--json"))
        #expect(settled.first?["settled"] as? Int == 2)
        #expect((settled.first?["left"] as? [[String: Any]])?.map { $0["kind"] as? String } == ["duplicate"])
        #expect(try changesets("b", village) == listed + 1)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(
            try rows(village, "SELECT id, note FROM p ORDER BY code, id") == ["z1|more\nb2|y\nz2|x\nz3|same\n"])
        #expect(try rows(village, "SELECT id, p FROM c ORDER BY id") == ["ca|z1\ncb|z1\n"])
        #expect(try village.caravan("b", "conflicts", "--json").lines.count == 1)
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("Cells take what is shown, or what one site wrote, and rows that were deleted and edited apart stay")
    func taken() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO p VALUES ('1', 'n', '1', ''), ('2', 'n', '2', ''), ('3', 'n', '3', '')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try village.sqlite("b", "UPDATE p SET name = 'b', note = 'b' WHERE id <> '3'; DELETE FROM p WHERE id = '3'")
        try village.sqlite("a", "UPDATE p SET name = 'a'")
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.caravan("b", "conflicts", "--json").lines.count == 3)
        let byName = try village.caravan("b", "resolve", "--all", "--kind", "cell", "--take", "a")
        #expect(byName.out == "2 settled\n")
        #expect(try village.sqlite("b", "SELECT name, note FROM p ORDER BY id").out == "a|b\na|b\na|\n")
        #expect(try village.caravan("b", "resolve", "--all", "--table", "p", "--take", "shown").out == "1 settled\n")
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] { #expect(try village.caravan(node, "conflicts", "--check").status == 0) }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("Of one report that has many sides people are told the first ten, and programs all")
    func many() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Self.schema)
        try village.sqlite("a", "INSERT INTO p VALUES ('1', 'n', '1', '')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try village.sqlite("a", "DELETE FROM p")
        let rows = (10..<22).map { "('\($0)', '1')" }.joined(separator: ", ")
        try village.sqlite("b", "INSERT INTO c VALUES \(rows)")
        #expect(try village.caravan("b", "sync", address).status == 0)
        let text = try village.caravan("b", "conflicts", "--kind", "kept")
        #expect(text.lines.count { $0.hasPrefix("  referred to by c ") } == 10)
        #expect(text.lines.contains("  … and 2 more"))
        let json = try village.json(village.caravan("b", "conflicts", "--kind", "kept", "--json"))
        #expect((json.first?["referredBy"] as? [Any])?.count == 12)
    }

    @Test("Options that do not go together are refused")
    func refused() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Self.schema)
        for words in [
            ["--all"], ["--all", "--take", "shown", "--merge"], ["p", "1", "--all", "--merge"], ["--merge"],
            ["--kind", "cell"], ["--all", "--take", "nobody"], ["--all", "--merge", "--table", "none"],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a"), "resolve"] + words)
            #expect(outcome.status == 2, "\(words): \(outcome.err)")
        }
    }
}
