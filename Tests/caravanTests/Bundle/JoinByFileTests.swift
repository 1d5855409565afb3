import Foundation
import Testing

@Suite("Joining without a network")
struct JoinByFileTests {
    @Test("A petition is answered with all the records, which only the new node can read, and the secret works once")
    func joins() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.insert("a", "before")
        let (request, grant) = (village.onStick("b.request"), village.onStick("b.grant"))
        let asked = try village.object(village.caravan("b", "join", "--request", request, "--name", "b", "--json"))
        let granted = try village.object(
            village.caravan("a", "invite", "--grant", request, "--output", grant, "--json"))
        #expect(asked["site"] as? String == granted["site"] as? String)
        #expect(granted["name"] as? String == "b")
        let timed = try village.caravan("a", "invite", "--grant", request, "--output", grant, "--expires", "1s")
        #expect(timed.status == 2)
        #expect(timed.err.contains("an answer to a petition does not expire"))
        // Somebody else cannot use the answer.
        try village.done(village.caravan("c", "join", "--request", village.onStick("c.request"), "--name", "c"))
        let stolen = try village.caravan("c", "join", "--grant", grant)
        #expect(stolen.status == 3)
        #expect(stolen.err.contains("no answer to what this node asked"))
        #expect(try village.caravan("b", "join", "--grant", grant).status == 0)
        #expect(try village.digest("b") == village.digest("a"))
        let again = try village.caravan("b", "join", "--grant", grant)
        #expect(again.status == 2)
        #expect(again.err.contains("which has joined by such a file"))
        try village.insert("b", "after")
        // The same petition gives no second member.
        try village.done(village.caravan("a", "invite", "--grant", request, "--output", grant))
        #expect(try village.json(village.caravan("a", "member", "list", "--json")).count == 2)
        #expect(
            try village.json(village.caravan("a", "invite", "list", "--json")).map { $0["state"] as? String } == [
                "used"
            ])
    }

    @Test("An answer without the records makes a member that gets them later; a role is given")
    func without() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.insert("a", "before")
        let (request, grant) = (village.onStick("b.request"), village.onStick("b.grant"))
        try village.done(village.caravan("b", "join", "--request", request, "--name", "b"))
        try village.done(
            village.caravan(
                "a", "invite", "--grant", request, "--output", grant, "--without-records", "--role", "reader"))
        try village.done(village.caravan("b", "join", "--grant", grant))
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "0\n")
        for node in ["b", "a", "b"] { try village.done(village.caravan(node, "bundle", "exchange", village.stick)) }
        #expect(try village.digest("b") == village.digest("a"))
        #expect(try village.sqlite("b", "INSERT INTO t VALUES ('x', 'y')").status != 0)
    }

    @Test("A petition that was altered, an answer that was cut, and a folder that asked for nothing end in a sentence")
    func refused() throws {
        let village = try Village()
        try village.foundApart("a", others: ["m"])
        let (request, grant) = (village.onStick("b.request"), village.onStick("b.grant"))
        try village.done(village.caravan("b", "join", "--request", request, "--name", "b"))
        var altered = try Data(contentsOf: URL(fileURLWithPath: request))
        altered[altered.count - 1] ^= 1
        try altered.write(to: URL(fileURLWithPath: village.onStick("altered")))
        #expect(
            try village.caravan("a", "invite", "--grant", village.onStick("altered"), "--output", grant).status == 3)
        #expect(try village.json(village.caravan("a", "member", "list", "--json")).count == 2)
        // Who is no admin lets nobody in.
        #expect(try village.caravan("m", "invite", "--grant", request, "--output", grant).status == 5)
        try village.done(village.caravan("a", "invite", "--grant", request, "--output", grant))
        let whole = try Data(contentsOf: URL(fileURLWithPath: grant))
        try whole.dropLast(10).write(to: URL(fileURLWithPath: village.onStick("cut")))
        #expect(try village.caravan("b", "join", "--grant", village.onStick("cut")).status == 3)
        #expect(!FileManager.default.fileExists(atPath: village.home("b") + "/replica.sqlite"))
        #expect(try village.caravan("d", "join", "--grant", grant).status == 2)
        #expect(try village.caravan("b", "join", "--grant", grant).status == 0)
        #expect(try village.caravan("b", "join").status == 2)
        #expect(try village.caravan("a", "invite", "--grant", request).status == 2)
    }
}
