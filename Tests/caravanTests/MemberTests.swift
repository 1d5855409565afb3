import Foundation
import Testing

@Suite("Members whose right an admin changes")
struct MemberTests {
    private func field(_ name: String, of member: String, in outcome: Shell.Outcome, _ village: Village) throws -> Any?
    {
        try village.json(outcome).first { $0["name"] as? String == member }?[name]
    }

    @Test("Retiring ends the session that runs, is named on both sides, and is undone by a new role and a release")
    func retired() throws {
        let village = try Village()
        let address = try village.found("hub", others: ["leaf", "other"])
        try village.sqlite("leaf", "INSERT INTO project(id) VALUES ('before')")
        #expect(try village.caravan("leaf", "sync", address).status == 0)
        #expect(try village.caravan("other", "sync", address).status == 0)
        // A session stands once what is written here is there.
        _ = try village.serve("leaf")
        try village.sqlite("hub", "INSERT INTO project(id) VALUES ('told')")
        #expect(try waits { try village.sqlite("leaf", "SELECT count(*) FROM project").out == "2\n" })

        let retired = try village.caravan("hub", "member", "retire", "leaf")
        #expect(retired.status == 0)
        #expect(retired.out == "leaf: retired\n")
        #expect(village.waits(for: "an admin ended the right", in: "leaf"))
        #expect(village.stop("leaf") == 0)
        let list = try village.caravan("hub", "member", "list", "--json")
        #expect(try field("role", of: "leaf", in: list, village) is NSNull)
        #expect(try village.caravan("hub", "member", "list").out.contains("leaf   retired"))
        let peers = try village.json(village.caravan("hub", "peer", "list", "--json"))
        #expect(peers.first { $0["name"] as? String == "leaf" }?["isRetired"] as? Bool == true)
        #expect(peers.first { $0["name"] as? String == "other" }?["isRetired"] as? Bool == false)
        #expect(try village.caravan("hub", "status").lines.contains { $0.hasPrefix("leaf   retired ") })
        let refused = try village.caravan("leaf", "sync", address, "--json")
        #expect(refused.status == 3)
        #expect(try village.caravan("leaf", "doctor").out.contains("an admin ended the right"))

        // It goes on, and somebody who has not heard of it passes it on.
        try village.sqlite("leaf", "INSERT INTO project(id) VALUES ('beyond')")
        let meeting = try village.serve("other")
        #expect(try village.caravan("leaf", "sync", meeting).status == 0)
        #expect(village.stop("other") == 0)
        #expect(try village.caravan("other", "sync", address).status == 0)
        for node in ["hub", "other"] {
            #expect(try village.sqlite(node, "SELECT id FROM project ORDER BY id").out == "before\ntold\n")
            #expect(try village.caravan(node, "log").out.contains("quarantined: it lies beyond the end"))
            let doctor = try village.caravan(node, "doctor")
            #expect(doctor.status == 1)
            #expect(doctor.out.contains("`caravan member release leaf`"))
        }
        #expect(try village.digest("hub") == village.digest("other"))

        #expect(
            try village.caravan("hub", "member", "release", "leaf").out == "leaf: retired; 1 changeset counts again\n")
        #expect(
            try village.caravan("hub", "member", "release", "leaf").out
                == "nothing that leaf wrote is quarantined: nothing is changed\n")
        #expect(try village.caravan("hub", "member", "role", "leaf", "member").out == "leaf: member\n")
        for node in ["leaf", "other"] { #expect(try village.caravan(node, "sync", address).status == 0) }
        for node in ["hub", "leaf", "other"] {
            #expect(try village.sqlite(node, "SELECT id FROM project ORDER BY id").out == "before\nbeyond\ntold\n")
        }
        #expect(Set(try ["hub", "leaf", "other"].map(village.digest)).count == 1)
        #expect(try village.caravan("hub", "doctor").status == 0)
        #expect(village.stop("hub") == 0)
    }

    @Test("A lesser role refuses at once what it may not, where the member writes")
    func reader() throws {
        let village = try Village()
        let address = try village.found("hub", others: ["leaf"])
        #expect(try village.caravan("hub", "member", "role", "leaf", "reader").out == "leaf: reader\n")
        #expect(try village.caravan("hub", "member", "role", "leaf", "reader").out.contains("nothing is changed"))
        #expect(try village.caravan("leaf", "sync", address).status == 0)
        let written = try village.sqlite("leaf", "INSERT INTO project(id) VALUES ('x')")
        #expect(written.status != 0)
        #expect(written.err.contains("reader"))
        #expect(village.stop("hub") == 0)
    }

    @Test("What cannot be is refused in one sentence, with the status that says which kind it is")
    func refused() throws {
        let village = try Village()
        _ = try village.found("hub", others: ["leaf"])
        for (node, words, status, said) in [
            ("hub", ["retire", "hub"], 5, "the last admin"),
            ("hub", ["role", "hub", "member"], 5, "the last admin"),
            ("leaf", ["retire", "hub"], 5, "only an admin"),
            ("leaf", ["release", "hub"], 5, "only an admin"),
            ("hub", ["retire", "nobody"], 2, "there is no member nobody"),
            ("hub", ["role", "leaf", "king"], 2, "king"),
            ("hub", ["retire", "leaf", "--since", "31 February"], 2, "is no time"),
            ("hub", ["role", "leaf", "admin", "--since", "1d"], 5, "has no end"),
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home(node), "member"] + words)
            #expect(outcome.status == status, "\(words)")
            #expect(outcome.err.contains(said), "\(words): \(outcome.err)")
        }
        #expect(village.stop("hub") == 0)
    }
}
