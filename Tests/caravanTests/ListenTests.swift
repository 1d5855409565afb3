import Foundation
import SyncWire
import Testing

@Suite("Addresses in invitations")
struct ListenTests {
    private func addresses(_ outcome: Shell.Outcome) throws -> [String] {
        #expect(outcome.status == 0, "\(outcome.err)")
        return try InvitationCodec.decode(outcome.out).addresses
    }

    @Test(
        "What listens everywhere is invited to by addresses that can be dialled, and joined by them",
        arguments: ["0.0.0.0:0", "0:0"])
    func everywhere(listen: String) throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let port = try #require(try village.serve("a", listen: listen).split(separator: ":").last)
        let invited = try village.caravan("a", "invite")
        let found = try addresses(invited)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.hasSuffix(":\(port)") && !$0.hasPrefix("0") })
        #expect(try village.caravan("b", "join", invited.out, "--name", "b").status == 0)
    }

    @Test(
        "Several addresses stand in the order given; one that nobody can dial is refused; where none is known it is asked for"
    )
    func given() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let unknown = try village.caravan("a", "invite")
        #expect(unknown.status == 2)
        #expect(unknown.err.contains("--address"))
        #expect(
            try addresses(village.caravan("a", "invite", "--address", "b.example:1", "--address", "[2001:db8::1]:2"))
                == ["b.example:1", "[2001:db8::1]:2"])
        for wrong in ["0.0.0.0:7410", "[::]:7410", "0:7410", "b.example:0", "b.example"] {
            #expect(try village.caravan("a", "invite", "--address", wrong).status == 2, "\(wrong)")
        }
        let own = try village.serve("a")
        #expect(try addresses(village.caravan("a", "invite")) == [own])
    }
}
