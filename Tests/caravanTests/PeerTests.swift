import Foundation
import Testing

/// A peer of another make, in Python, written from the articles Protocol and MergeSemantics: see Tests/Peer.
@Suite("A peer that was written from the articles")
struct PeerTests {
    let village: Village

    init() throws { village = try Village() }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private var state: String { village.folder.appendingPathComponent("peer.json").path }

    private func run(_ arguments: [String], of name: String = "peer.py") throws -> Shell.Outcome {
        let program = Self.root.appendingPathComponent("Tests/Peer/" + name).path
        return try Shell.run("python3", [program] + arguments, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    }

    /// The facts that the peer tells: its site, and the digests of its tables and heads.
    private func peer(_ arguments: String...) throws -> [String: String] {
        let outcome = try run(arguments)
        #expect(outcome.status == 0, "\(outcome.err)")
        return try village.json(outcome).first as? [String: String] ?? [:]
    }

    private func site(_ node: String) throws -> String {
        try village.json(village.caravan(node, "status", "--json")).first?["site"] as? String ?? ""
    }

    @Test("It holds the article's test vectors to be right")
    func vectors() throws {
        let outcome = try run([
            "vectors", Self.root.appendingPathComponent("Sources/SyncNode/Caravan.docc/protocol-vectors.json").path,
        ])
        #expect(outcome.status == 0, "\(outcome.err)")
    }

    @Test("It stays, gets what is written at the node, and pushes what it writes itself")
    func stays() throws {
        let address = try village.found(
            "almaty", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT);")
        let code = try village.caravan("almaty", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try peer("join", state, code, "pavlodar")
        let program = Self.root.appendingPathComponent("Tests/Peer/peer.py").path
        let rows = #"[["t",["id"],["a"],[["insert",["of the peer","x"]]]]]"#
        let (process, out, err) = try Shell.start(
            "python3", [program, "stay", state, address, try site("almaty"), rows],
            environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        #expect(out.fileHandleForReading.readData(ofLength: 9) == Data("standing\n".utf8))
        try village.sqlite("almaty", "INSERT INTO t VALUES ('of the node', 'y')")
        let last = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let said = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(last.contains(try village.digest("almaty")))
        #expect(
            try village.sqlite("almaty", "SELECT group_concat(id) FROM (SELECT id FROM t ORDER BY id)").out
                == "of the node,of the peer\n")
    }

    @Test(
        "A context that goes back makes its changeset void at both, whatever hash it names, and what its author seals afterwards counts"
    )
    func contextGoesBack() throws {
        let address = try village.found(
            "almaty", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT);")
        let code = try village.caravan("almaty", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        for row in ["1", "2"] {
            try village.sqlite("almaty", "INSERT INTO t VALUES ('\(row)', 'by the node')")
            try village.caravan("almaty", "status")
        }
        _ = try peer("join", state, code, "pavlodar")
        _ = try peer("write", state, #"[["t",["id"],["a"],[["insert",["before","x"]]]]]"#)
        _ = try peer("back", state, #"[["t",["id"],["a"],[["insert",["void","x"]]]]]"#)
        _ = try peer("write", state, #"[["t",["id"],["a"],[["insert",["after","x"]]]]]"#)
        let told = try peer("sync", state, address, site("almaty"))
        #expect(
            try village.sqlite("almaty", "SELECT group_concat(id, ' ') FROM (SELECT id FROM t ORDER BY id)").out
                == "1 2 after before\n")
        #expect(try told["tables"] == village.digest("almaty"))
        #expect(try village.caravan("almaty", "log", "--json").out.contains("void"))
    }

    @Test(
        "Whoever floods a node is refused by name or gives way, and others are served meanwhile",
        arguments: [
            ("replay", "too-much"), ("acks", "too-much"), ("hello", "unexpected"), ("dials", "bye"), ("silent", nil),
            ("keys", nil),
        ] as [(String, String?)])
    func floods(kind: String, heard: String?) throws {
        let address = try village.found(
            "almaty", others: ["bishkek"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT);")
        let code = try village.caravan("almaty", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try peer("join", state, code, "mallory")
        _ = try peer("write", state, #"[["t",["id"],["a"],[["insert",["m","x"]]]]]"#)
        let digest = try peer("sync", state, address, site("almaty"))["tables"]
        let outcome = try run(
            [kind, state, address, site("almaty"), Shell.command, "--home", village.home("bishkek"), "sync", address],
            of: "flood.py")
        let told = try #require(try village.json(outcome).first, "\(outcome.err)")
        #expect(told["heard"] as? String == heard)
        #expect(told["status"] as? Int == 0)
        #expect(try village.digest("almaty") == digest)
        #expect(try village.digest("bishkek") == digest)
        #expect(village.stop("almaty") == 0)
    }

    @Test(
        "An inviter whose control changesets found another alliance, or that shows none, is refused by name, and the folder is free for another",
        arguments: ["other", "nothing", "silence"])
    func impostor(kind: String) throws {
        let program = Self.root.appendingPathComponent("Tests/Peer/impostor.py").path
        let (process, out, _) = try Shell.start(
            "python3", [program, kind], environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        // Signals that can be blocked are, in whatever a test starts.
        defer { kill(process.processIdentifier, SIGKILL) }
        let code = try #require(Shell.firstLine(of: out), "the impostor ended")
        let joined = try village.caravan("newcomer", "join", code, "--name", "newcomer", "--json")
        #expect(joined.status == 3)
        #expect((joined.out + joined.err).contains("wrong-alliance"), "\(joined.out)\(joined.err)")
        _ = try village.found("almaty", others: ["newcomer"])
        #expect(try village.digest("almaty") == village.digest("newcomer"))
    }

    @Test("It joins, both sides get what the other wrote, and their tables come to the same digest at every step")
    func exchange() throws {
        let schema = """
            CREATE TABLE city (id TEXT NOT NULL PRIMARY KEY, name TEXT, people INTEGER);
            CREATE TABLE office (city TEXT NOT NULL REFERENCES city(id), no INTEGER NOT NULL, plan BLOB, PRIMARY KEY (city, no));
            """
        let address = try village.found("almaty", others: [], schema: schema)
        try village.sqlite(
            "almaty",
            "INSERT INTO city VALUES ('a', 'Алматы', 2), ('b', 'Бишкек', NULL); INSERT INTO office VALUES ('a', 1, x'00ff')"
        )
        let code = try village.caravan("almaty", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try peer("join", state, code, "pavlodar")["tables"] == village.digest("almaty"))

        // Apart: an edit against an edit, a delete against an edit, a delete of what is referred to, and rows of either
        // side's own.
        _ = try peer(
            "write", state,
            #"[["city",["id"],["name","people"],[["insert",["p","Павлодар",3]],["update",["a"],{"name":"by the peer"}],["delete",["b"]]]],["office",["city","no"],["plan"],[["insert",["p",7,null]]]]]"#
        )
        try village.sqlite(
            "almaty",
            "UPDATE city SET name = 'by the node', people = 5 WHERE id = 'a'; UPDATE city SET people = 1 WHERE id = 'b'; DELETE FROM office"
        )
        try village.sqlite("almaty", "INSERT INTO city VALUES ('o', 'Ош', 4)")
        let told = try peer("sync", state, address, site("almaty"))
        #expect(try told["tables"] == village.digest("almaty"))
        #expect(
            try village.sqlite("almaty", "SELECT group_concat(id, ' ') FROM (SELECT id FROM city ORDER BY id)").out
                == "a b o p\n")

        // A definition that comes later, and an exchange in which there is nothing to do.
        let later = village.folder.appendingPathComponent("later.sql")
        try schema.replacingOccurrences(of: "people INTEGER", with: "people INTEGER, river TEXT DEFAULT 'none'").write(
            to: later, atomically: true, encoding: .utf8)
        let applied = try village.caravan("almaty", "schema", "apply", later.path)
        #expect(applied.status == 0, "\(applied.err)")
        try village.sqlite("almaty", "UPDATE city SET river = 'Irtysh' WHERE id = 'p'")
        let last = try peer("sync", state, address, site("almaty"))
        #expect(try last["tables"] == village.digest("almaty"))
        #expect(try peer("sync", state, address, site("almaty")) == last)
        #expect(try village.caravan("almaty", "verify", "--deep").status == 0)
    }
}
