import Foundation
import Testing

@Suite("Conflicts in pages")
struct ConflictPagesTests {
    /// Two nodes that wrote two columns of each of eight rows apart, and five rows that are equal in a UNIQUE.
    private func village() throws -> Village {
        let village = try Village()
        let address = try village.found(
            "a", others: ["b"],
            schema: """
                CREATE TABLE t (id TEXT NOT NULL, part INTEGER NOT NULL, v TEXT, w TEXT, PRIMARY KEY (id, part));
                CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, number TEXT UNIQUE);
                """)
        try village.sqlite(
            "a",
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)
            INSERT INTO t SELECT 'r' || (i / 3), i, 'x', 'x' FROM n
            """)
        #expect(try village.caravan("b", "sync", address).status == 0)
        for node in ["a", "b"] {
            try village.sqlite(node, "UPDATE t SET v = '\(node)', w = '\(node)'")
            try village.sqlite(
                node,
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)
                INSERT INTO u SELECT '\(node)' || i, 'n' || i FROM n
                """)
        }
        #expect(try village.caravan("b", "sync", address).status == 0)
        return village
    }

    private func next(_ outcome: Shell.Outcome) throws -> String? {
        guard let line = outcome.err.split(separator: "\n").first(where: { $0.contains("\"notice\":\"more\"") }) else {
            return nil
        }
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        return object?["after"]
    }

    @Test(
        "Page by page they are the list, none twice and none left out, whatever the length of a page",
        arguments: [1, 2, 3, 7, 30])
    func pages(_ limit: Int) throws {
        let village = try village()
        let all = try village.caravan("b", "conflicts", "--json").lines
        #expect(all.count == 21)
        var listed: [String] = []
        var after: String?
        repeat {
            let words = ["conflicts", "--json", "--limit", "\(limit)"] + (after.map { ["--after", $0] } ?? [])
            let page = try Shell.run(Shell.command, ["--home", village.home("b")] + words)
            #expect(page.status == 0, "\(page.err)")
            #expect(page.lines.count <= limit)
            listed += page.lines
            after = try next(page)
        } while after != nil && listed.count < 50
        #expect(listed == all)
    }

    @Test("A page of one kind or one table goes on with that")
    func chosen() throws {
        let village = try village()
        let first = try village.caravan("b", "conflicts", "--json", "--kind", "duplicate", "--limit", "3")
        let after = try #require(try next(first))
        let rest = try village.caravan(
            "b", "conflicts", "--json", "--kind", "duplicate", "--limit", "3", "--after", after)
        let all = try village.caravan("b", "conflicts", "--json", "--kind", "duplicate").lines
        #expect(all.count == 5)
        #expect(first.lines + rest.lines == all)
        #expect(try next(rest) == nil)
    }

    @Test("What people read ends with the command for the next page, which goes on where the page ended")
    func people() throws {
        let village = try village()
        let page = try village.caravan("b", "conflicts", "--table", "t", "--limit", "5").out
        let command = try #require(page.split(separator: "\n").last)
        #expect(command.hasPrefix("more: caravan --home "))
        let shell = command.dropFirst("more: caravan".count)
        let next = try Shell.run("sh", ["-c", "\(Shell.command)\(shell)"])
        #expect(next.status == 0, "\(next.err)")
        #expect(!page.contains("(r1, 3)  w"))
        #expect(next.out.contains("(r1, 3)  w"))
        #expect(next.out.contains("--table t --limit 5 --after"))
    }

    @Test("What was settled between two pages keeps nothing from being listed")
    func settled() throws {
        let village = try village()
        let all = try village.caravan("b", "conflicts", "--json", "--table", "t").lines
        let first = try village.caravan("b", "conflicts", "--json", "--table", "t", "--limit", "3")
        let after = try #require(try next(first))
        #expect(try village.caravan("b", "resolve", "t", "[\"r0\", 2]", "v", "--take", "shown").status == 0)
        let rest = try village.caravan("b", "conflicts", "--json", "--table", "t", "--after", after).lines
        #expect(rest == Array(all.dropFirst(3)))
    }

    @Test(
        "What is no place is refused, and so is one of a table that is not there",
        arguments: ["", "x", "[1]", #"["z",["1"],"cell","v"]"#])
    func refused(_ place: String) throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v)")
        let outcome = try village.caravan("a", "conflicts", "--after", place)
        #expect(outcome.status == 2)
        #expect(outcome.err.contains(place.hasPrefix("[\"z") ? "begin anew" : "is no place in the list"))
    }

    @Test("What another program settled a moment ago is not listed any more, and what is shown is what the table has")
    func settledElsewhere() throws {
        let village = try village()
        try village.sqlite(
            "b", "UPDATE t SET v = 'c'; UPDATE t SET w = 'c' WHERE part > 1; DELETE FROM u WHERE id LIKE 'a%'")
        let left = try village.caravan("b", "conflicts", "--check", "--json")
        #expect(left.status == 1)
        #expect(left.lines.count == 1)
        try village.sqlite("b", "UPDATE t SET w = 'c'")
        let none = try village.caravan("b", "conflicts", "--check")
        #expect(none.status == 0)
        #expect(none.out == "no conflicts\n")
    }

    @Test("The command that is named for equal rows keeps the first, with what the other alone has")
    func namedCommand() throws {
        let village = try Village()
        let address = try village.found(
            "a", others: ["b"],
            schema: "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, number TEXT UNIQUE, name TEXT, place TEXT)")
        try village.sqlite("a", "INSERT INTO u VALUES ('d', 'n', NULL, 'Almaty')")
        try village.sqlite("b", "INSERT INTO u VALUES ('e', 'n', 'named', 'Osh')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        let advice = try #require(try village.caravan("b", "conflicts").lines.last { $0.contains("settle it: ") })
        #expect(advice.hasSuffix("resolve u e --merge-into d"), "\(advice)")
        #expect(try village.caravan("b", "resolve", "u", "e", "--merge-into", "d").status == 0)
        #expect(try village.sqlite("b", "SELECT * FROM u").out == "d|n|named|Almaty\n")
    }
}
