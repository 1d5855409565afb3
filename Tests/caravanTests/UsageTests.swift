import Foundation
import Testing

@Suite("Whatever is typed wrong is answered by one sentence and 2")
struct UsageTests {
    private static let wrong: [(words: [String], sentence: String)] = [
        (["nope"], "there is no command `nope`: `caravan --help`"),
        (["peer", "nope"], "there is no command `peer nope`: `caravan peer --help`"),
        (["schema", "nope", "x"], "there is no command `schema nope`"),
        (["member", ""], "there is no command `member `"), (["STATUS"], "there is no command `STATUS`"),
        (["help", "nope"], "there is no command `nope`: `caravan --help`"),
        (["help", "schema", "aply"], "there is no command `schema aply` (did you mean apply?)"),
        (["--nope"], "Unknown option '--nope'"), (["status", "--nope"], "Unknown option '--nope'"),
        (["status", "extra"], "Unexpected argument 'extra'"), (["status", "--json=x"], "--json"),
        (["peer", "add"], "`caravan peer add --help`"), (["show", "project"], "Missing expected argument '<key>'"),
        (["log", "--since"], "Missing value for '--since <since>'"),
        (["resolve", "project", "x", "city", "--value"], "Missing value for '--value <literal>'"),
        (["resolve", "project", "x", "city", "--take"], "Missing value for '--take <shown|site>'"),
        (["invite", "--role", "king"], "one of 'admin', 'member' or 'reader'"),
        (["conflicts", "--kind", "x\ny"], "x\\ny"), (["backup", "--home"], "Missing value for '--home <dir>'"),
    ]

    @Test("Words that are not understood: the word, and the command whose help says more", arguments: wrong.indices)
    func words(index: Int) throws {
        let (words, sentence) = Self.wrong[index]
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + words)
        #expect(outcome.status == 2)
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.hasPrefix("caravan: "))
        #expect(outcome.err.contains(sentence), "\(outcome.err)")
        #expect(outcome.err.filter { $0 == "\n" }.count == 1, "\(outcome.err)")
        let json = try Shell.run(
            Shell.command, ["--home", village.home("a")] + words.dropLast() + ["--json"] + words.suffix(1))
        #expect(json.status == 2)
        let error = try village.json(Shell.Outcome(status: 2, out: json.err, err: ""))
        #expect(error.count == 1)
        #expect(error.first?["error"] as? String == "usage")
    }

    @Test("A --home without its folder, before the command, says what it lacks")
    func home() throws {
        let outcome = try Shell.run(Shell.command, ["--home"])
        #expect(outcome.status == 2)
        #expect(outcome.err == "caravan: --home needs the node's folder behind it\n")
    }

    @Test("Help is help, wherever the folder stands")
    func help() throws {
        for words in [
            ["--home", "/x", "help"], ["--home", "/x", "--help"], ["--home", "/x", "peer"],
            ["--home=/x", "help", "peer"],
            ["peer", "add", "--home", "/x", "--help"],
        ] {
            let outcome = try Shell.run(Shell.command, words)
            #expect(outcome.status == 0, "\(words): \(outcome.err)")
            #expect(outcome.out.contains("USAGE: caravan"), "\(words)")
        }
    }

    @Test("An argument as long as can be is not said back in full")
    func long() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let word = String(repeating: "x", count: 100_000)
        for words in [
            [word], ["status", word], ["sync", word], ["show", word, word], ["show", "project", word],
            ["log", "--since", word], ["sql", word],
            ["resolve", "project", "x", "city", "--value", word],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + words)
            #expect(outcome.status == 2, "\(words[0].prefix(20))")
            #expect(outcome.err.utf8.count < 5_000)
            #expect(outcome.err.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test("A record that was deleted is told from one that nobody ever wrote")
    func absent() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        #expect(try village.caravan("a", "sql", "INSERT INTO project(id) VALUES ('gone')").status == 0)
        #expect(try village.caravan("a", "sql", "DELETE FROM project").status == 0)
        let (gone, never) = (
            try village.caravan("a", "show", "project", "gone"), try village.caravan("a", "show", "project", "never")
        )
        #expect(gone.status == 2)
        #expect(gone.err.contains("`caravan history`"))
        #expect(never.status == 2)
        #expect(never.err.contains("nobody ever wrote"))
        #expect(!never.err.contains("history"))
    }
}
