import Foundation
import Testing

@Suite("A record is shown with what it refers to and what refers to it")
struct ShowTests {
    private func village() throws -> Village {
        let village = try Village()
        let file = village.folder.appendingPathComponent("s.sql")
        try """
        CREATE TABLE country (id TEXT NOT NULL PRIMARY KEY, name TEXT);
        CREATE TABLE school (id TEXT NOT NULL PRIMARY KEY, country TEXT REFERENCES country(id), parent TEXT REFERENCES school(id));
        CREATE TABLE pair (a TEXT NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b));
        CREATE TABLE link (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER, FOREIGN KEY (a, b) REFERENCES pair(a, b));
        """.write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", file.path).status == 0)
        try village.sqlite(
            "a",
            """
            INSERT INTO country VALUES ('UZ', 'Uzbekistan'), ('KZ', NULL); INSERT INTO pair VALUES ('x', -1);
            INSERT INTO school VALUES ('s1', 'UZ', NULL), ('s2', 'UZ', 's1'); INSERT INTO link VALUES ('l', 'x', -1);
            """)
        return village
    }

    private func members(_ village: Village, _ table: String, _ key: String) throws -> [String: Any] {
        try #require(try village.json(village.caravan("a", "show", "--json", table, key)).first)
    }

    @Test("References are listed both ways, those of several columns too")
    func links() throws {
        let village = try village()
        let school = try members(village, "school", "s2")
        let targets = school["refersTo"] as? [[String: Any]] ?? []
        #expect(targets.map { $0["table"] as? String } == ["country", "school"])
        #expect(targets.map { $0["key"] as? [String] } == [["UZ"], ["s1"]])
        #expect(targets.map { $0["columns"] as? [String] } == [["country"], ["parent"]])
        let country = try members(village, "country", "UZ")
        #expect((country["refersTo"] as? [Any])?.isEmpty == true)
        let referrers = country["referredBy"] as? [[String: Any]] ?? []
        #expect(referrers.map { $0["table"] as? String } == ["school"])
        #expect(referrers.first?["column"] as? String == "country")
        #expect(referrers.first?["keys"] as? [[String]] == [["s1"], ["s2"]])
        #expect(referrers.first?["more"] as? Bool == false)
        #expect((try members(village, "country", "KZ")["referredBy"] as? [Any])?.isEmpty == true)
        let pair = try members(village, "pair", "[\"x\",-1]")["referredBy"] as? [[String: Any]] ?? []
        #expect(pair.first?["keys"] as? [[String]] == [["l"]])
        let text = try village.caravan("a", "show", "school", "s1").out
        #expect(text.contains("refers to row UZ of country by country"))
        #expect(text.contains("row s2 of school refers to it by parent"))
    }

    @Test("A key that begins with a dash is told where to stand")
    func dash() throws {
        let village = try village()
        let outcome = try village.caravan("a", "show", "pair", "-5")
        #expect(outcome.status == 2)
        #expect(outcome.err.contains("words that begin with a dash stand behind `--`"), "\(outcome)")
        #expect(!(try village.caravan("a", "show", "pair").err.contains("dash")))
    }

    @Test("A statement that leaves a reference without its row is told which, and changes nothing")
    func dangling() throws {
        let village = try village()
        let entered = try village.caravan("a", "sql", "INSERT INTO school VALUES ('s3', 'XX', NULL)")
        #expect(entered.status == 2)
        #expect(entered.err.contains("school refers to a row that does not exist"), "\(entered)")
        let removed = try village.caravan("a", "sql", "DELETE FROM country WHERE id = 'UZ'")
        #expect(removed.status == 2)
        #expect(removed.err.contains("another row refers to this one of country"), "\(removed)")
        #expect(
            try village.sqlite("a", "SELECT count(*) FROM school UNION ALL SELECT count(*) FROM country").out
                == "2\n2\n")
    }
}
