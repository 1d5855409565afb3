import Foundation
import Testing

@Suite("What a stick brings, whoever comes by when")
struct StickNewsTests {
    private func exchange(_ village: Village, _ node: String, _ words: String...) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick] + words)
    }

    private func sealed(_ village: Village) throws -> Set<String> {
        Set(try village.carried().compactMap { $0.split(separator: "/").last.map(String.init) }).filter {
            $0.hasPrefix("sealed-")
        }
    }

    private func shelf(_ village: Village, _ node: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: village.home(node) + "/bundles"))?.filter {
            $0.hasSuffix(".carried")
        } ?? []
    }

    @Test("A member whose clock once stood years ahead, so that its files are numbered so, gets what it lacks")
    func ahead() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        try village.done(
            village.sqlite(
                "b",
                "INSERT INTO caravan_meta VALUES ('written', 9999999999999) ON CONFLICT DO UPDATE SET value = 9999999999999"
            ))
        #expect(try exchange(village, "b").status == 0)
        try village.insert("a", "1")
        for node in ["a", "b", "a"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.digest("b") == village.digest("a"))
        // What it says that it has is deleted.
        #expect(try village.carried().allSatisfy { $0.contains("/ask-") })
    }

    @Test(
        "What somebody wrote whom a file beside it lets in is taken in the same visit, and by the same import",
        arguments: [[], ["--encrypt"]])
    func letIn(words: [String]) throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        try village.insert("c", "of c")
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        let wrote = try Shell.run(
            Shell.command, ["--home", village.home("c"), "bundle", "exchange", village.stick] + words)
        #expect(wrote.status == 0, "\(wrote.err)")
        let files = try village.carried().filter { !$0.contains("/ask-") }
        #expect(files.count > 1)
        for copy in ["one", "other"] {
            try FileManager.default.copyItem(atPath: village.home("b"), toPath: village.home(copy))
        }
        for (node, files) in [("one", files), ("other", files.reversed())] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home(node), "bundle", "import"] + files)
            #expect(outcome.status == 0, "\(outcome.err)")
            #expect(try village.sqlite(node, "SELECT id FROM t").lines == ["of c"])
        }
        let visit = try exchange(village, "b")
        #expect(visit.status == 0, "\(visit.err)")
        #expect(try village.sqlite("b", "SELECT id FROM t").lines == ["of c"])
    }

    @Test("Of what is encrypted for one who does not come by there is no more with each visit of those who carry it")
    func absent() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c", "d"])
        for node in ["b", "a", "c", "d"] { #expect(try exchange(village, node).status == 0) }
        for day in 1...6 {
            try village.insert("a", "day \(day)")
            #expect(try exchange(village, "a", "--encrypt").status == 0)
            #expect(try exchange(village, "c").status == 0)
            // One comes by now and then, and never sees what came between.
            if day % 3 == 0 { #expect(try exchange(village, "d").status == 0) }
        }
        try village.insert("a", "at last")
        for node in ["a", "c", "d", "a", "c", "d"] { #expect(try exchange(village, node, "--encrypt").status <= 1) }
        // Of each of the three who have it there is one for b.
        let files = try sealed(village)
        #expect(files.count <= 3, "\(files)")
        for node in ["a", "c", "d"] { #expect(shelf(village, node).count <= 3, "\(node): \(shelf(village, node))") }
        #expect(try exchange(village, "b").status == 0)
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("What its writer has lost since, by a backup that was put back, stays where it is carried")
    func lost() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "a", "c"] { #expect(try exchange(village, node).status == 0) }
        let (home, backup) = (village.home("a"), village.home("backup of a"))
        try FileManager.default.copyItem(atPath: home, toPath: backup)
        try village.insert("a", "lost")
        for node in ["a", "c"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        let carried = shelf(village, "c")
        #expect(carried.count == 1)
        try FileManager.default.removeItem(atPath: home)
        try FileManager.default.moveItem(atPath: backup, toPath: home)
        try village.insert("a", "later")
        let names = Set(carried.map { "sealed-" + $0.dropLast(".carried".count) + ".caravan" })
        #expect(try exchange(village, "a", "--encrypt").status <= 1)
        #expect(try sealed(village).isSuperset(of: names))
        for node in ["c", "a", "c"] { #expect(try exchange(village, node, "--encrypt").status <= 1) }
        #expect(Set(shelf(village, "c")).isSuperset(of: carried))
        #expect(try exchange(village, "b").status <= 1)
        #expect(try Set(village.sqlite("b", "SELECT id FROM t").lines).isSuperset(of: ["lost"]))
    }

    @Test(
        "Where a stick has no room at all nothing is said of a change that is too large", .enabled(if: Village.canMount)
    )
    func tiny() throws {
        let village = try Village()
        #expect(try village.mount("stick", "-t", "tmpfs", "-o", "size=400k", "tmpfs"))
        try village.foundApart("a", others: ["b"])
        try village.done(village.caravan("a", "sql", "INSERT INTO t VALUES ('large', hex(randomblob(20000)))"))
        #expect(try exchange(village, "b").status == 0)
        for name in ["b.request", "b.grant"] { try FileManager.default.removeItem(atPath: village.onStick(name)) }
        for kibibytes in [36, 48] {
            #expect(
                try Shell.run("mount", ["-o", "remount,size=\(kibibytes)k", village.stick]).status == 0)
            let told = try exchange(village, "a", "--json")
            #expect(told.status == 1)
            let needed = try #require(village.object(told)["bytesNeeded"] as? Int)
            guard needed > 0 else {
                #expect(kibibytes == 36)
                continue
            }
            let size = (needed / 1024 / 4 + 3) * 4
            #expect(try Shell.run("mount", ["-o", "remount,size=\(size)k", village.stick]).status == 0)
            #expect(try exchange(village, "a").status == 0)
        }
        #expect(try exchange(village, "b").status == 0)
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test(
        "Whoever puts back a backup gets what it lost, however far ahead its clock was before or after that backup",
        arguments: [
            (20, true, false), (20, false, false), (20_000, true, true), (20_000, false, true), (20_000, true, false),
        ])
    func putBack(hoursAhead: Int64, keepsOwnFile: Bool, isBefore: Bool) throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        let backup = village.home("b.backup")
        let ahead = Int64(Date().timeIntervalSince1970 * 1000) + hoursAhead * 3_600_000
        let setAhead = """
            INSERT INTO caravan_meta VALUES ('written', \(ahead)) ON CONFLICT DO UPDATE SET value = excluded.value
            """
        if isBefore { try village.done(village.sqlite("b", setAhead)) }
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        try village.done(village.caravan("b", "backup", backup))
        if !isBefore { try village.done(village.sqlite("b", setAhead)) }
        try village.insert("a", "1")
        for node in ["b", "a", "b", "a"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.digest("b") == village.digest("a"))
        try village.done(village.caravan("b", "restore", backup))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "0\n")
        if !keepsOwnFile {
            for file in try village.carried() where file.contains("/ask-") {
                try FileManager.default.removeItem(atPath: file)
            }
        }
        for node in ["b", "a", "b"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.sqlite("b", "SELECT id FROM t").lines == ["1"])
    }

    @Test("A bundle beside ten thousand files of other people is found")
    func crowd() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        try village.insert("a", "1")
        try village.done(village.caravan("a", "bundle", "export", village.onStick("mail.bundle"), "--to", "b"))
        for number in 0..<10_000 { try Data().write(to: URL(fileURLWithPath: village.onStick("a\(number)"))) }
        #expect(try exchange(village, "b").status == 0)
        #expect(try village.sqlite("b", "SELECT id FROM t").lines == ["1"])
    }

    @Test("The alliance's own folder on a stick is no stick")
    func folder() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.done(exchange(village, "a"))
        let ours = URL(fileURLWithPath: try #require(village.carried().first)).deletingLastPathComponent().path
        for name in [ours, ours + "/"] {
            let outcome = try village.caravan("a", "bundle", "exchange", name)
            #expect(outcome.status == 2)
            #expect(outcome.err.contains("name the folder that it lies in"), "\(outcome.err)")
        }
    }
}
