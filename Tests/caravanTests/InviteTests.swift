import Foundation
import Testing

@Suite("Invitations that a node gave")
struct InviteTests {
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
        #expect(join.err.contains("made no such invitation"))
        #expect(try village.json(village.caravan("a", "invite", "list", "--json")).count == 2)
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
}
