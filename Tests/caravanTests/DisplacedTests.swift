import Foundation
import Testing

@Suite("A replica that is moved while it is served")
struct DisplacedTests {
    @Test("The server says so, and serves what is there now at the same address; what was moved away is whole")
    func replaced() throws {
        let village = try Village()
        let address = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        let home = village.home("a")
        #expect(try village.caravan("a", "sql", "INSERT INTO t VALUES ('old', '')").status == 0)
        #expect(try village.caravan("a", "backup", home + "/copy").status == 0)
        #expect(try village.caravan("a", "sql", "INSERT INTO t VALUES ('new', '')").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        for end in ["", "-wal", "-shm"] {
            _ = try Shell.run("mv", [home + "/replica.sqlite" + end, home + "/away" + end])
        }
        _ = try Shell.run("mv", [home + "/copy", home + "/replica.sqlite"])
        #expect(village.waits(for: "was moved away or replaced", in: "a"))
        // The peer gives back what the copy had not.
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        #expect(try village.sqlite("a", "SELECT id FROM t ORDER BY id").out == "new\nold\n")
        #expect(village.stop("a") == 0)
        #expect(try Shell.run("sqlite3", [home + "/away", "SELECT count(*) FROM t"]).out == "2\n")
    }

    private func move(_ ends: [String], from old: String, to new: String) throws {
        for end in ends { _ = try Shell.run("mv", [old + end, new + end]) }
    }

    @Test("Where nothing is there any more the server says so once, and serves again what comes back")
    func gone() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Village.plainSchema)
        let (replica, away) = (village.home("a") + "/replica.sqlite", village.home("a") + "/away")
        try village.insert("a", "kept")
        try move(["", "-wal", "-shm"], from: replica, to: away)
        #expect(village.waits(for: "is not there: it is opened once it is", in: "a"))
        #expect(village.isRunning("a"))
        try move(["", "-wal", "-shm"], from: away, to: replica)
        #expect(village.waits(for: "is there: it is opened", in: "a"))
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        #expect(try village.sqlite("b", "SELECT id FROM t").out == "kept\n")
        #expect(village.said("a").components(separatedBy: "is not there:").count == 2, "\(village.said("a"))")
        #expect(village.stop("a") == 0)
    }

    @Test("What another program writes is sealed at once, also where nobody is connected")
    func sealedAlone() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.beginToServe("a")
        #expect(village.listens("a"))
        for word in ["first", "second"] {
            let count = "SELECT count(*) FROM caravan_changeset"
            let before = try #require(Int(village.sqlite("a", count).lines.first ?? ""))
            try village.insert("a", word)
            #expect(try waits { try village.sqlite("a", count).lines.first == "\(before + 1)" })
        }
        #expect(village.stop("a") == 0)
    }

    @Test("A copy that is written piece by piece is opened once it is whole")
    func slowCopy() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Village.plainSchema)
        let (replica, copy) = (village.home("a") + "/replica.sqlite", village.home("a") + "/copy")
        try village.insert("a", "kept")
        #expect(try village.caravan("a", "backup", copy).status == 0)
        for end in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: replica + end) }
        #expect(village.waits(for: "is not there: it is opened once it is", in: "a"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: replica))
        #expect(village.waits(for: "is not whole yet: it is opened once it is", in: "a"))
        let file = try #require(FileHandle(forWritingAtPath: replica))
        try file.seekToEnd()
        try file.write(contentsOf: bytes.dropFirst(bytes.count / 2))
        try file.close()
        #expect(village.waits(for: "is there: it is opened", in: "a"))
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        #expect(try village.sqlite("b", "SELECT id FROM t").out == "kept\n")
        #expect(village.stop("a") == 0)
    }

    @Test(
        "A server that is started where a key is and no replica waits for one; a folder that only asked to join has none"
    )
    func started() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        let (replica, away) = (village.home("a") + "/replica.sqlite", village.home("a") + "/away")
        try move([""], from: replica, to: away)
        try village.beginToServe("a")
        #expect(village.waits(for: "is not there: it is opened once it is", in: "a"))
        try move([""], from: away, to: replica)
        #expect(village.listens("a"))
        #expect(village.stop("a") == 0)
        try village.done(village.caravan("b", "join", "--request", village.onStick("b.request"), "--name", "b"))
        #expect(try village.caravan("b", "serve", "--listen", "127.0.0.1:0").status == 4)
        #expect(try village.caravan("never", "serve", "--listen", "127.0.0.1:0").status == 4)
    }

    @Test("A node that was killed as it had joined by a file has no petition any more, and is waited for like another")
    func killedBehindJoining() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        let (request, grant) = (village.onStick("b.request"), village.onStick("b.grant"))
        let petition = village.home("b") + "/petition.caravan"
        try village.done(village.caravan("b", "join", "--request", request, "--name", "b"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: petition))
        try village.done(village.caravan("a", "invite", "--grant", request, "--output", grant))
        try village.done(village.caravan("b", "join", "--grant", grant))
        #expect(!FileManager.default.fileExists(atPath: petition))
        // As it lies there if the end came just before it was deleted.
        try bytes.write(to: URL(fileURLWithPath: petition))
        try village.done(village.caravan("b", "status"))
        #expect(!FileManager.default.fileExists(atPath: petition))
        let (replica, away) = (village.home("b") + "/replica.sqlite", village.home("b") + "/away")
        try move([""], from: replica, to: away)
        try village.beginToServe("b")
        #expect(village.waits(for: "is not there: it is opened once it is", in: "b"))
        try move([""], from: away, to: replica)
        #expect(village.listens("b"))
        #expect(village.stop("b") == 0)
    }

    @Test(
        "An older copy that takes the replica's place does not take over its write-ahead log, which is kept and named")
    func logStays() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Village.plainSchema)
        let (replica, copy) = (village.home("a") + "/replica.sqlite", village.home("a") + "/copy")
        for number in 0..<300 { try village.insert("a", "old \(number)") }
        #expect(try village.caravan("a", "backup", copy).status == 0)
        for number in 0..<20 { try village.insert("a", "new \(number)") }
        #expect(try village.caravan("b", "sync", address).status == 0)
        try move([""], from: copy, to: replica)
        #expect(village.waits(for: "is kept as \(replica)-replaced-", in: "a"))
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        #expect(try village.sqlite("a", "PRAGMA integrity_check").out == "ok\n")
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "320\n")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        let named = try village.caravan("a", "doctor")
        #expect(named.status == 1)
        #expect(named.out.hasPrefix("aside: \(replica)-replaced-"), "\(named.out)")
        let aside = named.out.dropFirst("aside: ".count).split(separator: " ")[0]
        try FileManager.default.removeItem(atPath: String(aside))
        #expect(try village.caravan("a", "doctor").out == "nothing is wrong\n")
        #expect(village.stop("a") == 0)
    }

    @Test("An index of the node's own that lacks a row is damage, which doctor names as verify does")
    func ownIndex() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.insert("a", "x")
        #expect(try village.caravan("a", "doctor").status == 0)
        // As the log of another file leaves it: the rows of a table are others than those in its index.
        let (index, master) = ("name = 'caravan_changeset_position'", "PRAGMA writable_schema = ON;")
        let row = try village.sqlite("a", "SELECT rootpage, quote(sql) FROM sqlite_master WHERE \(index)").out
            .trimmingCharacters(in: .newlines).split(separator: "|", maxSplits: 1)
        try village.done(village.sqlite("a", "\(master) DELETE FROM sqlite_master WHERE \(index)"))
        try village.done(village.sqlite("a", "UPDATE caravan_changeset SET position = position + 1000"))
        try village.done(
            village.sqlite(
                "a",
                """
                \(master) INSERT INTO sqlite_master VALUES \
                ('index', 'caravan_changeset_position', 'caravan_changeset', \(row[0]), \(row[1]))
                """))
        #expect(try village.sqlite("a", "PRAGMA quick_check").out == "ok\n")
        #expect(try village.caravan("a", "verify", "--deep").status == 1)
        let found = try village.caravan("a", "doctor")
        #expect(found.status == 1)
        #expect(found.out.contains("file: the file of the replica is damaged"), "\(found.out)")
    }

    /// Moves the replica alone to another folder of the same disk, and leaves a link in its place. Returns its path.
    private func moveAndLink(_ village: Village, _ node: String) throws -> String {
        let (replica, folder) = (village.home(node) + "/replica.sqlite", village.home(node) + "/data")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try move([""], from: replica, to: folder + "/replica.sqlite")
        try FileManager.default.createSymbolicLink(
            atPath: replica, withDestinationPath: folder + "/replica.sqlite")
        return folder + "/replica.sqlite"
    }

    private func expectWhole(_ village: Village, _ count: Int) throws {
        for node in ["a", "b"] {
            #expect(try village.sqlite(node, "SELECT count(*) FROM t").out == "\(count)\n", "\(node)")
            #expect(try village.sqlite(node, "PRAGMA integrity_check").out == "ok\n", "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
    }

    @Test(
        "A replica that parts with its write-ahead log, as where it alone is moved and linked back, has all that stood there",
        arguments: [true, false])
    func parted(isMoved: Bool) throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Village.plainSchema)
        let log = village.home("a") + "/replica.sqlite-wal"
        for number in 0..<20 { try village.insert("a", "before \(number)") }
        if isMoved { _ = try moveAndLink(village, "a") } else { try FileManager.default.removeItem(atPath: log) }
        #expect(village.waits(for: "is opened", in: "a"))
        #expect(try waits { try village.sqlite("a", "SELECT count(*) FROM t").out == "20\n" })
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        for number in 0..<5 { try village.insert("a", "after \(number)") }
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        try expectWhole(village, 25)
        #expect(try village.caravan("a", "doctor").out == "nothing is wrong\n")
        if isMoved { #expect(!FileManager.default.fileExists(atPath: log)) }
        #expect(village.stop("a") == 0)
    }

    @Test("Where others write another log before that is noticed, all that the server had is kept and named")
    func partedInUse() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Village.plainSchema)
        for number in 0..<20 { try village.insert("a", "before \(number)") }
        #expect(try waits { try village.caravan("b", "sync", address).status == 0 })
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "20\n")
        #expect(village.signal(SIGSTOP, to: "a"))
        _ = try moveAndLink(village, "a")
        for number in 0..<5 { try village.insert("a", "after \(number)") }
        #expect(village.signal(SIGCONT, to: "a"))
        #expect(village.waits(for: "was moved without its write-ahead log", in: "a"))
        #expect(
            try waits {
                _ = try village.caravan("b", "sync", address)
                return try village.sqlite("b", "SELECT count(*) FROM t").out == "25\n"
            })
        try expectWhole(village, 25)
        let named = try village.caravan("a", "doctor").out
        #expect(named.hasPrefix("aside: \(village.home("a"))/replica.sqlite-replaced-"), "\(named)")
        let copy = named.dropFirst("aside: ".count).split(separator: " ")[0]
        #expect(try Shell.run("sqlite3", [String(copy), "SELECT count(*) FROM t"]).out == "20\n")
        #expect(village.stop("a") == 0)
    }

    @Test("No command opens a replica whose write-ahead log was left beside a link, and each says how it gets there")
    func logLeftBehind() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: Village.plainSchema)
        for number in 0..<20 { try village.insert("a", "before \(number)") }
        #expect(village.fell("a"))
        let file = try moveAndLink(village, "a")
        let refused = try village.caravan("a", "doctor")
        #expect(refused.status != 0)
        let command = "mv \(village.home("a"))/replica.sqlite-wal \(file)-wal"
        #expect(refused.err.contains("run `\(command)`"), "\(refused.err)")
        #expect(try Shell.run("sh", ["-c", command]).status == 0)
        #expect(try village.caravan("a", "doctor").out == "nothing is wrong\n")
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "20\n")
    }
}
