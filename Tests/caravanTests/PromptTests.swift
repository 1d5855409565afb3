import Foundation
import Testing

@Suite("The prompt of `caravan sql`")
struct PromptTests {
    /// Types at a terminal, step by step, and gives what stood on it.
    private func type(
        _ steps: [(typed: String, seen: String)], at node: String, of village: Village, words: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Shell.Outcome {
        let typist = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Terminal/typist.py").path
        let told = try JSONSerialization.data(withJSONObject: steps.map { [$0.typed, $0.seen] })
        let command = [Shell.command, "--home", village.home(node), "sql"] + words
        return try Shell.run(
            "python3", [typist, String(decoding: told, as: UTF8.self)] + command,
            environment: ["TERM": "xterm"].merging(environment) { $1 })
    }

    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found(
            "a", others: [],
            schema: "CREATE TABLE course (id TEXT NOT NULL PRIMARY KEY, name_zh TEXT, hours INTEGER)")
        try village.sqlite("a", "INSERT INTO course VALUES ('1', '焊接', 40), ('2', 'e\u{301}lectricité', 8)")
        return village
    }

    @Test("A statement takes several lines and ends with a semicolon, but for one in a text; its rows are aligned")
    func statements() throws {
        let outcome = try type(
            [
                ("", "caravan> "), ("SELECT name_zh, hours, ';\n", "\\.\\.\\.> "),
                ("' AS x FROM course ORDER BY id\n", "\\.\\.\\.> "), (";\n", "8 (.|\n)*caravan> "), (".quit\n", "quit"),
            ], at: "a", of: try village())
        #expect(outcome.status == 0, "\(outcome.out)")
        #expect(outcome.out.contains("name_zh      hours  x\n"))
        #expect(outcome.out.contains("焊接         40     ;\\n\n"))
        #expect(outcome.out.contains("e\u{301}lectricité  8      ;\\n\n"))
    }

    @Test("What it writes is sealed, and an error ends nothing")
    func errors() throws {
        let village = try village()
        let outcome = try type(
            [
                ("", "caravan> "), ("SELECT hour FROM course;\n", "did you mean hours(.|\n)*caravan> "),
                ("UPDATE course SET hours = 9;\n", "caravan> "), ("\u{4}", "\n"),
            ], at: "a", of: village)
        #expect(outcome.status == 0, "\(outcome.out)")
        #expect(try village.caravan("a", "status", "--json").out.contains("\"pending\":0"))
        #expect(try village.caravan("a", "sql", "SELECT hours FROM course").lines == ["9", "9"])
    }

    @Test("Tab completes tables, and columns of the tables that the statement names")
    func completion() throws {
        let village = try village()
        let outcome = try type(
            [
                ("", "caravan> "), ("SELECT count(*) || 'n' FROM cou\t;\n", "2n(.|\n)*caravan> "),
                ("UPDATE course SET ho\t= 7 WHERE course.i\t= '1';\n", "caravan> "),
                (".sch\tcour\t\n", "CREATE TABLE \"course\"(.|\n)*caravan> "), ("\u{4}", "\n"),
            ], at: "a", of: village)
        #expect(outcome.status == 0, "\(outcome.out)")
        #expect(try village.caravan("a", "sql", "SELECT hours FROM course ORDER BY id").lines == ["7", "8"])
    }

    @Test("Several names that fit are listed")
    func several() throws {
        let village = try village()
        try village.sqlite("a", "CREATE TABLE country (code TEXT)")
        let outcome = try type(
            [
                ("", "caravan> "), ("SELECT 'x' FROM cou\t", "country +course|course +country"),
                ("rse;\n", "x(.|\n)*caravan> "), ("\u{4}", "\n"),
            ], at: "a", of: village)
        #expect(outcome.status == 0, "\(outcome.out)")
    }

    @Test(
        "What stands from BEGIN to its end is run together: ROLLBACK takes it back, COMMIT keeps it, Ctrl-C forgets it",
        arguments: [("ROLLBACK", 2), ("COMMIT", 0), ("rollback to s; release s", 2), ("\u{3}", 2)])
    func transactions(end: String, left: Int) throws {
        let village = try village()
        let begin = end.contains("release") ? "SAVEPOINT s" : "/* ; */ begin"
        let isTyped = end != "\u{3}"
        let outcome = try type(
            [
                ("", "caravan> "), ("\(begin);\n", "from BEGIN to COMMIT(.|\n)*\\.\\.\\.> "),
                ("DELETE FROM course;\n", "\\.\\.\\.> "),
                (isTyped ? end + ";\n" : end, "caravan> "),
                ("SELECT 'rows ' || count(*) FROM course;\n", "rows \\d(.|\n)*caravan> "), ("\u{4}", "\n"),
            ], at: "a", of: village)
        #expect(outcome.status == 0, "\(outcome.out)")
        #expect(try village.caravan("a", "sql", "SELECT count(*) FROM course").lines == ["\(left)"])
    }

    @Test("Ctrl-C takes back what is being typed, and Ctrl-D ends")
    func interrupted() throws {
        let village = try village()
        let outcome = try type(
            [
                ("", "caravan> "), ("DELETE FROM\n", "\\.\\.\\.> "), ("course", "course"), ("\u{3}", "caravan> "),
                ("SELECT 'still';\n", "still\n(.|\n)*caravan> "), ("\u{4}", "\n"),
            ], at: "a", of: village)
        #expect(outcome.status == 0, "\(outcome.out)")
        #expect(try village.caravan("a", "sql", "SELECT count(*) FROM course").lines == ["2"])
    }

    @Test("What was typed is there the next time, in a file that its owner alone may read")
    func history() throws {
        let village = try village()
        let first = try type(
            [("", "caravan> "), ("SELECT 'ear' || 'lier';\n", "earlier(.|\n)*caravan> "), ("\u{4}", "\n")], at: "a",
            of: village)
        #expect(first.status == 0, "\(first.out)")
        let file = village.home("a") + "/sql-history"
        let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        let again = try type(
            [("", "caravan> "), ("\u{1B}[A\n", "earlier\n(.|\n)*caravan> "), ("\u{4}", "\n")], at: "a", of: village)
        #expect(again.status == 0, "\(again.out)")
    }

    @Test("Dots begin commands: the tables, how they are defined, help; another is refused with the one that was meant")
    func commands() throws {
        let village = try village()
        let outcome = try type(
            [
                ("", "caravan> "), (".tables\n", "course(.|\n)*caravan> "),
                (".schema coarse\n", "did you mean course(.|\n)*caravan> "),
                (".tabels\n", "did you mean .tables(.|\n)*caravan> "), (".help\n", "semicolon(.|\n)*caravan> "),
                (".exit\n", "exit"),
            ], at: "a", of: village)
        #expect(outcome.status == 0, "\(outcome.out)")
    }

    @Test("It speaks the language of its user, and with --json gives objects")
    func language() throws {
        let village = try village()
        let russian = try type(
            [("", "caravan> "), ("SELECT x FROM course;\n", "нет столбца: x(.|\n)*caravan> "), ("\u{4}", "\n")],
            at: "a", of: village,
            environment: ["LC_ALL": "ru_RU.UTF-8"])
        #expect(russian.status == 0, "\(russian.out)")
        let json = try type(
            [("", "caravan> "), ("SELECT 1 AS one;\n", "\\{\"one\":1\\}(.|\n)*caravan> "), ("\u{4}", "\n")], at: "a",
            of: village,
            words: ["--json"])
        #expect(json.status == 0, "\(json.out)")
    }
}
