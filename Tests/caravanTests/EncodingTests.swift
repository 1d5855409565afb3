import Foundation
import Testing

@Suite("Bytes that are no UTF-8 are refused, never repaired")
struct EncodingTests {
    /// `Пр` in Windows-1251.
    private static let word = "\\317\\360"

    private func run(_ village: Village, _ script: String) throws -> Shell.Outcome {
        try Shell.run(
            "bash",
            [
                "-c",
                "caravan() { '\(Shell.command)' --home '\(village.home("a"))' \"$@\"; }; cd '\(village.folder.path)'; \(script)",
            ])
    }

    @Test("A replica that a program wrote anew in UTF-16 is named as such, and is whole again when written in UTF-8")
    func otherEncoding() throws {
        let village = try Village()
        let schema = village.folder.path + "/schema.sql"
        try "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);".write(
            toFile: schema, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", schema).status == 0)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'слово')")
        #expect(try village.caravan("a", "log").status == 0)
        let digest = try village.digest("a")
        try village.sqlite("a", "INSERT INTO t VALUES ('2', 'ещё')")
        let file = village.home("a") + "/replica.sqlite"
        let dump = "(echo \"PRAGMA encoding = 'UTF-16';\"; sqlite3 '\(file)' .dump)"
        let rewrite = "\(dump) | sqlite3 '\(file).new' && mv '\(file).new' '\(file)'"
        #expect(try Shell.run("sh", ["-c", rewrite]).status == 0)
        let refused = try village.caravan("a", "status")
        #expect(refused.status == 4)
        #expect(refused.err.contains("is in UTF-16le, and a replica is in UTF-8: nothing is lost"))
        let command = try #require(refused.err.split(separator: "`").dropFirst().first.map(String.init))
        #expect(try Shell.run("sh", ["-c", "\(command) && mv '\(file).utf8' '\(file)'"]).status == 0)
        #expect(try village.sqlite("a", "SELECT v FROM t ORDER BY id").lines == ["слово", "ещё"])
        #expect(try village.caravan("a", "log").out.contains("insert t 2  v=ещё"))
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        #expect(try village.digest("a") != digest)
    }

    @Test(
        "On standard input, in a file and in an argument: exit 2 with the place, and nothing is stored",
        arguments: [
            (
                "printf \"INSERT INTO project(id) VALUES ('x');\\nINSERT INTO project(id) VALUES ('\(word)')\" | caravan sql",
                "line 2 of standard input"
            ),
            ("caravan sql \"$(printf \"INSERT INTO project(id) VALUES ('\(word)')\")\"", "argument 4 is not UTF-8"),
            ("caravan resolve project x title_en --value \"$(printf \"'\(word)'\")\"", "argument 8 is not UTF-8"),
            ("caravan show project \"$(printf '\(word)')\" --json", "not UTF-8"),
            ("caravan at 1d -- \"$(printf \"SELECT '\(word)'\")\"", "not UTF-8"),
            (
                "printf \"CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT DEFAULT '\(word)');\" > s.sql; caravan schema apply s.sql",
                "line 1 of s.sql"
            ),
            ("printf '\\377\\376C\\000R\\000' > s.sql; caravan schema apply s.sql", "line 1 of s.sql"),
            (
                "printf 'CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);\\n\\000' > s.sql; caravan schema apply s.sql",
                "line 2 of s.sql has a NUL"
            ),
            ("CARAVAN_HOME=\"$(printf '/tmp/\(word)')\" caravan status", "CARAVAN_HOME is not UTF-8"),
        ])
    func refused(script: String, place: String) throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let outcome = try run(village, script)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.err.contains(place), "\(outcome)")
        #expect(outcome.out.isEmpty, "\(outcome)")
        #expect(try village.sqlite("a", "SELECT count(*) FROM project").out == "0\n")
    }

    @Test("A founding with such a file makes nothing; with a mark of the byte order it is as without")
    func founding() throws {
        let village = try Village()
        #expect(
            try run(
                village,
                "printf 'CREATE TABLE \(Self.word) (id TEXT NOT NULL PRIMARY KEY);' > s.sql; caravan init --schema s.sql"
            ).status == 2)
        #expect(!FileManager.default.fileExists(atPath: village.home("a")))
        #expect(
            try run(
                village,
                "printf '\\357\\273\\277CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);' > s.sql; caravan init --schema s.sql"
            ).status == 0)
        #expect(try run(village, "printf \"\\357\\273\\277INSERT INTO t VALUES ('ы')\" | caravan sql").status == 0)
        #expect(try village.sqlite("a", "SELECT id FROM t").out == "ы\n")
    }
}
