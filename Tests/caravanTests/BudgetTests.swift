import Foundation
import Testing

@Suite("A budget of bytes")
struct BudgetTests {
    let village: Village

    init() throws { village = try Village() }

    private static let schema = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v BLOB);"

    private func budget(_ node: String) throws -> [String: Any] {
        let status = try #require(try village.json(village.caravan(node, "status", "--json")).first)
        return try #require(status["budget"] as? [String: Any])
    }

    private func used(_ node: String) throws -> Int {
        let budget = try budget(node)
        let day = try #require(budget["dayUsed"] as? Int)
        // Unless a month begins at this moment.
        #expect(try #require(budget["monthUsed"] as? Int) >= day)
        return day
    }

    private func set(_ settings: String, of node: String) throws {
        try settings.write(toFile: village.home(node) + "/config.yaml", atomically: true, encoding: .utf8)
    }

    @Test("What goes through the sockets of every session is counted on both sides, and kept")
    func counted() throws {
        let hub = try village.found("hub", others: ["a"], schema: Self.schema)
        let before = try used("a")
        #expect(before > 1_000)
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('1', randomblob(100000))").status == 0)
        #expect(try village.caravan("a", "sync", hub).status == 0)
        let after = try used("a")
        #expect(after - before > 100_000)
        #expect(after - before < 120_000)
        #expect(village.stop("hub") == 0)
        // A farewell may be lost with the connection.
        #expect(abs(try used("hub") - after) < 1_000)
        #expect(try budget("a")["dayMax"] is NSNull)
        #expect(try village.caravan("a", "status").out.contains("traffic"))
        // What fails costs, too.
        #expect(try village.caravan("a", "sync", hub).status == 3)
        #expect(try used("a") == after)
    }

    @Test(
        "A server whose budget is used up parts from all, dials nobody and serves nobody; a sync by hand works and says so"
    )
    func usedUp() throws {
        _ = try village.found("hub", others: ["a"], schema: Self.schema)
        let a = try village.serve("a", interval: 1, settings: "budgetDay: 200k\nbudgetMonth: 1G")
        #expect(try village.sqlite("hub", "INSERT INTO t VALUES ('1', randomblob(250000))").status == 0)
        #expect(village.waits(for: "the byte budget of this day is used up", in: "a"))
        #expect(try waits { try village.sqlite("a", "SELECT count(*) FROM t").out == "1\n" || used("a") > 204_800 })
        let refused = try village.caravan("hub", "sync", a)
        #expect(refused.status == 3)
        #expect(refused.err.contains("has used up its byte budget of this day"), "\(refused.err)")

        #expect(try village.sqlite("hub", "INSERT INTO t VALUES ('2', randomblob(10))").status == 0)
        let synced = try village.caravan("a", "sync")
        #expect(synced.status == 0)
        #expect(synced.err.contains("the byte budget of this day is used up"), "\(synced.err)")
        #expect(try village.sqlite("a", "SELECT count(*) FROM t").out == "2\n")
        #expect(try used("a") > 204_800)
        #expect(try budget("a")["dayMax"] as? Int == 204_800)
        #expect(try budget("a")["monthMax"] as? Int == 1 << 30)
        #expect(try village.caravan("a", "status").out.contains("the budget is used up"))
        let doctor = try village.caravan("a", "doctor")
        #expect(doctor.status == 1)
        #expect(doctor.out.contains("budget: the byte budget of this day is used up"), "\(doctor.out)")
        // Nobody came for the second row but the command.
        #expect(village.stop("a") == 0)
        #expect(!village.said("a").contains("a new day"), "\(village.said("a"))")
    }

    @Test("A doctor tells that nine tenths of a budget are used")
    func nearly() throws {
        let hub = try village.found("hub", others: ["a"], schema: Self.schema)
        _ = try village.caravan("a", "sync", hub)
        let used = try used("a")
        try set("budgetMonth: \(used * 2)\n", of: "a")
        #expect(try village.caravan("a", "doctor").status == 0)
        try set("budgetMonth: \(used + used / 20)\n", of: "a")
        let doctor = try village.caravan("a", "doctor")
        #expect(doctor.status == 1)
        #expect(doctor.out.contains("of the byte budget of this month"), "\(doctor.out)")
        #expect(doctor.out.contains("raise budgetMonth"), "\(doctor.out)")
    }

    @Test("A budget that is no number of bytes is refused", arguments: ["0", "-5", "lots", "1.5G", "50 M", "[1]"])
    func refused(text: String) throws {
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        try set("budgetDay: \(text)\n", of: "a")
        let status = try village.caravan("a", "status")
        #expect(status.status == 2)
        #expect(status.err.contains("budgetDay"), "\(status.err)")
    }
}
