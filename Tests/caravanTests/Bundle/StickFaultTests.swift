import Foundation
import Testing

@Suite("A stick on which something went wrong")
struct StickFaultTests {
    private func exchange(_ village: Village, _ node: String, _ words: String...) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick] + words)
    }

    private func ours(_ village: Village) throws -> String {
        let name = try FileManager.default.contentsOfDirectory(atPath: village.stick).first {
            $0.hasPrefix("caravan-")
        }
        return village.onStick(try #require(name))
    }

    private func rights(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("Files whose only readers belong no more are deleted, and have no room that others need")
    func forRetired() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "c"] { #expect(try exchange(village, node).status == 0) }
        try village.insert("a", "1")
        #expect(try exchange(village, "a").status == 0)
        #expect(try village.carried().filter { !$0.contains("/ask-") }.count >= 2)
        try village.done(village.caravan("a", "member", "retire", "c"))
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        let left = try village.carried().filter { !$0.contains("/ask-") }
        #expect(left.isEmpty, "\(left)")
    }

    @Test("Encrypted ones likewise, on the stick and at whoever carries them")
    func sealedForRetired() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "c", "a"] { #expect(try exchange(village, node).status == 0) }
        try village.insert("a", "1")
        for node in ["a", "b"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        #expect(try village.carried().contains { $0.contains("/sealed-") })
        try village.done(village.caravan("a", "member", "retire", "c"))
        for node in ["a", "b", "a", "b"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        let left = try village.carried().filter { !$0.contains("/ask-") }
        #expect(left.isEmpty, "\(left)")
        let kept = (try? FileManager.default.contentsOfDirectory(atPath: village.home("b") + "/bundles")) ?? []
        #expect(kept.isEmpty, "\(kept)")
    }

    @Test("An encrypted file that the stick has spoilt is put right by whoever carries it", arguments: [0, 100, -1])
    func spoiltSealed(left: Int) throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "d"])
        #expect(try exchange(village, "b").status == 0)
        try village.insert("a", "secret")
        for node in ["a", "d"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        let sealed = try village.carried().filter { $0.contains("/sealed-") }
        #expect(!sealed.isEmpty)
        for path in sealed {
            var content = try Data(contentsOf: URL(fileURLWithPath: path))
            if left < 0 { content[content.count - 100] ^= 1 } else { content = content.prefix(left) }
            try content.write(to: URL(fileURLWithPath: path))
        }
        #expect(try exchange(village, "d", "--encrypt").status <= 1)
        #expect(try exchange(village, "d", "--encrypt").status == 0)
        #expect(try exchange(village, "b", "--encrypt").status == 0)
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("What the stick has spoilt and nobody there has is told once, and deleted; other people's files never are")
    func toldOnce() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for node in ["a", "b"] { #expect(try exchange(village, node).status == 0) }
        let folder = try ours(village)
        let spoilt = folder + "/sealed-" + String(repeating: "a", count: 32) + ".caravan"
        try Data().write(to: URL(fileURLWithPath: spoilt))
        let first = try exchange(village, "b")
        #expect(first.status == 1)
        #expect(first.err.contains("it was deleted"), "\(first.err)")
        let second = try exchange(village, "b")
        #expect(second.status == 0, "\(second.err)")
        // Of another name, it is somebody's.
        let other = folder + "/notes.caravan"
        try Data("notes".utf8).write(to: URL(fileURLWithPath: other))
        for _ in 1...2 { #expect(try exchange(village, "b").status == 1) }
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "notes")
    }

    @Test("What was being written when the stick was pulled out, and what other systems hide there, is nobody's news")
    func hidden() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for node in ["a", "b"] { #expect(try exchange(village, node).status == 0) }
        let folder = try ours(village)
        let part = folder + "/.caravan-part-ask-0123456789abcdef.caravan"
        let beside = folder + "/._ask-0123456789abcdef.caravan"
        for path in [part, beside] { try Data("half".utf8).write(to: URL(fileURLWithPath: path)) }
        let outcome = try exchange(village, "b")
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(outcome.err == "")
        #expect(!FileManager.default.fileExists(atPath: part))
        #expect(FileManager.default.fileExists(atPath: beside))
    }

    @Test("Something else under a name that encrypted files once had while they were written is in nobody's way")
    func inTheWay() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        #expect(try exchange(village, "b").status == 0)
        let folder = try ours(village) + "/sealed.caravan"
        try FileManager.default.createDirectory(atPath: folder + "/x", withIntermediateDirectories: true)
        try village.insert("a", "1")
        #expect(try exchange(village, "a", "--encrypt").status <= 1)
        #expect(try exchange(village, "b", "--encrypt").status <= 1)
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("What a visitor is known to have from elsewhere is not written for it again")
    func newest() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        #expect(try exchange(village, "b").status == 0)
        try village.insert("a", "1")
        let (mail, request) = (village.folder.path + "/mail", village.folder.path + "/request")
        try village.done(village.caravan("a", "bundle", "export", mail, "--to", "b"))
        try village.done(village.caravan("b", "bundle", "import", mail))
        try village.done(village.caravan("b", "bundle", "request", request))
        try village.done(village.caravan("a", "bundle", "import", request))
        let done = try village.object(exchange(village, "a", "--json"))
        #expect((done["written"] as? [String])?.isEmpty == true)
        #expect(try village.carried().allSatisfy { $0.contains("/ask-") })
    }

    @Test("A change that is larger than what is free leaves room for what does not follow it, and says what it needs")
    func tooLarge() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["a", "b", "c", "a", "b"] { #expect(try exchange(village, node).status == 0) }
        try village.done(village.caravan("a", "sql", "INSERT INTO t VALUES ('large', hex(randomblob(200000)))"))
        try village.insert("b", "small")
        try village.done(village.caravan("b", "bundle", "export", village.onStick("mail"), "--to", "a"))
        try village.done(village.caravan("a", "bundle", "import", village.onStick("mail")))
        try FileManager.default.removeItem(atPath: village.onStick("mail"))
        let outcome = try exchange(village, "a", "--max-bytes", "60k")
        #expect(outcome.status == 1)
        #expect(outcome.out.contains("one change is larger than what is free"), "\(outcome.out)")
        #expect(try exchange(village, "c", "--max-bytes", "60k").status == 0)
        #expect(try village.sqlite("c", "SELECT id FROM t").lines == ["small"])
        let told = try village.object(exchange(village, "a", "--max-bytes", "60k", "--json"))
        let needed = try #require(told["bytesNeeded"] as? Int)
        #expect(needed > 200_000)
        // It is needed for each of two.
        #expect(try exchange(village, "a", "--max-bytes", "\(2 * needed)").status == 0)
        #expect(try exchange(village, "c").status == 0)
        #expect(try village.digest("c") == village.digest("a"))
    }

    @Test("Encrypted files of which a part has no room are not more with each visit")
    func tooLargeSealed() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        #expect(try exchange(village, "b").status == 0)
        try village.done(village.caravan("a", "sql", "INSERT INTO t VALUES ('small', 'x')"))
        try village.done(village.caravan("a", "sql", "INSERT INTO t VALUES ('large', hex(randomblob(200000)))"))
        for _ in 1...3 {
            #expect(try exchange(village, "a", "--encrypt", "--max-bytes", "60k").status == 1)
            #expect(try village.carried().count { $0.contains("/sealed-") } == 1)
        }
    }

    @Test("Whoever the stick is brought to may read what is on it")
    func readers() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        #expect(try exchange(village, "b").status == 0)
        try village.insert("a", "1")
        #expect(try exchange(village, "a").status == 0)
        #expect(try rights(ours(village)) == 0o755)
        for path in try village.carried() { #expect(try rights(path) == 0o644, "\(path)") }
    }

    @Test("Where every user may write onto the stick, every user may write into the alliance's folder")
    func writers() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        for (mode, folder) in [(0o777, 0o777), (0o1777, 0o1777), (0o775, 0o775), (0o700, 0o755)] {
            #expect(chmod(village.stick, mode_t(mode)) == 0)
            #expect(try exchange(village, "a").status == 0)
            #expect(try rights(ours(village)) == folder, "\(String(mode, radix: 8))")
            try FileManager.default.removeItem(atPath: ours(village))
        }
    }

    @Test("Visits of one row each come in whatever order")
    func manyVisits() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        #expect(try exchange(village, "b").status == 0)
        for number in 1...12 {
            try village.insert("a", "\(number)")
            #expect(try exchange(village, "a").status == 0)
        }
        let done = try village.object(exchange(village, "b", "--json"))
        #expect(done["held"] as? Int == 12)
        #expect(done["waiting"] as? Int == 0)
        #expect(try village.digest("b") == village.digest("a"))
    }
}
