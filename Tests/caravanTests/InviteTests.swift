import Foundation
import Testing

@Suite("Invitations that a node gave")
struct InviteTests {
    @Test("A whole site id means that site, whatever somebody else is called")
    func impostor() throws {
        let village = try Village()
        let address = try village.found("a", others: ["x"])
        let site = try #require(try village.object(village.caravan("x", "status", "--json"))["site"] as? String)
        let code = try village.caravan("a", "invite", "--address", address).out.trimmingCharacters(
            in: .whitespacesAndNewlines)
        #expect(try village.caravan("e", "join", code, "--name", site).status == 0)
        #expect(try village.caravan("a", "member", "retire", site).status == 0)
        let members = try village.json(village.caravan("a", "member", "list", "--json"))
        #expect(members.first { $0["site"] as? String == site }?["role"] as? String != "member")
        #expect(members.first { $0["name"] as? String == site }?["role"] as? String == "member")
    }

    @Test(
        "Are listed as open, used by whom, or expired; one that nobody used can be taken back, and lets nobody in then")
    func life() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"])
        let code = try village.caravan("a", "invite", "--role", "reader", "--expires", "1h").out
        #expect(try village.caravan("a", "invite", "--expires", "1s").status == 0)
        sleep(2)
        let listed = try village.json(village.caravan("a", "invite", "list", "--json"))
        #expect(listed.compactMap { $0["state"] as? String } == ["expired", "open", "used"])
        #expect(listed.compactMap { $0["role"] as? String } == ["member", "reader", "member"])
        #expect(listed.last?["name"] as? String == "b")
        #expect(listed[1]["by"] is NSNull)
        let ids = listed.compactMap { $0["id"] as? String }
        #expect(Set(ids).count == 3)

        for (wanted, status, word) in [
            (ids[2], 2, "used already"), ("0000", 2, "gave no such"), ("", 2, "gave no such"),
        ] {
            let refused = try village.caravan("a", "invite", "withdraw", wanted)
            #expect(refused.status == status, "\(wanted)")
            #expect(refused.err.contains(word), "\(wanted): \(refused.err)")
        }
        #expect(try village.caravan("a", "invite", "withdraw", String(ids[1].prefix(6))).status == 0)
        let join = try village.caravan("c", "join", "--name", "c", code.trimmingCharacters(in: .newlines))
        #expect(join.status == 3)
        #expect(join.err.contains("the invitation was withdrawn"))
        #expect(try village.json(village.caravan("a", "invite", "list", "--json")).count == 2)
    }

    @Test("With one that lets nobody in any more no node comes about, not even after it could not be reached before")
    func leavesNothing() throws {
        let village = try Village()
        let address = try village.found("a", others: [])
        let open = try village.caravan("a", "invite", "--address", address).out.trimmingCharacters(in: .newlines)
        #expect(village.stop("a") == 0)
        #expect(try village.caravan("c", "join", "--name", "c", open).status == 3)
        #expect(FileManager.default.fileExists(atPath: village.home("c") + "/replica.sqlite"))
        let again = try village.serve("a")
        for node in ["c", "d"] {
            let code = try village.caravan("a", "invite", "--address", again).out.trimmingCharacters(in: .newlines)
            try village.done(village.caravan("a", "invite", "withdraw", code))
            let refused = try village.caravan(node, "join", "--name", node, code)
            #expect(refused.status == 3)
            #expect(refused.err.contains("the invitation was withdrawn"), "\(refused.err)")
            #expect(!FileManager.default.fileExists(atPath: village.home(node)), "\(node)")
            #expect(try village.caravan(node, "serve", "--listen", "127.0.0.1:0").status == 4)
        }
        // Settings that were there before stay, and of a node that has lived in the folder the key does.
        try FileManager.default.createDirectory(atPath: village.home("f"), withIntermediateDirectories: true)
        try Data("interval: 60\n".utf8).write(to: URL(fileURLWithPath: village.home("f") + "/config.yaml"))
        try village.done(village.caravan("e", "init", "--name", "e"))
        for end in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: village.home("e") + "/replica.sqlite" + end)
        }
        let code = try village.caravan("a", "invite", "--address", again).out.trimmingCharacters(in: .newlines)
        try village.done(village.caravan("a", "invite", "withdraw", code))
        for node in ["e", "f"] { #expect(try village.caravan(node, "join", "--name", node, code).status == 3) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: village.home("f")) == ["config.yaml"])
        #expect(FileManager.default.fileExists(atPath: village.home("e") + "/identity.key"))
        #expect(!FileManager.default.fileExists(atPath: village.home("e") + "/replica.sqlite"))
    }

    @Test("May be taken back by the code itself")
    func code() throws {
        let village = try Village()
        _ = try village.found("a", others: [])
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .newlines)
        #expect(try village.caravan("a", "invite", "withdraw", code).status == 0)
        #expect(try village.caravan("a", "invite", "list", "--json").out.isEmpty)
        #expect(try village.caravan("a", "invite", "withdraw", code).status == 2)
    }

    @Test("Are drawn as a QR picture beside the code, which stays alone on standard output")
    func picture() throws {
        let village = try Village()
        _ = try village.found("a", others: [])
        let outcome = try village.caravan("a", "invite", "--qr")
        #expect(outcome.status == 0)
        #expect(outcome.out.split(separator: "\n").count == 1)
        let lines = outcome.err.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let width = try #require(lines.first?.count)
        // Square, two modules a line, and with four light ones around it.
        #expect(lines.allSatisfy { $0.count == width })
        #expect(lines.count == (width + 1) / 2)
        #expect((width - 8 - 17) % 4 == 0)
        #expect(lines.prefix(2).allSatisfy { $0.allSatisfy { $0 == " " } })
        #expect(Set(outcome.err).isSubset(of: ["█", "▀", "▄", " ", "\n"]))
        // The finder in the upper left corner.
        #expect(lines[2].dropFirst(4).hasPrefix("█▀▀▀▀▀█ "))
        #expect(lines[3].dropFirst(4).hasPrefix("█ ███ █ "))
        #expect(village.stop("a") == 0)
    }
}
