import Foundation
import Testing

@Suite("Bundles, from outside")
struct BundleTests {
    let village: Village

    init() throws {
        village = try Village()
        try village.foundApart("a", others: ["b", "c"])
    }

    private func path(_ name: String) -> String { village.folder.appendingPathComponent(name).path }

    private func export(_ node: String, _ name: String, _ arguments: String...) throws {
        let command = ["--home", village.home(node), "bundle", "export", path(name)] + arguments
        try village.done(try Shell.run(Shell.command, command))
    }

    private func error(_ outcome: Shell.Outcome) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(outcome.err.utf8)) as? [String: Any]
        return object?["error"] as? String ?? ""
    }

    @Test("Brings what is lacked, whatever its writer had not sealed; comes again without effect; and is told before")
    func brings() throws {
        try village.insert("a", "1")
        try export("a", "for-b", "--to", "b")
        let inspected = try village.object(village.caravan("b", "bundle", "inspect", path("for-b"), "--json"))
        #expect(inspected["encrypted"] as? Bool == false)
        #expect((inspected["for"] as? [String])?.count == 1)
        #expect((inspected["feeds"] as? [String: Any])?.count == 1)
        #expect((inspected["missing"] as? [String: Any])?.isEmpty == true)
        let before = try village.digest("b")
        #expect(before != (try village.digest("a")))
        let taken = try village.object(village.caravan("b", "bundle", "import", path("for-b"), "--json"))
        #expect(taken["held"] as? Int ?? 0 > 0)
        #expect(taken["waiting"] as? Int == 0)
        #expect(try village.digest("b") == village.digest("a"))
        let again = try village.object(village.caravan("b", "bundle", "import", path("for-b"), "--json"))
        #expect(again["held"] as? Int == 0)
        #expect(again["known"] as? Int == inspected["changesets"] as? Int)
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }

    @Test("What comes out of order waits, what is missing is named, and it is taken once that came")
    func order() throws {
        try village.insert("a", "1")
        try village.done(village.caravan("a", "bundle", "export", path("first"), "--all"))
        let vector = try village.object(village.caravan("a", "status", "--json"))["versionVector"] as? [String: Int]
        let since = String(decoding: try JSONSerialization.data(withJSONObject: vector ?? [:]), as: UTF8.self)
        try village.insert("a", "2")
        try export("a", "second", "--since", since)
        let early = try village.caravan("b", "bundle", "import", path("second"), "--json")
        #expect(early.status == 1)
        let missing = try village.object(early)["missing"] as? [String: Int]
        #expect(missing == vector)
        #expect(try village.object(early)["waiting"] as? Int == 1)
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "0\n")
        #expect(try village.caravan("b", "bundle", "import", path("first")).status == 0)
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("Several are taken at once, in any order, and one that is refused keeps none from being taken")
    func several() throws {
        try village.insert("a", "1")
        try export("a", "1", "--to", "b")
        try village.insert("c", "2")
        try export("c", "2", "--all")
        try Data("no bundle".utf8).write(to: URL(fileURLWithPath: path("3")))
        let outcome = try village.caravan("b", "bundle", "import", path("3"), path("2"), path("1"))
        #expect(outcome.status == 3)
        #expect(outcome.err.contains("is not a file that caravan wrote"))
        #expect(try village.sqlite("b", "SELECT group_concat(id) FROM (SELECT id FROM t ORDER BY id)").out == "1,2\n")
    }

    @Test("What this node needs is written for the next carrier, and read by whoever exports")
    func request() throws {
        try village.insert("a", "1")
        try village.done(village.caravan("b", "bundle", "request", path("b.request")))
        try export("a", "exact", "--to", path("b.request"))
        let told = try village.object(village.caravan("b", "bundle", "inspect", path("exact"), "--json"))
        #expect((told["lacks"] as? [String: Any])?.isEmpty == (told["feeds"] as? [String: Any])?.isEmpty)
        try village.done(village.caravan("b", "bundle", "import", path("exact")))
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("Altered, cut, of another alliance, of a retired member or newer: refused whole with one sentence")
    func refused() throws {
        try village.insert("a", "1")
        try export("a", "good", "--all")
        let good = try Data(contentsOf: URL(fileURLWithPath: path("good")))
        var altered = good
        altered[good.count / 2] ^= 1
        var newer = good
        // Behind the magic, the head of the head, its array and its kind.
        newer[try #require(good.firstRange(of: Data([0x83, 0x01, 0x02]))?.lowerBound) + 2] = 3
        let other = try Village()
        try other.foundApart("x", others: [])
        try village.insert("c", "of c")
        try export("c", "of-retired", "--all")
        try village.done(village.caravan("b", "bundle", "import", path("good")))
        try village.done(village.caravan("a", "member", "retire", "c"))
        try export("a", "cut-of-c", "--to", "b")
        try village.done(village.caravan("b", "bundle", "import", path("cut-of-c")))
        let digest = try village.digest("b")
        try other.done(other.caravan("x", "bundle", "export", path("of-others"), "--all"))
        for (name, content, word) in [
            ("altered", altered, "altered"), ("cut", good.dropLast(30), "cut"), ("empty", Data(), "cut"),
            ("newer", newer, "newer-version"), ("of-others", nil, "wrong-alliance"), ("of-retired", nil, "retired"),
        ] {
            if let content { try Data(content).write(to: URL(fileURLWithPath: path(name))) }
            let outcome = try village.caravan("b", "bundle", "import", path(name), "--json")
            #expect(outcome.status == 3, "\(name)")
            #expect(try error(outcome) == word, "\(name): \(outcome.err)")
        }
        #expect(try village.digest("b") == digest)
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }

    @Test(
        "A file that stood there stays where the new one cannot be written, and one of somebody else is never replaced")
    func never() throws {
        try Data("a thesis".utf8).write(to: URL(fileURLWithPath: path("thesis")))
        #expect(try village.caravan("a", "bundle", "export", path("thesis"), "--all").status == 2)
        #expect(try String(contentsOfFile: path("thesis"), encoding: .utf8) == "a thesis")
        #expect(try village.caravan("a", "bundle", "export", path("no/where"), "--all").status == 4)
        try export("a", "again", "--all")
        try export("a", "again", "--all")
        #expect(try village.caravan("b", "bundle", "import", path("again")).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: village.folder.path).allSatisfy {
                !$0.hasPrefix(".caravan-part-")
            })
    }

    @Test("Wrong words end with 2 and say what to write")
    func usage() throws {
        for words in [
            ["export", path("f")], ["export", path("f"), "--all", "--to", "b"],
            ["export", path("f"), "--to", "nobody"],
            ["export", path("f"), "--to", "a"], ["export", path("f"), "--all", "--encrypt"],
            ["export", path("f"), "--since", "{"], ["import", path("not-there")], ["exchange", path("not-there")],
            ["exchange", village.stick, "--max-bytes", "much"], ["inspect", village.stick],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a"), "bundle"] + words)
            #expect(outcome.status == 2, "\(words): \(outcome.err)")
            #expect(!outcome.err.isEmpty, "\(words)")
        }
    }

    @Test("What is encrypted is read by those it is for alone, and carried by others")
    func encrypted() throws {
        try village.insert("a", "secret")
        try export("a", "sealed", "--to", "b", "--encrypt")
        let outside = try village.object(village.caravan("c", "bundle", "inspect", path("sealed"), "--json"))
        #expect(outside["encrypted"] as? Bool == true)
        #expect(outside["changesets"] is NSNull)
        let carried = try village.object(village.caravan("c", "bundle", "import", path("sealed"), "--json"))
        #expect(carried["carried"] as? Int == 1)
        #expect(carried["held"] as? Int == 0)
        #expect(try village.sqlite("c", "SELECT count(*) FROM t").out == "0\n")
        let content = try Data(contentsOf: URL(fileURLWithPath: path("sealed")))
        #expect(content.range(of: Data("secret".utf8)) == nil)
        let inside = try village.object(village.caravan("b", "bundle", "inspect", path("sealed"), "--json"))
        #expect(inside["changesets"] as? Int ?? 0 > 0)
        try village.done(village.caravan("b", "bundle", "import", path("sealed")))
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("A program that was written from the article reads them, encrypted ones with the reader's key")
    func independent() throws {
        try village.insert("a", "1")
        try export("a", "plain", "--to", "b", "c")
        try export("a", "sealed", "--to", "b", "c", "--encrypt")
        try village.done(village.caravan("a", "bundle", "request", path("request")))
        let seed = try String(contentsOfFile: village.home("c") + "/identity.key", encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines)
        let inspected = try village.object(village.caravan("c", "bundle", "inspect", path("plain"), "--json"))
        for (words, kind) in [
            ([path("plain")], 1), ([path("sealed"), seed], 1), ([path("sealed")], 3), ([path("request")], 2),
        ] {
            let outcome = try read(words)
            #expect(outcome.status == 0, "\(words): \(outcome.out)\(outcome.err)")
            let told = try village.object(outcome)
            #expect(told["kind"] as? Int == kind)
            #expect(told["alliance"] as? String == inspected["alliance"] as? String)
            if kind == 1 { #expect(told["changesets"] as? Int == inspected["changesets"] as? Int) }
        }
        var altered = try Data(contentsOf: URL(fileURLWithPath: path("plain")))
        altered[altered.count - 100] ^= 1
        try altered.write(to: URL(fileURLWithPath: path("altered")))
        #expect(try read([path("altered")]).status == 1)
    }

    private func read(_ words: [String]) throws -> Shell.Outcome {
        let program = PeerTests.root.appendingPathComponent("Tests/Peer/bundle.py").path
        return try Shell.run("python3", [program] + words, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    }
}
