import Foundation
import Testing

@Suite("A node that was copied or put back never forks, and nothing is lost")
struct IncarnationTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        try write("b", "before", sync: true)
    }

    private func write(_ node: String, _ id: String, sync: Bool) throws {
        #expect(try village.sqlite(node, "INSERT INTO t(id) VALUES ('\(id)')").status == 0)
        if sync { #expect(try village.caravan(node, "sync", address).status == 0) }
    }

    private func shell(_ script: String) throws {
        let done = try Shell.run("bash", ["-ec", "cd '\(village.folder.path)'; \(script)"])
        #expect(done.status == 0, "\(done.err)")
    }

    /// Rows, and incarnations of `b` that wrote.
    private func agree(_ nodes: [String], rows: [String], incarnations: Int) throws {
        for node in nodes + nodes { #expect(try village.caravan(node, "sync", address).status == 0) }
        for node in ["a"] + nodes {
            #expect(try village.sqlite(node, "SELECT id FROM t ORDER BY id").lines == rows.sorted())
            #expect(try village.caravan(node, "verify", "--deep").status == 0)
        }
        #expect(Set(try (["a"] + nodes).map(village.digest)).count == 1)
        let site = try #require(village.json(village.caravan("b", "status", "--json")).first?["site"] as? String)
        let vector = try #require(
            village.json(village.caravan("a", "status", "--json")).first?["versionVector"] as? [String: Int])
        #expect(vector.keys.count { $0.hasPrefix(site) } == incarnations)
    }

    @Test("A node goes on in its incarnation while nothing happens to it")
    func untouched() throws {
        for id in ["1", "2"] { try write("b", id, sync: true) }
        _ = try village.serve("b")
        try write("b", "3", sync: true)
        #expect(village.fell("b"))
        try write("b", "4", sync: true)
        try agree(["b"], rows: ["before", "1", "2", "3", "4"], incarnations: 1)
    }

    @Test(
        "A disk whose files have other numbers after a mount: the node goes on; a file that was born at another time is another"
    )
    func renumbered() throws {
        let kept = try #require(village.sqlite("b", "SELECT value FROM caravan_meta WHERE name = 'file'").lines.first)
        let parts = kept.split(separator: ":").compactMap { Int64($0) }
        try #require(parts.count == 2 && parts[1] > 1_000_000_000_000, "this disk tells when files are born")
        #expect(
            try village.sqlite("b", "UPDATE caravan_meta SET value = '1:\(parts[1])' WHERE name = 'file'").status == 0)
        try write("b", "1", sync: true)
        try agree(["b"], rows: ["before", "1"], incarnations: 1)
        #expect(
            try village.sqlite("b", "UPDATE caravan_meta SET value = '\(parts[0]):\(parts[1] - 1)' WHERE name = 'file'")
                .status == 0)
        try write("b", "2", sync: true)
        try agree(["b"], rows: ["before", "1", "2"], incarnations: 2)
    }

    @Test("A folder that was copied, and both write: each row is everywhere")
    func copied() throws {
        try shell("cp -r b copy")
        try write("b", "one", sync: true)
        try write("copy", "two", sync: true)
        try write("b", "three", sync: false)
        try agree(["b", "copy"], rows: ["before", "one", "two", "three"], incarnations: 2)
    }

    @Test("A backup that is put back: what peers have comes back, what was pending in it is there")
    func putBack() throws {
        try write("b", "pending", sync: false)
        try shell("cp -r b backup")
        try write("b", "later", sync: true)
        try shell("rm -r b; cp -r backup b")
        try write("b", "new", sync: true)
        try agree(["b"], rows: ["before", "pending", "later", "new"], incarnations: 2)
    }

    @Test("Of two values that one member wrote into a cell its name alone takes neither")
    func bothValues() throws {
        func write(_ value: String) throws {
            #expect(try village.sqlite("b", "UPDATE t SET v = '\(value)'").status == 0)
            #expect(try village.caravan("b", "sync", address).status == 0)
        }
        try shell("cp -r b backup")
        try write("one")
        try shell("rm -r b; cp -r backup b")
        try write("two")
        let shown = try village.sqlite("a", "SELECT v FROM t").lines
        let named = try village.caravan("a", "resolve", "t", "before", "v", "--take", "b")
        #expect(named.status != 0)
        #expect(named.err.contains("several values of that site"))
        let all = try village.caravan("a", "resolve", "--all", "--take", "b")
        #expect(all.status == 1)
        #expect(all.out.contains("that site wrote several of its values"))
        #expect(try village.sqlite("a", "SELECT v FROM t").lines == shown)
    }

    @Test("The same backup put back twice")
    func twice() throws {
        try shell("cp -r b backup")
        for id in ["one", "two"] {
            try write("b", id, sync: true)
            try shell("rm -r b; cp -r backup b")
        }
        try write("b", "three", sync: true)
        try agree(["b"], rows: ["before", "one", "two", "three"], incarnations: 3)
    }

    @Test("Bytes put back into the same file, which only the witness tells")
    func inPlace() throws {
        try village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)")
        try shell("cp b/replica.sqlite image")
        try write("b", "later", sync: true)
        try shell("rm -f b/*-wal b/*-shm; cat image > b/replica.sqlite")
        try write("b", "new", sync: true)
        try agree(["b"], rows: ["before", "later", "new"], incarnations: 2)
    }

    @Test(
        "Bytes put back into the same file again, after the incarnation that followed has come back from a peer that never had the one before"
    )
    func inPlaceAgain() throws {
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try village.caravan("c", "join", code, "--name", "c").status == 0)
        // A server dials when it begins, and would pass on what only it is to have.
        #expect(try village.caravan("c", "peer", "remove", "a").status == 0)
        let other = try village.serve("c")
        try village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)")
        try shell("cp b/replica.sqlite image")
        let putBack = "rm -f b/*-wal b/*-shm; cat image > b/replica.sqlite"
        try write("b", "only at c", sync: false)
        #expect(try village.caravan("b", "sync", other).status == 0)
        try shell(putBack)
        try write("b", "next", sync: true)
        try shell(putBack)
        #expect(try village.caravan("b", "sync", address).status == 0)
        try write("b", "last", sync: true)
        #expect(try village.caravan("b", "sync", other).status == 0)
        try agree(["b", "c"], rows: ["before", "only at c", "next", "last"], incarnations: 3)
    }

    @Test("Everything put back into the same files: a peer's vector tells, where nothing was written since")
    func byPeer() throws {
        try village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)")
        try shell("cp -r b image")
        try write("b", "later", sync: true)
        try shell("rm -f b/*-wal b/*-shm; for f in image/*; do cat $f > b/${f##*/}; done")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try write("b", "new", sync: true)
        try agree(["b"], rows: ["before", "later", "new"], incarnations: 2)
    }

    @Test(
        "The replica alone put back after that, before anything was written into the incarnation that a peer's vector led to"
    )
    func byPeerAgain() throws {
        try village.sqlite("b", "PRAGMA wal_checkpoint(TRUNCATE)")
        try shell("cp -r b image")
        try write("b", "later", sync: true)
        try shell("rm -f b/*-wal b/*-shm; for f in image/*; do cat $f > b/${f##*/}; done")
        #expect(try village.caravan("b", "sync", address).status == 0)
        try shell("rm -f b/*-wal b/*-shm; cat image/replica.sqlite > b/replica.sqlite")
        try write("b", "new", sync: true)
        try agree(["b"], rows: ["before", "later", "new"], incarnations: 2)
    }

    @Test("The founder put back: its records, its members and its right to invite are there")
    func founder() throws {
        #expect(village.stop("a") == 0)
        try shell("cp -r a backup")
        let again = try village.serve("a", listen: address)
        #expect(again == address)
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try village.caravan("c", "join", code, "--name", "c").status == 0)
        try write("c", "of c", sync: true)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(village.stop("a") == 0)
        try shell("rm -r a; cp -r backup a")
        _ = try village.serve("a", listen: address)
        try write("a", "of a", sync: false)
        #expect(try village.caravan("b", "sync", address).status == 0)
        let other = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try village.caravan("d", "join", other, "--name", "d").status == 0)
        try agree(["b", "c", "d"], rows: ["before", "of c", "of a"], incarnations: 1)
    }

    @Test("A replica that was removed, and an alliance that is founded anew beside the key and the witness")
    func foundedAnew() throws {
        try shell("rm b/replica.sqlite")
        #expect(try village.caravan("b", "init", "--name", "b").status == 0)
        #expect(try village.sqlite("b", "INSERT INTO project(id) VALUES ('1')").status == 0)
        #expect(try village.caravan("b", "verify", "--deep").status == 0)
    }
}
