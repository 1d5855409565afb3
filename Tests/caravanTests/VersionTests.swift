import Foundation
import Testing

/// A member of another make that speaks other versions of the protocol, over a real connection: see
/// Tests/Peer/versions.py.
@Suite("A peer that is older or newer")
struct VersionTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "almaty", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT);")
        let code = try village.caravan("almaty", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try python("peer.py", "join", state, code, "pavlodar").status == 0)
        let row = #"[["t",["id"],["a"],[["insert",["of the peer","x"]]]]]"#
        #expect(try python("peer.py", "write", state, row).status == 0)
        try village.sqlite("almaty", "INSERT INTO t VALUES ('of the node', 'y')")
    }

    private var state: String { village.folder.appendingPathComponent("peer.json").path }

    private func program(_ name: String) -> String { PeerTests.root.appendingPathComponent("Tests/Peer/" + name).path }

    private func python(_ name: String, _ arguments: String...) throws -> Shell.Outcome {
        try Shell.run(
            "python3", [program(name)] + arguments, environment: ["PYTHONDONTWRITEBYTECODE": "1"])
    }

    /// How a session ended that the peer dialled.
    private func end(versions: String, words: String) throws -> (end: String, sentence: String) {
        let site = try village.json(village.caravan("almaty", "status", "--json")).first?["site"] as? String ?? ""
        let outcome = try python("versions.py", "sync", state, address, site, versions, words)
        let told = try #require(try village.json(outcome).first, "\(outcome.err)")
        return (told["end"] as? String ?? "", told["sentence"] as? String ?? "")
    }

    private var rows: String {
        get throws { try village.sqlite("almaty", "SELECT group_concat(id) FROM (SELECT id FROM t ORDER BY id)").out }
    }

    @Test(
        "A peer that speaks a later version too is met in the one that both speak, and one that says more than is known is understood",
        arguments: [
            ("1-1", "plain"), ("1-2", "plain"), ("0-1", "plain"), ("1-18446744073709551615", "plain"),
            ("1-2", "fields"), ("1-2", "even"), ("1-1", "empty"), ("1-2", "parts"),
        ])
    func common(versions: String, words: String) throws {
        let (end, sentence) = try end(versions: versions, words: words)
        #expect(end == "done", "\(sentence)")
        #expect(try rows == "of the node,of the peer\n")
        #expect(village.stop("almaty") == 0)
    }

    @Test(
        "A peer that speaks none of the node's versions is refused by an error that names both, and nothing of it is kept",
        arguments: [("2-2", "2"), ("3-9", "3 to 9"), ("0-0", "0")])
    func none(versions: String, named: String) throws {
        let (end, sentence) = try end(versions: versions, words: "plain")
        #expect(end == "no-common-version")
        #expect(sentence == "this node speaks protocol 1 and the peer \(named): update the older one")
        #expect(try rows == "of the node\n")
        #expect(try village.caravan("almaty", "status", "--json").out.contains("no-common-version"))
        // Nobody else is the worse for it, nor that peer once it was updated.
        #expect(try self.end(versions: "1-2", words: "plain").end == "done")
        #expect(try rows == "of the node,of the peer\n")
    }

    @Test("A message that must be understood and is not ends the session by name; so do versions that cannot be meant")
    func must() throws {
        let odd = try end(versions: "1-2", words: "odd")
        #expect(odd.end == "bad-message")
        #expect(odd.sentence.contains("401"))
        #expect(try rows == "of the node\n")
        #expect(try end(versions: "2-1", words: "plain").end == "bad-message")
        #expect(try end(versions: "1-1", words: "plain").end == "done")
    }

    @Test(
        "A node that dials a peer of another version says so, with both versions and a status of its own",
        arguments: [("2-2", 3), ("1-2", 0)] as [(String, Int32)])
    func dialling(versions: String, status: Int32) throws {
        let (process, out, _) = try Shell.start(
            "python3", [program("versions.py"), "answer", state, versions, "fields"],
            environment: ["PYTHONDONTWRITEBYTECODE": "1"])
        // Signals that can be blocked are, in whatever a test starts.
        defer { kill(process.processIdentifier, SIGKILL) }
        let listening = try #require(Shell.firstLine(of: out), "the peer ended")
        let synced = try village.caravan("almaty", "sync", listening)
        #expect(synced.status == status, "\(synced.out)\(synced.err)")
        if status == 0 {
            #expect(try rows == "of the node,of the peer\n")
        } else {
            #expect(try village.caravan("almaty", "status", "--json").out.contains("no-common-version"))
            #expect((synced.out + synced.err).contains("this node speaks protocol 1 and the peer 2"))
        }
    }
}
