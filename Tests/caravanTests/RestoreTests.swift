import Foundation
import Testing

@Suite("What is restored from copies of other kinds, and into links")
struct RestoreTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('before')").status == 0)
    }

    private func shell(_ script: String) throws {
        let done = try Shell.run("bash", ["-ec", "cd '\(village.folder.path)'; \(script)"])
        #expect(done.status == 0, "\(done.err)")
    }

    private func path(_ name: String) -> String { village.folder.appendingPathComponent(name).path }

    private func rows() throws -> [String] { try village.sqlite("b", "SELECT id FROM t ORDER BY id").lines }

    /// A copy of the files while a row stands in the write-ahead log alone.
    private func copyInUse(_ script: String) throws {
        _ = try village.serve("b")
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('in the log')").status == 0)
        try shell(script)
        #expect(village.stop("b") == 0)
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('later')").status == 0)
    }

    @Test("A copy with its write-ahead log beside it is restored with what stands there")
    func withLog() throws {
        try copyInUse("mkdir copy; cp b/replica.sqlite b/replica.sqlite-wal copy")
        let outcome = try village.caravan("b", "restore", path("copy/replica.sqlite"), "--json")
        #expect(outcome.status == 0)
        #expect(try village.json(outcome).first?["warning"] is NSNull)
        #expect(try rows() == ["before", "in the log"])
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }

    @Test("Invitations that were open in a backup are withdrawn when it is restored, and told")
    func invitations() throws {
        func open() throws -> Int {
            try village.json(village.caravan("a", "invite", "list", "--json")).count {
                $0["state"] as? String == "open"
            }
        }
        #expect(try village.caravan("a", "invite", "--address", address).status == 0)
        #expect(try village.caravan("a", "backup", path("kept.sqlite")).status == 0)
        #expect(village.stop("a") == 0)
        #expect(try open() == 1)
        let outcome = try village.caravan("a", "restore", path("kept.sqlite"))
        #expect(outcome.out.contains("withdrawn (1)"), "\(outcome.out)")
        #expect(try open() == 0)
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
    }

    @Test(
        "A copy without its write-ahead log is restored, and it is said what may be missing; where the witness lies beside it, that it is"
    )
    func withoutLog() throws {
        try copyInUse("mkdir copy; cp b/replica.sqlite copy")
        let outcome = try village.caravan("b", "restore", path("copy/replica.sqlite"))
        #expect(outcome.status == 0)
        #expect(outcome.err.contains("-wal"))
        #expect(outcome.err.contains("may be missing"))
        let again = try village.caravan("b", "restore", path("copy/replica.sqlite"), "--json")
        #expect(try (village.json(again).first?["warning"] as? String)?.contains("-wal") == true)
    }

    @Test("A copy that lacks what its witness names is known to lack it")
    func witnessed() throws {
        _ = try village.serve("b")
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('in the log')").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        try shell("mkdir copy; cp b/replica.sqlite b/replica.sqlite-witness copy")
        #expect(village.stop("b") == 0)
        let outcome = try village.caravan("b", "restore", path("copy/replica.sqlite"))
        #expect(outcome.status == 0)
        #expect(outcome.err.contains("lacks what was written last"))
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test("A link to a backup is restored as a copy of it: the backup stays as it was")
    func linkedBackup() throws {
        #expect(try village.caravan("b", "backup", path("file")).status == 0)
        try shell("ln -s file link; cp file same")
        #expect(try village.caravan("b", "restore", path("link")).status == 0)
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('new')").status == 0)
        try shell("test ! -L b/replica.sqlite; cmp file same")
        #expect(try rows() == ["before", "new"])
    }

    @Test("The replica itself, by whatever name, a folder, and what is no file are refused, and nothing is changed")
    func itself() throws {
        try shell("ln -s b/replica.sqlite link; ln b/replica.sqlite hard; mkfifo fifo")
        for name in ["b/replica.sqlite", "link", "hard", "b", "fifo", "b/./replica.sqlite", "/dev/null"] {
            let outcome = try village.caravan("b", "restore", name.hasPrefix("/") ? name : path(name))
            #expect(outcome.status == 2, "\(name): \(outcome.err)")
        }
        #expect(try rows() == ["before"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: village.home("b")).filter {
                $0.contains("replaced") || $0.contains("scratch")
            } == [])
    }

    @Test("Where the replica is a link, what it leads to is replaced, and whoever opens either has the same")
    func linkedReplica() throws {
        #expect(try village.caravan("b", "backup", path("file")).status == 0)
        try shell("mkdir disk; mv b/replica.sqlite disk/real; ln -s ../disk/real b/replica.sqlite")
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('gone')").status == 0)
        let (holder, out, _) = try Shell.start(
            "sqlite3", [path("disk/real"), "BEGIN; SELECT count(*) FROM t", ".shell echo held; sleep 3"])
        _ = out.fileHandleForReading.readData(ofLength: 4)
        #expect(try village.caravan("b", "restore", path("file")).status == 4)
        holder.waitUntilExit()
        let outcome = try village.caravan("b", "restore", path("file"), "--json")
        let replaced = try #require(village.json(outcome).first?["replaced"] as? String)
        #expect(replaced.hasPrefix(path("disk/real-replaced-")) || replaced.contains("/disk/real-replaced-"))
        try shell("test -L b/replica.sqlite")
        #expect(try Shell.run("sqlite3", [path("disk/real"), "SELECT id FROM t"]).out == "before\n")
        #expect(try rows() == ["before"])
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('new')").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
        try shell("test -z \"$(ls b disk | grep scratch)\"")
    }

    @Test("A backup beside which nothing is warns of nothing, and is not touched")
    func whole() throws {
        #expect(try village.caravan("b", "backup", path("file")).status == 0)
        try shell("cp file same; chmod 400 file")
        let outcome = try village.caravan("b", "restore", path("file"))
        #expect(outcome.status == 0)
        #expect(outcome.err.isEmpty)
        try shell("cmp file same; test \"$(ls | grep -c '^file')\" = 1")
    }
}
