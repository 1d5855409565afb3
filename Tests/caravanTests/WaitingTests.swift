import Foundation
import Testing

@Suite("What one node cannot apply waits there, and stops nothing else", .serialized)
struct WaitingTests {
    @Test(
        "An index that somebody made on a table of the node's own, and that refuses a row, keeps nobody else's changes out; status and doctor name it, and once it is gone all is there"
    )
    func ownIndex() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b", "c"])
        let id = try village.sqlite("c", "SELECT id FROM caravan_table WHERE base = 'project'").lines.first ?? ""
        try village.sqlite(
            "c", "CREATE INDEX mine ON caravan_clock_\(id)(json_extract(CASE k1 WHEN 'b' THEN 'no JSON' END, '$'))")
        // Sealed before it has seen what c cannot apply, so not built on that.
        #expect(try village.caravan("a", "sql", "INSERT INTO project(id, note) VALUES ('a', '{}')").status == 0)
        try village.sqlite("b", "INSERT INTO project(id, note) VALUES ('b', 'no JSON')")
        #expect(try village.caravan("b", "sync", a).status == 0)
        #expect(try village.caravan("c", "sync", a).status == 0)
        let rows = "SELECT id FROM project ORDER BY id"
        #expect(try village.sqlite("c", rows).out == "a\n")
        let status = try village.json(village.caravan("c", "status", "--json"))[0]
        #expect(status["failed"] as? Int == 1)
        #expect(status["waiting"] as? Int == 1)
        #expect(status["waiting"] as? Int == 1)
        let doctor = try village.caravan("c", "doctor")
        #expect(doctor.status == 1)
        #expect(doctor.out.contains("changeset 1 of b cannot be applied on this node (malformed JSON)"))

        // Its own work goes on, and everybody else has everything.
        try village.sqlite("c", "INSERT INTO project(id) VALUES ('c')")
        for node in ["c", "b"] { #expect(try village.caravan(node, "sync", a).status == 0) }
        #expect(try village.sqlite("b", rows).out == "a\nb\nc\n")

        try village.sqlite("c", "DROP INDEX mine")
        #expect(try village.caravan("c", "sync", a).status == 0)
        #expect(Set(try ["a", "b", "c"].map(village.digest)).count == 1)
        #expect(try village.json(village.caravan("c", "status", "--json"))[0]["waiting"] as? Int == 0)
        for node in ["a", "b", "c"] { #expect(try village.caravan(node, "verify", "--deep").status == 0) }
        #expect(village.stop("a") == 0)
    }

    @Test("What another program wrote while triggers were off keeps no changes out, nor those of the same row")
    func triggersOff() throws {
        let village = try Village()
        let a = try village.found("a", others: ["b"])
        try village.sqlite("b", "INSERT INTO project(id, note) VALUES ('p', 'mine')")
        _ = try Shell.run(
            "sqlite3",
            [
                "-cmd", ".dbconfig enable_trigger off", village.home("b") + "/replica.sqlite",
                "INSERT INTO project(id) VALUES ('x')",
            ])
        try village.sqlite("a", "INSERT INTO project(id, note) VALUES ('x', 'theirs'), ('y', 'theirs')")
        #expect(try village.caravan("b", "sync", a).status == 0)
        #expect(try village.sqlite("a", "SELECT id FROM project ORDER BY id").out == "p\nx\ny\n")
        #expect(try village.json(village.caravan("b", "status", "--json"))[0]["failed"] as? Int == 0)
        try village.sqlite("b", "INSERT INTO project(id) VALUES ('q')")
        for _ in 0..<2 { #expect(try village.caravan("b", "sync", a).status == 0) }
        #expect(try village.digest("a") == village.digest("b"))
        #expect(try village.sqlite("a", "SELECT count(*) FROM project").out == "4\n")
        #expect(village.stop("a") == 0)
    }
}
