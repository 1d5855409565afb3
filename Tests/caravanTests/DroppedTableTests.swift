import Foundation
import Testing

@Suite("The node's own tables, dropped by hand")
struct DroppedTableTests {
    private func village() throws -> Village {
        let village = try Village()
        let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT, w TEXT);"
        _ = try village.found("a", others: ["b"], schema: schema)
        try village.sqlite("a", "INSERT INTO t VALUES ('1', 'one', ''), ('2', 'two', ''), ('3', 'three', '')")
        #expect(try village.caravan("b", "sync").status == 0)
        // Two values for one cell, and a delete.
        for node in ["a", "b"] { try village.sqlite(node, "UPDATE t SET v = 'of \(node)' WHERE id = '1'") }
        try village.sqlite("a", "DELETE FROM t WHERE id = '3'")
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    @Test(
        "Notes and clocks are made anew from the log and the tables, with what waits to be sealed",
        arguments: ["caravan_pending_1", "caravan_clock_1"])
    func madeAnew(table: String) throws {
        let village = try village()
        try village.sqlite("b", "INSERT INTO t VALUES ('4', 'four', ''); UPDATE t SET w = 'edit' WHERE id = '2'")
        #expect(try village.sqlite("b", "DROP TABLE \(table)").status == 0)
        let status = try village.caravan("b", "status")
        #expect(status.status == 0, "\(status.err)")
        try village.sqlite("b", "UPDATE t SET v = 'late' WHERE id = '4'")
        try village.sqlite("a", "UPDATE t SET v = 'zwei' WHERE id = '2'")
        for _ in 0..<2 {
            let synced = try village.caravan("b", "sync")
            #expect(synced.status == 0, "\(synced.err)")
        }
        for node in ["a", "b"] {
            let rows = try village.sqlite(node, "SELECT id, v, w FROM t WHERE id > '1' ORDER BY id").lines
            #expect(rows == ["2|zwei|edit", "4|late|"], "\(node)")
            #expect(try village.json(village.caravan(node, "conflicts", "--json")).count == 1, "\(node)")
            #expect(try village.caravan(node, "verify", "--deep").status == 0, "\(node)")
        }
        #expect(try village.digest("a") == village.digest("b"))
    }

    @Test(
        "What nothing else holds is named, with the way out, and the people's tables stay as they are",
        arguments: ["caravan_changeset", "caravan_table", "caravan_knows", "caravan_peer", "caravan_roster"])
    func named(table: String) throws {
        let village = try village()
        try village.sqlite("b", "INSERT INTO t VALUES ('4', 'four', ''); DROP TABLE \(table)")
        for _ in 0..<2 {
            let found = try village.caravan("b", "status")
            #expect(found.status == 4)
            #expect(found.err.contains("somebody dropped table \(table) of the replica"), "\(found.err)")
            #expect(found.err.contains("restore a backup, or join anew"))
            #expect(!found.err.contains("SQLite refused"))
        }
        #expect(try village.caravan("b", "doctor").out.contains("SQLite refused") == false)
        #expect(try village.sqlite("b", "SELECT v FROM t WHERE id = '4'").out == "four\n")
    }
}
