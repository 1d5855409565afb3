import Foundation
import Testing

@Suite("Names that were mistyped")
struct AdviceTests {
    @Test(
        "A command, an option, a table, a column, a peer and a member that there is not are refused with the near one")
    func near() throws {
        let village = try Village()
        _ = try village.found(
            "urumqi", others: ["osh"],
            schema: "CREATE TABLE course (id TEXT NOT NULL PRIMARY KEY, name TEXT, hours INTEGER)")
        try village.sqlite("osh", "INSERT INTO course VALUES ('1', 'x', 2)")
        let asked: [([String], String)] = [
            (["staus"], "did you mean status?"), (["peer", "lst"], "did you mean list?"),
            (["status", "--jsn"], "Did you mean '--json'?"), (["show", "cuorse", "1"], "did you mean course?"),
            (["history", "coursse", "1"], "did you mean course?"),
            (["conflicts", "--table", "Corse"], "did you mean course?"),
            (["log", "--table", "courses"], "did you mean course?"),
            (["resolve", "course", "1", "nmae", "--take", "shown"], "did you mean name?"),
            (["resolve", "curse", "1", "--keep-row"], "did you mean course?"),
            (["sql", "SELECT * FROM coure"], "did you mean course?"),
            (["sql", "SELECT hors FROM course"], "did you mean hours?"),
            (["repair", "coursw"], "did you mean course?"), (["schema", "rebuild", "coursw"], "did you mean course?"),
            (["schema", "names", "coursw"], "did you mean course?"), (["sync", "urumki"], "did you mean urumqi?"),
            (["peer", "remove", "urumki"], "did you mean urumqi?"),
            (["member", "role", "ohs", "reader"], "did you mean osh?"),
            (["log", "--site", "urumq"], "did you mean urumqi?"),
        ]
        for (words, advice) in asked {
            let outcome = try Shell.run(Shell.command, words + ["--home", village.home("osh")])
            #expect(outcome.status == 2, "\(words): \(outcome.err)")
            #expect(outcome.err.contains(advice), "\(words): \(outcome.err)")
        }
    }

    @Test("Where none is near there is no advice")
    func far() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v)")
        for words in [["frobnicate"], ["show", "zebra", "1"], ["sql", "SELECT * FROM zebra"], ["sync", "zebra"]] {
            let outcome = try Shell.run(Shell.command, words + ["--home", village.home("a")])
            #expect(outcome.status == 2, "\(words)")
            #expect(!outcome.err.lowercased().contains("did you mean"), "\(outcome.err)")
        }
    }
}
