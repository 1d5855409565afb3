import Foundation
import Testing

@Suite("A stick that goes from place to place")
struct StickTests {
    private func exchange(_ village: Village, _ node: String, _ words: String...) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick] + words)
    }

    @Test(
        "Three laptops and a stick: everybody has everything, what all have is deleted, and the last line is for a person"
    )
    func three() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["a", "b", "c"] { try village.insert(node, "of \(node)") }
        for node in ["a", "b", "c", "a", "b"] { #expect(try exchange(village, node).status <= 1) }
        let last = try exchange(village, "c")
        #expect(last.status == 0)
        #expect(last.lines.last?.hasSuffix("you may pull the stick out now") == true)
        let digest = try village.digest("a")
        #expect(try village.digest("b") == digest)
        #expect(try village.digest("c") == digest)
        for node in ["a", "b", "c"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.carried().allSatisfy { $0.contains("/ask-") })
        let done = try village.object(exchange(village, "a", "--json"))
        #expect(done["held"] as? Int == 0)
        #expect((done["written"] as? [String])?.isEmpty == true)
    }

    @Test("Encrypted, by way of a fourth who may not read it")
    func fourth() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c", "d"])
        try village.insert("a", "secret")
        // b shows itself on this stick; d carries what a wrote on it to another one.
        #expect(try exchange(village, "b").status == 0)
        #expect(try exchange(village, "a", "--encrypt").status == 0)
        #expect(try exchange(village, "d").status == 0)
        #expect(try village.sqlite("d", "SELECT count(*) FROM t").out == "0\n")
        try FileManager.default.removeItem(atPath: village.stick)
        try village.plugStick()
        #expect(try exchange(village, "d").out.contains("1 file that others encrypted passed on"))
        #expect(try exchange(village, "b").out.contains("1 node's changes taken"))
        #expect(try village.digest("b") == village.digest("a"))
        // b says that it has it, so nobody carries it on.
        #expect(try exchange(village, "d").status == 0)
        #expect(try village.carried().allSatisfy { !$0.contains("sealed") })
    }

    @Test(
        "An encrypted file that its reader no longer needs stays until the reader has seen it, and is not put there twice"
    )
    func needless() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["b", "c"] { #expect(try exchange(village, node).status == 0) }
        try village.insert("b", "secret")
        for node in ["b", "a"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        // What a carries for c comes to c another way.
        try village.done(village.caravan("b", "bundle", "export", village.onStick("mail"), "--to", "c"))
        try village.done(village.caravan("c", "bundle", "import", village.onStick("mail")))
        try FileManager.default.removeItem(atPath: village.stick)
        try village.plugStick()
        for node in ["c", "a"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        let forC = try village.carried().filter { $0.contains("sealed") }
        #expect(!forC.isEmpty)
        #expect(try exchange(village, "b", "--encrypt").status == 0)
        #expect(try Set(village.carried()).isSuperset(of: forC))
        for node in ["c", "a", "b", "c", "a", "b"] { #expect(try exchange(village, node, "--encrypt").status == 0) }
        let left = try village.carried()
        #expect(left.allSatisfy { $0.contains("/ask-") }, "\(left)")
        let done = try village.object(exchange(village, "a", "--encrypt", "--json"))
        #expect(done["passedOn"] as? Int == 0)
    }

    @Test("Other people's files, another alliance's and damaged ones are left alone, and told")
    func foreign() throws {
        let village = try Village()
        let other = try Village()
        try village.foundApart("a", others: ["b"])
        try other.foundApart("x", others: [])
        try Data("a thesis".utf8).write(to: URL(fileURLWithPath: village.onStick("thesis.docx")))
        try FileManager.default.createDirectory(atPath: village.onStick("photos"), withIntermediateDirectories: true)
        try other.done(other.caravan("x", "bundle", "exchange", village.stick))
        try village.insert("a", "1")
        #expect(try exchange(village, "b").status == 0)
        #expect(try exchange(village, "a").status == 0)
        let bundle = try #require(try village.carried().first { !$0.contains("/ask-") })
        var content = try Data(contentsOf: URL(fileURLWithPath: bundle))
        content[content.count - 200] ^= 1
        try content.write(to: URL(fileURLWithPath: bundle))
        let before = try village.digest("b")
        let outcome = try exchange(village, "b")
        #expect(outcome.status == 1)
        #expect(outcome.err.contains("passed over"))
        #expect(try village.digest("b") == before)
        // Its writer puts a good one in its place.
        #expect(try exchange(village, "a").status == 0)
        #expect(try exchange(village, "b").status == 0)
        #expect(try village.digest("b") == village.digest("a"))
        #expect(try String(contentsOfFile: village.onStick("thesis.docx"), encoding: .utf8) == "a thesis")
        #expect(try other.caravan("x", "bundle", "exchange", village.stick).status == 0)
    }

    @Test(
        "What a stick that was pulled out has spoilt of a node's own is written again",
        arguments: ["empty", "zeros", "altered", "folder"])
    func spoilt(how: String) throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        try village.insert("a", "1")
        #expect(try exchange(village, "a").status == 0)
        for path in try village.carried() {
            let place = URL(fileURLWithPath: path)
            var content = try Data(contentsOf: place)
            switch how {
            case "empty": content = Data()
            case "zeros": content = Data(count: content.count)
            case "altered": content[0] ^= 1
            default:
                try FileManager.default.removeItem(at: place)
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
                continue
            }
            try content.write(to: place)
        }
        for node in ["b", "a"] { #expect(try exchange(village, node).status <= 1) }
        for node in ["b", "a"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.digest("b") == village.digest("a"))
        #expect(try village.sqlite("b", "SELECT id FROM t").lines == ["1"])
    }

    @Test("What has no room is cut where it can be taken without the rest, and goes on at the next visit")
    func small() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for number in 0..<12 {
            try village.done(
                village.caravan(
                    "a", "sql",
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO t SELECT '\(number) ' || i, hex(randomblob(100)) FROM n"
                ))
        }
        #expect(try exchange(village, "b").status == 0)
        var visits = 0
        while try village.digest("b") != village.digest("a"), visits < 20 {
            let outcome = try exchange(village, "a", "--max-bytes", "200k")
            #expect(outcome.status <= 1, "\(outcome.err)")
            let bytes = try village.carried().reduce(0) {
                $0 + (try FileManager.default.attributesOfItem(atPath: $1)[.size] as? Int ?? 0)
            }
            #expect(bytes <= 200 << 10)
            #expect(try exchange(village, "b", "--max-bytes", "200k").status == 0)
            visits += 1
        }
        #expect(visits > 1)
        #expect(visits < 20)
    }

    @Test("A stick with room for a few changesets alone takes a few at each visit")
    func few() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for node in ["a", "b", "a"] { #expect(try exchange(village, node).status == 0) }
        for number in 0..<12 {
            try village.done(
                village.caravan("a", "sql", "INSERT INTO t SELECT '\(number)', hex(randomblob(950))"))
        }
        var visits = 0
        while try village.digest("b") != village.digest("a"), visits < 12 {
            #expect(try exchange(village, "a", "--max-bytes", "12k").status <= 1)
            #expect(try exchange(village, "b", "--max-bytes", "12k").status == 0)
            visits += 1
        }
        #expect(visits > 1)
        #expect(visits < 12)
    }

    @Test("What a retired member announced on a stick is nothing that has to be said at each visit")
    func retired() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["a", "b", "c", "a"] { #expect(try exchange(village, node).status == 0) }
        try village.done(village.caravan("a", "member", "retire", "c"))
        for node in ["a", "b", "a"] {
            let outcome = try exchange(village, node)
            #expect(outcome.status == 0, "\(outcome.err)")
            #expect(outcome.err == "")
        }
    }

    @Test("What a retired member wrote onto a stick is passed over at each visit, and nobody has to see to it")
    func filesOfRetired() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b", "c"])
        for node in ["a", "b", "c", "a"] { #expect(try exchange(village, node).status == 0) }
        try village.insert("c", "of one who goes")
        #expect(try exchange(village, "c").status == 0)
        try village.done(village.caravan("a", "member", "retire", "c"))
        for _ in 1...2 {
            let outcome = try exchange(village, "a")
            #expect(outcome.status == 0, "\(outcome.err)")
            #expect(outcome.err.hasPrefix("caravan: passed over: "), "\(outcome.err)")
            #expect(outcome.err.contains("whose right an admin ended"), "\(outcome.err)")
        }
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "0\n")
    }

    @Test("What is missing is what no file has that waits")
    func missing() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for node in ["a", "b", "a"] { #expect(try exchange(village, node).status == 0) }
        var files: [String] = []
        for number in 1...4 {
            try village.done(village.caravan("a", "sql", "INSERT INTO t VALUES ('\(number)', 'x')"))
            let feed = try #require(
                village.json(village.caravan("a", "log", "--json")).first { $0["scope"] as? String == "alliance" }?[
                    "feed"] as? String)
            files.append(village.folder.path + "/\(number).caravan")
            try village.done(
                village.caravan("a", "bundle", "export", files[number - 1], "--since", "{\"\(feed)\":\(number - 1)}"))
        }
        func missing(_ outcome: Shell.Outcome) throws -> [UInt64] {
            let read = try #require(village.json(outcome).first?["missing"] as? [String: Any])
            return read.values.compactMap { ($0 as? NSNumber)?.uint64Value }
        }
        #expect(try missing(village.caravan("b", "bundle", "import", files[3], "--json")) == [3])
        #expect(try missing(village.caravan("b", "bundle", "import", files[1], "--json")) == [3])
        #expect(try missing(village.caravan("b", "bundle", "inspect", files[2], "--json")) == [1])
        #expect(try missing(village.caravan("b", "bundle", "import", files[2], "--json")) == [1])
        #expect(try missing(village.caravan("b", "bundle", "import", files[0], "--json")) == [])
        #expect(try village.digest("b") == village.digest("a"))
    }

    @Test("What waits for what comes before it is a finding of the doctor until that has come")
    func waiting() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        for node in ["a", "b", "a"] { #expect(try exchange(village, node).status == 0) }
        for number in 1...2 {
            try village.done(village.caravan("a", "sql", "INSERT INTO t VALUES ('\(number)', 'x')"))
        }
        let all = village.folder.path + "/all.caravan"
        try village.done(village.caravan("a", "bundle", "export", all, "--all"))
        let feed = try #require(
            village.json(village.caravan("a", "log", "--json")).first { $0["scope"] as? String == "alliance" }?["feed"]
                as? String)
        let last = village.folder.path + "/last.caravan"
        try village.done(village.caravan("a", "bundle", "export", last, "--since", "{\"\(feed)\":1}"))
        #expect(try village.caravan("b", "bundle", "import", last).status == 1)
        let doctor = try village.caravan("b", "doctor")
        #expect(doctor.status == 1)
        #expect(doctor.out.contains("1 carried file waited for what comes before them"))
        #expect(try village.caravan("b", "bundle", "import", all).status == 0)
        #expect(try village.caravan("b", "doctor").status == 0)
    }

    @Test("A stick that fills up has nothing but whole files, and brings what fitted", .enabled(if: Village.canMount))
    func full() throws {
        let village = try Village()
        #expect(try village.mount("stick", "-t", "tmpfs", "-o", "size=1m", "tmpfs"))
        try village.foundApart("a", others: ["b"])
        for number in 0..<8 {
            try village.done(
                village.caravan(
                    "a", "sql",
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT '\(number) ' || i, hex(randomblob(150)) FROM n"
                ))
        }
        #expect(try exchange(village, "b").status == 0)
        let outcome = try exchange(village, "a")
        #expect(outcome.status == 1)
        #expect(outcome.out.contains("no room for all that b lacks"))
        for file in try village.carried() {
            #expect(try village.caravan("b", "bundle", "inspect", file).status == 0, "\(file)")
        }
        #expect(try exchange(village, "b").out.contains("1 node's changes taken"))
        #expect(try village.sqlite("b", "SELECT count(*) > 0 FROM t").out == "1\n")
    }

    @Test("A stick that is pulled out at any moment has nothing but whole files, and both nodes are as sound as before")
    func pulled() throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        try village.done(
            village.caravan(
                "a", "sql",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT i, hex(randomblob(40)) FROM n"
            ))
        #expect(try exchange(village, "b").status == 0)
        for (round, microseconds) in stride(from: UInt32(20_000), through: 400_000, by: 20_000).enumerated() {
            let node = round % 2 == 0 ? "a" : "b"
            let (process, _, _) = try Shell.start(
                Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick])
            usleep(microseconds)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            for file in try village.carried() where !file.contains("/.caravan-part-") {
                #expect(try village.caravan(node, "bundle", "inspect", file).status == 0, "\(file)")
            }
        }
        for node in ["a", "b", "a", "b"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.digest("b") == village.digest("a"))
        #expect(try village.carried().allSatisfy { !$0.contains("/.caravan-part-") })
        for node in ["a", "b"] { #expect(try village.caravan(node, "verify", "--deep").status == 0) }
    }

    @Test("A link on a stick leads nothing out of it: what is written takes its place, and one for a folder is refused")
    func links() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.done(exchange(village, "a"))
        let ours = URL(fileURLWithPath: try #require(try village.carried().first)).deletingLastPathComponent().path
        let (thesis, papers) = (village.home("thesis"), village.home("papers"))
        try Data("a thesis".utf8).write(to: URL(fileURLWithPath: thesis))
        try FileManager.default.createDirectory(atPath: papers, withIntermediateDirectories: true)
        let part = village.onStick(".caravan-part-a.request")
        try FileManager.default.createSymbolicLink(atPath: part, withDestinationPath: thesis)
        try village.done(village.caravan("a", "bundle", "request", village.onStick("a.request")))
        #expect(try String(contentsOfFile: thesis, encoding: .utf8) == "a thesis")
        #expect(!FileManager.default.fileExists(atPath: part))
        for (name, words) in [(ours, []), (village.onStick("caravan-program"), ["--with-program"])] {
            try? FileManager.default.removeItem(atPath: name)
            try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: papers)
            let refused = try Shell.run(
                Shell.command, ["--home", village.home("a"), "bundle", "exchange", village.stick] + words)
            #expect(refused.status == 2, "\(name)")
            #expect(refused.err.contains("is a link or a file"), "\(refused.err)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: papers) == [])
            try FileManager.default.removeItem(atPath: name)
        }
        try village.done(exchange(village, "a"))
    }

    @Test(
        "From a stick that cannot be written all is taken and told, before it is told that it cannot be written",
        .enabled(if: Village.canMount), arguments: [false, true])
    func locked(isBare: Bool) throws {
        let village = try Village()
        try village.foundApart("a", others: ["b"])
        try village.insert("a", "1")
        if isBare {
            try FileManager.default.removeItem(atPath: village.stick)
            try village.plugStick()
            try village.done(village.caravan("a", "bundle", "export", village.onStick("for-b"), "--to", "b"))
        } else {
            for node in ["b", "a"] { try village.done(exchange(village, node)) }
        }
        try village.makeReadOnly("stick")
        let taken = try exchange(village, "b", "--json")
        #expect(taken.status == 4)
        #expect(taken.err.contains(isBare ? "cannot be made" : "cannot be written"), "\(taken.err)")
        let told = try village.object(taken)
        #expect((told["taken"] as? [String])?.count == 1)
        #expect(told["held"] as? Int ?? 0 > 0)
        #expect(try village.digest("b") == village.digest("a"))
        let again = try exchange(village, "b")
        #expect(again.status == 4)
        #expect(again.out.isEmpty, "\(again.out)")
        guard !isBare else { return }
        try village.makeWritable("stick")
        try village.insert("a", "2")
        try village.done(exchange(village, "a"))
        try village.makeReadOnly("stick")
        let spoken = try exchange(village, "b")
        #expect(spoken.status == 4)
        #expect(spoken.out.contains("1 node's changes taken"), "\(spoken.out)")
        #expect(!spoken.out.contains("you may pull the stick out"), "\(spoken.out)")
    }

    @Test("The six lines of the README work as they stand")
    func readme() throws {
        let village = try Village()
        try village.plugStick()
        let text = try String(contentsOf: PeerTests.root.appendingPathComponent("README.md"), encoding: .utf8)
        let section = try #require(
            text.components(separatedBy: "## Two laptops and a stick\n").last?.components(separatedBy: "\n## ").first)
        let lines = section.split(separator: "\n").filter { $0.hasPrefix("    caravan ") }
        #expect(lines.count == 6)
        for line in lines {
            let outcome = try Shell.run(
                "sh",
                ["-c", "caravan() { \"$CARAVAN\" \"$@\"; }\n" + line.replacing("/media/stick", with: "\"$STICK\"")],
                environment: ["HOME": village.folder.path, "STICK": village.stick, "CARAVAN": Shell.command])
            #expect(outcome.status == 0, "\(line): \(outcome.err)")
        }
        try village.done(village.sqlite("osh", "INSERT INTO institution(name_en) VALUES ('Osh State University')"))
        for node in ["osh", "urumqi"] { #expect(try exchange(village, node).status == 0) }
        #expect(try village.digest("osh") == village.digest("urumqi"))
    }
}
