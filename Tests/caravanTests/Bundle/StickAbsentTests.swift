import Foundation
import Testing

@Suite("A stick on which some do not come by")
struct StickAbsentTests {
    private func exchange(_ village: Village, _ node: String, _ words: String...) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick] + words)
    }

    /// The files that are no announcements.
    private func files(_ village: Village) throws -> [String] {
        try village.carried().filter { !$0.contains("/ask-") }
    }

    private func bytes(_ paths: [String]) throws -> Int {
        try paths.reduce(0) {
            $0 + (try FileManager.default.attributesOfItem(atPath: $1)[.size] as? Int ?? 0)
        }
    }

    @Test("However often others come by, a few files are there for one who does not, and they bring all")
    func few() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "c"] { #expect(try exchange(village, node).status == 0) }
        var most = 0
        for number in 1...24 {
            try village.insert("a", "a \(number)")
            if number % 4 == 0 { try village.insert("c", "c \(number)") }
            for node in ["a", "c"] { #expect(try exchange(village, node).status == 0) }
            most = max(most, try files(village).count)
        }
        #expect(most <= 10, "\(most)")
        #expect(try exchange(village, "b").status == 0)
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "30\n")
        for node in ["a", "c", "b", "a", "c"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.digest("b") == village.digest("a"))
        #expect(try files(village).isEmpty)
    }

    @Test(
        "Whoever does come by gets what is new, however much there is for one who does not", arguments: [false, true])
    func others(isEncrypted: Bool) throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "c", "a", "c"] { #expect(try exchange(village, node).status == 0) }
        for number in 1...24 {
            try village.done(village.caravan("a", "sql", "INSERT INTO t SELECT '\(number)', hex(randomblob(3000))"))
            for node in ["a", "c"] {
                let words = ["--max-bytes", "60k"] + (isEncrypted ? ["--encrypt"] : [])
                let outcome = try Shell.run(
                    Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick] + words)
                #expect(outcome.status <= 1, "\(outcome.err)")
                #expect(try bytes(village.carried()) <= 60 << 10)
            }
            #expect(try village.sqlite("c", "SELECT count(*) FROM t").out == "\(number)\n")
        }
        // What fitted is there for the one who was away, and the rest comes in turns.
        var visits = 0
        while try village.digest("b") != village.digest("a"), visits < 20 {
            for node in ["b", "a"] { #expect(try exchange(village, node, "--max-bytes", "60k").status <= 1) }
            visits += 1
        }
        #expect(visits > 0)
        #expect(visits < 20)
    }

    @Test("What a stick has of older visits goes once one file has all of it, even where it has no more room")
    func piled() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        var kept: [String: Data] = [:]
        for number in 1...8 {
            try village.insert("a", "\(number)")
            #expect(try exchange(village, "a").status == 0)
            for path in try files(village) { kept[path] = try Data(contentsOf: URL(fileURLWithPath: path)) }
        }
        // As if each visit had been cut off before it deleted something.
        var number = 100
        for content in kept.values {
            let first = try #require(try files(village).first)
            let name = first.split(separator: "-").dropLast().joined(separator: "-") + "-\(number).caravan"
            try content.write(to: URL(fileURLWithPath: name.hasPrefix("/") ? name : "/" + name))
            number += 1
        }
        let before = try bytes(village.carried())
        try village.insert("a", "last")
        #expect(try exchange(village, "a", "--max-bytes", "\(before)").status == 0)
        #expect(try files(village).count <= 4)
        #expect(try bytes(village.carried()) <= before)
        #expect(try exchange(village, "b").status == 0)
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("What is encrypted by one whose right was ended is carried no more once its reader knows of that")
    func ofRetired() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c", "d"])
        #expect(try exchange(village, "b").status == 0)
        try village.insert("c", "secret")
        #expect(try exchange(village, "c", "--encrypt").status == 0)
        #expect(try exchange(village, "d").status == 0)
        #expect(try files(village).contains { $0.contains("/sealed-") })
        try village.done(village.caravan("a", "member", "retire", "c"))
        let mail = village.folder.path + "/mail"
        try village.done(village.caravan("a", "bundle", "export", mail, "--all"))
        for node in ["b", "d"] { try village.done(village.caravan(node, "bundle", "import", mail)) }
        #expect(try exchange(village, "b").err.contains("whose right an admin ended"))
        for node in ["d", "b"] { #expect(try exchange(village, node).err == "") }
        let left = try files(village).filter { $0.contains("/sealed-") }
        #expect(left.isEmpty, "\(left)")
        let shelf = (try? FileManager.default.contentsOfDirectory(atPath: village.home("d") + "/bundles")) ?? []
        #expect(shelf.isEmpty, "\(shelf)")
    }

    @Test("What is deleted again for want of room was written for nobody")
    func writtenForNobody() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        #expect(try exchange(village, "b").status == 0)
        for number in 1...16 {
            try village.done(village.caravan("a", "sql", "INSERT INTO t SELECT '\(number)', hex(randomblob(3000))"))
            let before = try files(village)
            let outcome = try exchange(village, "a", "--encrypt", "--max-bytes", "40k", "--json")
            #expect(outcome.status <= 1, "\(outcome.err)")
            let written = try village.object(outcome)["written"] as? [String] ?? []
            #expect(written.isEmpty == (try files(village) == before), "\(number)")
        }
    }
}
