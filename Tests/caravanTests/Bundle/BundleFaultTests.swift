import Foundation
import Testing

@Suite("Carried files that are named or come in a way nobody expects")
struct BundleFaultTests {
    let village: Village

    init() throws {
        village = try Village()
        try village.foundApart("a", others: ["b"])
    }

    private func path(_ name: String) -> String { village.folder.path + "/" + name }

    private func feed(_ node: String) throws -> String {
        let log = try village.json(village.caravan(node, "log", "--json"))
        return try #require(log.first { $0["scope"] as? String == "alliance" }?["feed"] as? String)
    }

    @Test(
        "A number that no changeset can have ends in a sentence, wherever it is written",
        arguments: ["140737488355328", "9223372036854775808", "18446744073709551615"])
    func numbers(seq: String) throws {
        try village.insert("a", "1")
        let feed = try feed("a")
        for words in [
            ["bundle", "export", path("f"), "--since", "{\"\(feed)\":\(seq)}"],
            ["at", "{\"\(feed)\":\(seq)}", "SELECT * FROM t"], ["undo", "\(feed):\(seq)"],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + words)
            #expect(outcome.status == 2, "\(words): \(outcome.err)")
            #expect(!outcome.err.isEmpty, "\(words)")
        }
        let highest = try village.caravan(
            "a", "bundle", "export", path("f"), "--since", "{\"\(feed)\":140737488355327}")
        #expect(highest.status == 0, "\(highest.err)")
    }

    @Test("Another node's version vector may name feeds that are unknown here: they take nothing away")
    func unknownFeed() throws {
        for node in ["a", "b"] { try village.insert(node, "of \(node)") }
        let other = try feed("b")
        try village.done(village.caravan("a", "bundle", "export", path("f"), "--since", "{\"\(other)\":1}"))
        try village.done(village.caravan("b", "bundle", "import", path("f")))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "2\n")
    }

    @Test(
        "A name that no feed can have is refused: else a slip of the pen writes everything, or nothing",
        arguments: ["x", "", "{}0", "{}.", "{}.0", "{}.G", "{}.11111111111111111", "{}~1", " {}", "{}.1~"])
    func noFeed(name: String) throws {
        try village.insert("a", "1")
        let vector = "{\"\(name.replacing("{}", with: try feed("a")))\":1}"
        for words in [["bundle", "export", path("f"), "--since", vector], ["at", vector, "SELECT 1"]] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + words)
            #expect(outcome.status == 2, "\(words): \(outcome.err)")
            #expect(outcome.err.contains("is no name of a feed"), "\(words): \(outcome.err)")
        }
        #expect(!FileManager.default.fileExists(atPath: path("f")))
    }

    @Test("The status is the same with --json and without")
    func status() throws {
        try Data("junk".utf8).write(to: URL(fileURLWithPath: path("junk")))
        for files in [[path("junk"), path("nothing")], [path("nothing"), path("junk")]] {
            for words in [[], ["--json"]] {
                let outcome = try Shell.run(
                    Shell.command, ["--home", village.home("a"), "bundle", "import"] + files + words)
                #expect(outcome.status == 3, "\(files) \(words)")
            }
        }
    }

    @Test("Whom it is for may be a file, and what is wrong with that is said")
    func forFile() throws {
        try Data().write(to: URL(fileURLWithPath: path("empty.q")))
        for (file, word) in [("empty.q", "is not"), ("nothing.q", "is not there")] {
            let outcome = try village.caravan("a", "bundle", "export", path("f"), "--to", path(file))
            #expect(outcome.status == 2 || outcome.status == 3, "\(outcome.err)")
            #expect(outcome.err.contains(word), "\(outcome.err)")
            #expect(!outcome.err.contains("no member"), "\(outcome.err)")
        }
    }

    @Test("Many small files that come last first are taken in the order of what they need")
    func reversed() throws {
        let feed: String
        try village.insert("a", "0")
        feed = try self.feed("a")
        var files: [String] = []
        for number in 0..<30 {
            try village.insert("a", "row \(number)")
            files.append(path("\(number).caravan"))
            try village.done(
                village.caravan("a", "bundle", "export", files[number], "--since", "{\"\(feed)\":\(number + 1)}"))
        }
        for file in files.reversed() {
            #expect(try village.caravan("b", "bundle", "import", file).status == 1)
        }
        try village.done(village.caravan("a", "bundle", "export", path("first"), "--all"))
        #expect(try village.caravan("b", "bundle", "import", path("first")).status == 0)
        #expect(try village.digest("b") == village.digest("a"))
        let kept = try FileManager.default.contentsOfDirectory(atPath: village.home("b") + "/bundles")
        #expect(kept.isEmpty, "\(kept)")
    }

    @Test("What a command that was killed had begun to write is swept by the next one that writes there")
    func swept() throws {
        let part = path(".caravan-part-0123")
        try Data("half".utf8).write(to: URL(fileURLWithPath: part))
        try village.done(village.caravan("a", "bundle", "export", path("f"), "--all"))
        #expect(!FileManager.default.fileExists(atPath: part))
    }
}
