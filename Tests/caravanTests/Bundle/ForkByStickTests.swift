import Foundation
import Testing

@Suite("A feed that went two ways, between nodes that meet by sticks alone")
struct ForkByStickTests {
    private func exchange(_ village: Village, _ node: String, _ stick: String, _ words: String...) throws {
        let folder = village.home(stick)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let done = try Shell.run(
            Shell.command, ["--home", village.home(node), "bundle", "exchange", folder] + words)
        #expect(done.status <= 1, "\(done.err)")
    }

    private func shell(_ village: Village, _ script: String) throws {
        try village.done(Shell.run("bash", ["-ec", "cd '\(village.folder.path)'; \(script)"]))
    }

    /// `b` writes `one` and `two`, of which `a` hears, returns to the image of its whole disk from before, and writes
    /// `other`, of which `c` hears.
    private func forked() throws -> Village {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        try village.insert("b", "before")
        for node in ["a", "b", "c", "a", "b", "c"] { try exchange(village, node, "first") }
        try village.done(village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)"))
        try shell(village, "cp -r b image")
        for id in ["one", "two"] {
            try village.insert("b", id)
            try exchange(village, "a", "second")
            try exchange(village, "b", "second")
            try exchange(village, "a", "second")
        }
        try village.done(village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)"))
        try shell(village, "rm -f b/*-wal b/*-shm; for f in image/*; do [ -d $f ] || cat $f > b/${f##*/}; done")
        try village.insert("b", "other")
        for node in ["c", "b", "c"] { try exchange(village, node, "third") }
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "3\n")
        #expect(try village.sqlite("c", "SELECT id FROM t ORDER BY id").lines == ["before", "other"])
        return village
    }

    private func agree(_ village: Village, _ nodes: [String]) throws {
        #expect(Set(try nodes.map(village.digest)).count == 1)
        for node in nodes {
            #expect(
                try village.sqlite(node, "SELECT id FROM t ORDER BY id").lines == [
                    "before", "of a", "one", "other", "two",
                ])
            #expect(try village.caravan(node, "verify", "--deep").status == 0)
            let told = try village.json(village.caravan(node, "doctor", "--json")).filter {
                $0["kind"] as? String == "fork"
            }
            #expect(told.count == 1, "\(node)")
        }
        let status = try village.object(village.caravan(nodes[0], "status", "--json"))
        let vector = try #require(status["versionVector"] as? [String: Int])
        #expect(vector.keys.count { $0.contains("~") } == 2)
    }

    @Test("What lacks another way is kept and named, and one request brings what is missing")
    func beside() throws {
        let village = try forked()
        func site(_ node: String) throws -> String {
            try #require(try village.object(village.caravan(node, "status", "--json"))["site"] as? String)
        }
        let (site, other) = (try site("a"), try site("b"))
        // Of the feed that went two ways what comes behind the number at which it did.
        let beyond = "\"\(other)\": 2"
        try village.insert("a", "w1")
        try village.done(
            village.caravan("a", "bundle", "export", village.onStick("first"), "--since", "{\(beyond)}"))
        let vector = try village.object(village.caravan("a", "status", "--json"))["versionVector"] as? [String: Int]
        let own = try #require(vector?[site])
        try village.insert("a", "w2")
        try village.done(
            village.caravan(
                "a", "bundle", "export", village.onStick("second"), "--since", "{\"\(site)\": \(own), \(beyond)}"))
        let shown = try village.object(village.caravan("c", "bundle", "inspect", village.onStick("second"), "--json"))
        let told = try village.object(village.caravan("c", "bundle", "import", village.onStick("second"), "--json"))
        #expect(told["waiting"] as? Int == 2)
        let missing = try #require(told["missing"] as? [String: Int])
        #expect(shown["missing"] as? [String: Int] == missing)
        let hash = try #require(missing.keys.first { $0.hasPrefix("\(other)~") }?.split(separator: "~").last)
        let sentence = "missing: alliance of b~\(hash.prefix(12)) up to 2"
        #expect(try village.caravan("c", "bundle", "inspect", village.onStick("second")).out.contains(sentence))
        #expect(try village.caravan("c", "bundle", "import", village.onStick("second")).out.contains(sentence))
        #expect(missing.filter { $0.key.hasPrefix("\(other)~") }.map(\.value) == [2], "\(missing)")
        let first = try village.object(village.caravan("c", "bundle", "import", village.onStick("first"), "--json"))
        #expect(first["held"] as? Int == 2)
        try village.done(village.caravan("c", "bundle", "request", village.onStick("ask")))
        try village.done(
            village.caravan("a", "bundle", "export", village.onStick("third"), "--to", village.onStick("ask")))
        let last = try village.object(village.caravan("c", "bundle", "import", village.onStick("third"), "--json"))
        #expect(last["waiting"] as? Int == 0)
        #expect((last["missing"] as? [String: Any])?.isEmpty == true)
        let kept = try FileManager.default.contentsOfDirectory(atPath: village.home("c") + "/bundles")
        #expect(!kept.contains { $0.hasSuffix(".waiting") }, "\(kept)")
        try village.done(village.caravan("a", "bundle", "request", village.onStick("back")))
        try village.done(
            village.caravan("c", "bundle", "export", village.onStick("fourth"), "--to", village.onStick("back")))
        try village.done(village.caravan("a", "bundle", "import", village.onStick("fourth")))
        #expect(try village.digest("c") == village.digest("a"))
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        // Of a file that has both ways each is named, and what is common once.
        try village.done(village.caravan("a", "bundle", "export", village.onStick("all"), "--all"))
        let all = try village.object(village.caravan("c", "bundle", "inspect", village.onStick("all"), "--json"))
        let spans = try #require(all["feeds"] as? [String: [String: Int]]).filter { $0.key.hasPrefix(other) }
        #expect(spans[other] == ["from": 1, "to": 1], "\(spans)")
        #expect(spans.filter { $0.key.contains("~") }.values.map { $0["to"] }.sorted { $0 ?? 0 < $1 ?? 0 } == [2, 3])
        #expect((all["missing"] as? [String: Int])?.isEmpty == true)
    }

    @Test("Sticks alone bring both ways to everybody, and the node of whose feed they are goes on")
    func mended() throws {
        let village = try forked()
        try village.insert("a", "of a")
        for node in ["a", "c", "a", "c", "a"] { try exchange(village, node, "fourth") }
        try agree(village, ["a", "c"])
        for node in ["b", "a", "b"] { try exchange(village, node, "fifth") }
        try agree(village, ["a", "b", "c"])
        try village.insert("b", "later")
        for node in ["b", "c", "b", "c"] { try exchange(village, node, "sixth") }
        #expect(try village.sqlite("c", "SELECT count(*) FROM t WHERE id = 'later'").out == "1\n")
        #expect(try village.digest("c") == village.digest("b"))
        // What everybody has is written no more.
        for node in ["c", "b", "c", "b"] { try exchange(village, node, "sixth") }
        let written = try FileManager.default.subpathsOfDirectory(atPath: village.home("sixth"))
        #expect(written.count { $0.hasSuffix(".caravan") } == 2, "\(written)")
    }
}
