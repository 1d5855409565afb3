import Foundation
import Testing

@Suite("Tables go out as spreadsheets")
struct ExportTests {
    private static let schema = """
        CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, i INTEGER, r REAL, n NUMERIC, x, d DATE);
        CREATE TABLE k (p TEXT NOT NULL, q INTEGER NOT NULL, b BLOB, PRIMARY KEY (p, q));
        """

    /// Every class that each column can hold, and texts that spreadsheet programs would run or alter.
    private static let rows = """
        INSERT INTO t VALUES ('', '', NULL, NULL, NULL, NULL, NULL), ('1', '007', 7, 7, 7, 7, '2024-02-12'),
            ('=1+1', '-5', 3.7, 0.1 + 0.2, 2.5, 7.0, '12.02.2024'), ('+992', '@SUM(A1)', 'abc', 'abc', 'abc', '7', 'x'),
            ('a,b', 'say "hi"', x'00ff', x'', x'01', x'0a', NULL), (' b ', 'x' || char(13, 10) || 'y', 9223372036854775807, 9e999,
            9007199254740993, '7.0', NULL), ('''', '''=1', -9223372036854775808, -9e999, 1e300, 9e999, NULL),
            ('中文', CAST(x'ff41' AS TEXT), 1e19, 5e-324, 0, 'CAST(x''00'' AS TEXT)', NULL), ('c', 'a' || char(0) || 'b', 0, 1e15, -1, '', NULL),
            ('d', char(9), 1, 1, 1, '''''7', NULL), ('e', '#N/A', 1, 1, 1, '#N/A', NULL), ('f', '_x0041_', 1, 1, 1, 'x''00''', NULL);
        INSERT INTO k VALUES ('a', 1, x'00'), ('a', -2, NULL), (' ', 3, 'text'), ('b', 4, 5), ('c', 5, 5.0)
        """

    private func village(_ name: String, in village: Village) throws {
        let file = village.folder.appendingPathComponent("s.sql")
        try Self.schema.write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan(name, "init", "--name", name, "--schema", file.path).status == 0)
    }

    private func content(_ village: Village, _ node: String) throws -> String {
        try village.sqlite(
            node,
            """
            SELECT quote(id), typeof(id), \(["a", "i", "r", "n", "x", "d"].map { "quote(\($0)), typeof(\($0)), hex(\($0))" }.joined(separator: ", ")) \
            FROM t ORDER BY id;
            SELECT quote(p), quote(q), quote(b), typeof(b) FROM k ORDER BY p, q
            """
        ).out
    }

    @Test(
        "A table that is exported and imported again is identical, class by class",
        arguments: [["csv"], ["csv", "--bom"], ["xlsx"]])
    func identical(format: [String]) throws {
        let village = try Village()
        try self.village("a", in: village)
        try self.village("b", in: village)
        #expect(try village.sqlite("a", Self.rows).status == 0)
        for table in ["t", "k"] {
            let file = village.folder.path + "/\(table).\(format[0])"
            let arguments =
                ["--home", village.home("a"), "export", "--table", table, "--format", format[0], "--output", file]
                + format.dropFirst()
            #expect(try Shell.run(Shell.command, arguments).status == 0)
            let outcome = try village.caravan("b", "import", file, "--table", table, "--json")
            #expect(outcome.status == 0, "\(outcome)")
        }
        #expect(try content(village, "a") == content(village, "b"))
        let again = try village.json(
            village.caravan("a", "import", village.folder.path + "/t.\(format[0])", "--table", "t", "--json"))
        #expect(again[0]["unchanged"] as? Int == 12)
    }

    @Test("No text in a CSV begins as a formula does, and numbers stay numbers")
    func harmless() throws {
        let village = try Village()
        try self.village("a", in: village)
        try village.sqlite(
            "a", "INSERT INTO t(id, a, i) VALUES ('1', '=cmd', -5), ('2', '+1', 0), ('3', '-1', 0), ('4', '@x', 0)")
        #expect(
            try village.caravan("a", "export", "--query", "SELECT a, i FROM t ORDER BY id").out
                == "a,i\n'=cmd,-5\n'+1,0\n'-1,0\n'@x,0\n")
    }

    @Test("JSON is an object a row; a query is one that writes nothing")
    func json() throws {
        let village = try Village()
        try self.village("a", in: village)
        try village.sqlite("a", "INSERT INTO k VALUES ('a', 1, x'00'), ('b', 2, NULL)")
        #expect(
            try village.caravan("a", "export", "--table", "k", "--format", "json").out
                == "{\"p\":\"a\",\"q\":1,\"b\":{\"blob\":\"AA==\"}}\n{\"p\":\"b\",\"q\":2,\"b\":null}\n")
        for wrong in [
            ["--query", "DELETE FROM k RETURNING p"], ["--query", "SELECT 1; SELECT 2"], ["--query", ""],
            ["--table", "kk"],
            ["--query", "SELEC"], ["--table", "k", "--query", "SELECT 1"], [], ["--table", "k", "--format", "xlsx"],
            ["--table", "k", "--output", "/nowhere/x.csv"],
        ] {
            let outcome = try Shell.run(Shell.command, ["--home", village.home("a"), "export"] + wrong)
            #expect(outcome.status == 2, "\(wrong): \(outcome)")
        }
        #expect(try village.sqlite("a", "SELECT count(*) FROM k").out == "2\n")
    }

    @Test("The mark of UTF-8 stands at the beginning where it is wanted")
    func mark() throws {
        let village = try Village()
        try self.village("a", in: village)
        let file = village.folder.appendingPathComponent("k.csv")
        #expect(try village.caravan("a", "export", "--table", "k", "--bom", "--output", file.path).status == 0)
        #expect(try Data(contentsOf: file) == Data([0xEF, 0xBB, 0xBF]) + Data("p,q,b\n".utf8))
    }

    @Test("The name of the file decides what goes into it, and a name of another kind is refused")
    func kinds() throws {
        let village = try Village()
        try self.village("a", in: village)
        try village.sqlite("a", "INSERT INTO k VALUES ('a', 1, NULL)")
        func export(_ name: String, _ more: String...) throws -> (status: Int32, text: String) {
            let file = village.folder.appendingPathComponent(name)
            let arguments = ["--home", village.home("a"), "export", "--table", "k", "--output", file.path] + more
            let outcome = try Shell.run(Shell.command, arguments)
            return (outcome.status, (try? String(contentsOf: file, encoding: .utf8)) ?? outcome.err)
        }
        #expect(try export("n.tsv").text == "p\tq\tb\na\t1\t\n")
        for name in ["n.jsonl", "n.JSON", "n.ndjson"] {
            #expect(try export(name).text == "{\"p\":\"a\",\"q\":1,\"b\":null}\n", "\(name)")
        }
        for name in ["n", "n.csv", "n.txt"] { #expect(try export(name).text == "p,q,b\na,1,\n", "\(name)") }
        for name in ["n.xls", "n.pdf", "n.ods"] {
            let (status, text) = try export(name)
            #expect(status == 2, "\(name)")
            #expect(text.contains("name the output .csv, .tsv"), "\(text)")
        }
        #expect(try export("n.dat", "--format", "csv").text == "p,q,b\na,1,\n")
    }

    @Test("A file keeps its mode, a link stays one, a pipe takes what comes, and nothing is left of what failed")
    func places() throws {
        let village = try Village()
        try self.village("a", in: village)
        try village.sqlite("a", "INSERT INTO k VALUES ('a', 1, NULL)")
        let folder = village.folder.appendingPathComponent("out")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        func export(_ name: String, _ more: String...) throws -> Shell.Outcome {
            let arguments = ["--home", village.home("a"), "export", "--output", folder.path + "/" + name] + more
            return try Shell.run(Shell.command, arguments)
        }
        for name in ["k.csv", "k.xlsx"] {
            let file = folder.appendingPathComponent(name)
            try "old".write(to: file, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/to-" + name, withDestinationPath: file.path)
            #expect(try export("to-" + name, "--table", "k").status == 0)
            #expect(try Data(contentsOf: file) != Data("old".utf8))
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            let link = try FileManager.default.attributesOfItem(atPath: folder.path + "/to-" + name)
            #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/astray", withDestinationPath: folder.path + "/nowhere")
        #expect(try export("astray", "--table", "k").status == 2)
        #expect(try export("", "--table", "k").status == 2)
        let device = ["--home", village.home("a"), "export", "--table", "k", "--output"]
        #expect(try Shell.run(Shell.command, device + ["/dev/stdout"]).out == "p,q,b\na,1,\n")
        #expect(try Shell.run(Shell.command, device + ["/dev/null", "--format", "xlsx"]).status == 2)
        try village.sqlite("a", "INSERT INTO t(id, a) VALUES ('long', printf('%.40000c', 'x'))")
        #expect(try export("t.xlsx", "--table", "t").status == 2)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                == ["astray", "k.csv", "k.xlsx", "to-k.csv", "to-k.xlsx"])
    }

    @Test(
        "No list is written over the files of a node, by whatever name",
        arguments: ["replica.sqlite", "replica.sqlite-wal", "identity.key", "config.yaml", "../link", "../other.db"])
    func ownFiles(name: String) throws {
        let village = try Village()
        try self.village("a", in: village)
        let other = village.folder.path + "/other.db"
        #expect(try Shell.run("/usr/bin/env", ["sqlite3", other, "CREATE TABLE x (y)"]).status == 0)
        try FileManager.default.createSymbolicLink(
            atPath: village.folder.path + "/link", withDestinationPath: village.home("a") + "/identity.key")
        let before = try FileManager.default.contentsOfDirectory(atPath: village.home("a"))
        let place = village.home("a") + "/" + name
        let refused = try village.caravan("a", "export", "--table", "t", "--format", "csv", "--output", place)
        #expect(refused.status == 2)
        #expect(refused.err.contains("cannot be written"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: village.home("a")).sorted() == before.sorted())
        #expect(try village.caravan("a", "export", "--table", "t").status == 0)
    }

    @Test("Of two exports to one file neither touches what the other has begun, and what stands there is whole")
    func twice() throws {
        let village = try Village()
        try self.village("a", in: village)
        #expect(
            try village.sqlite(
                "a",
                "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) INSERT INTO t(id) SELECT i FROM n"
            ).status == 0)
        #expect(try village.caravan("a", "status").status == 0)
        let file = village.folder.path + "/o.csv"
        let words = ["--home", village.home("a"), "export", "--table", "t", "--output", file]
        let first = try Shell.start(Shell.command, words).0
        let second = try Shell.start(Shell.command, words).0
        for process in [first, second] {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline).count == 60_001)
        let left = try FileManager.default.contentsOfDirectory(atPath: village.folder.path)
        #expect(!left.contains { $0.hasPrefix(".caravan-part") })
    }
}
