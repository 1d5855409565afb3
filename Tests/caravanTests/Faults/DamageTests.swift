import Foundation
import Testing

@Suite("A page of the replica that is damaged")
struct DamageTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// A condition on SQLite's own table of what is on which page: the first page that meets it is damaged.
        let page: String
        /// Commands that need what was there, and so end with 4.
        let stopped: [[String]]
    }

    static let damages = [
        Damage(
            testDescription: "of the list of tables", page: "name = 'sqlite_schema' AND pageno > 1",
            stopped: [["status"], ["log"], ["sql", "SELECT 1"]]),
        Damage(
            testDescription: "of a table", page: "name = 't' AND pagetype = 'leaf'",
            stopped: [["sql", "SELECT max(v) FROM t"], ["status", "--digest"]]),
        Damage(
            testDescription: "of an index", page: "name = 'sqlite_autoindex_t_1' AND pagetype = 'leaf'",
            stopped: [["sql", "UPDATE t SET v = 'x' WHERE id = '0001'"]]),
        Damage(
            testDescription: "of the log's headers", page: "name = 'caravan_changeset' AND pagetype = 'leaf'",
            stopped: [["log"]]),
        Damage(
            testDescription: "of the log's chunks", page: "name = 'caravan_chunk' AND pagetype = 'leaf'",
            stopped: [["log", "--scope", "control"]]),
        Damage(
            testDescription: "of the rows' clocks", page: "name LIKE 'caravan_clock_%' AND pagetype = 'leaf'",
            stopped: [["sql", "UPDATE t SET v = 'x' WHERE id = '0001'"]]),
    ]

    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        let rows =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) INSERT INTO t SELECT printf('%04d', i), hex(randomblob(30)) FROM n"
        #expect(try village.caravan("a", "sql", rows).status == 0)
        for number in 1...3 {
            try village.caravan("a", "sql", "UPDATE t SET v = \(number) WHERE id = printf('%04d', \(number))")
        }
        #expect(village.stop("a") == 0)
        return village
    }

    @Test(
        "Every command ends with a documented status and a sentence, verify --deep finds it, and what to do is said",
        arguments: damages)
    func page(damage: Damage) throws {
        let village = try village()
        let found = try village.sqlite("a", "SELECT min(pageno) FROM dbstat WHERE \(damage.page)").lines.first.flatMap {
            Int($0)
        }
        let number = try #require(found, "there is a page of that kind")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: village.home("a") + "/replica.sqlite"))
        try file.seek(toOffset: UInt64(number - 1) * 4096)
        try file.write(contentsOf: Data(repeating: 0x5A, count: 4096))
        try file.close()

        let looking = [
            ["status"], ["log"], ["conflicts"], ["doctor"], ["verify"], ["verify", "--deep"], ["show", "t", "0003"],
            ["schema", "show"],
        ]
        for command in looking + damage.stopped {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a")] + command)
            #expect([0, 1, 4].contains(outcome.status), "\(command) ended with \(outcome.status): \(outcome.err)")
            guard outcome.status == 4 else { continue }
            #expect(outcome.err.contains("damaged"), "\(outcome.err)")
            #expect(outcome.err.contains("join anew"), "\(outcome.err)")
            #expect(outcome.err.contains("a peer holds"), "\(outcome.err)")
            #expect(outcome.err.split(separator: "\n").count == 1)
        }
        for command in damage.stopped {
            #expect(try Shell.run(Shell.command, ["--home", village.home("a")] + command).status == 4, "\(command)")
        }
        #expect(try village.caravan("a", "verify", "--deep").status != 0)
        #expect(try village.caravan("a", "doctor").status != 0)
    }

    @Test(
        "A chunk that was altered is given to nobody: both sides say so, `doctor` names it, and a query of the past is not answered from it; it comes again from whoever has it"
    )
    func chunk() throws {
        let village = try Village()
        let address = try village.found(
            "a", others: ["b", "c"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        #expect(try village.caravan("a", "sql", "INSERT INTO t VALUES ('1', 'genuine')").status == 0)
        #expect(try village.caravan("c", "sync", address).status == 0)
        let spoilt =
            "UPDATE caravan_chunk SET bytes = CAST(replace(CAST(bytes AS TEXT), 'genuine', 'altered') AS BLOB) WHERE id = (SELECT max(id) FROM caravan_chunk)"
        #expect(try village.sqlite("a", spoilt).status == 0)
        let refused = try village.caravan("b", "sync", address)
        #expect(refused.status == 3)
        #expect(refused.err.contains("is damaged on the disk of this node"), "\(refused.err)")
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "0\n")
        #expect(try village.caravan("a", "verify").status == 1)
        let doctor = try village.caravan("a", "doctor", "--json")
        #expect(doctor.status == 1)
        #expect(doctor.out.contains("\"spoilt\""), "\(doctor.out)")
        let past = try village.caravan("a", "at", "2099-01-01", "--", "SELECT v FROM t")
        #expect(past.status == 4)
        #expect(past.err.contains("altered"), "\(past.err)")
        for name in ["b", "c", "b"] { #expect(try village.caravan(name, "sync", address).status == 0) }
        #expect(try village.sqlite("b", "SELECT v FROM t").out == "genuine\n")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        #expect(village.stop("a") == 0)
        #expect(!village.said("a").contains("bad-changeset"))
    }
}
