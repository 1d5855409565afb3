import Foundation
import Testing

@Suite("Headers of spreadsheets")
struct ImportHeaderTests {
    private static let schema = """
        CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, name_zh TEXT, name_en TEXT, country TEXT, city TEXT, tx TEXT);
        """

    /// The rows of a table into which a text was brought, and the outcome.
    private func brought(_ text: String, _ more: String...) throws -> (rows: String, outcome: Shell.Outcome) {
        let village = try Village()
        let schema = village.folder.appendingPathComponent("s.sql")
        try Self.schema.write(to: schema, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", schema.path).status == 0)
        let file = village.folder.appendingPathComponent("table.csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let outcome = try Shell.run(
            Shell.command, ["--home", village.home("a"), "import", file.path, "--table", "t"] + more)
        return (try village.sqlite("a", "SELECT * FROM t ORDER BY id").out, outcome)
    }

    @Test("A line that cannot be read is named as that, and a long text among the first lines costs what it is")
    func oddLines() throws {
        let wide = try brought("id,name_en" + String(repeating: ",", count: 20_000) + "\na,b\n")
        #expect(wide.outcome.status == 2)
        #expect(wide.outcome.err.contains("line 1 cannot be the header: the line has more than 16384 cells"))
        let long = String(repeating: "длинный текст, ", count: 100_000)
        let lines = (0..<20).map { "\($0),\"\(long)\"\n" }.joined()
        let (rows, outcome) = try brought("id,name_en\n" + lines)
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(rows.utf8.count > 20 * long.utf8.count)
    }

    @Test(
        "A title that names a column is no header where a row below names more",
        arguments: ["Name:,Partner list 2026,,", "Организация:,ТНУ,,", "Country,,,", "id,1,,", "城市：,乌鲁木齐,,"])
    func titles(title: String) throws {
        let (rows, outcome) = try brought(
            "\(title)\n,,,\nid,name_en,country,city\nu1,First,KZ,Almaty\nu2,Second,KZ,Astana\n")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(rows == "u1||First|KZ|Almaty|\nu2||Second|KZ|Astana|\n")
    }

    @Test("A second row of the header is no data")
    func twoRows() throws {
        let under = try brought("编号,name_en\nid,name_en,tx\nu1,First,x\n")
        #expect(under.rows == "u1||First|||x\n", "\(under.outcome)")
        let exact = try brought("编号,英文名,tx\nid,name_en,tx\nu1,First,x\n")
        #expect(exact.rows == "u1||First|||x\n", "\(exact.outcome)")
        let below = try brought("id,name_en,tx\n编号,英文名,tx\nu1,First,x\n")
        #expect(below.rows == "u1||First|||x\n", "\(below.outcome)")
        #expect(below.outcome.err.contains("line 2 names columns as the header does"))
        let merged = try brought("编号,名称,,国家\n编号,中文,英文,国家\nu1,一,First,KZ\n")
        #expect(merged.rows == "u1|一|First|KZ||\n", "\(merged.outcome)")
        #expect(merged.outcome.err.contains("lines 1 and 2 are taken together for the header"))
        let open = try brought("编号,名称,,国家\n,中文,英文,\nu1,一,First,KZ\n")
        #expect(open.rows == "u1|一|First|KZ||\n", "\(open.outcome)")
    }

    @Test("Data is no header, though single cells are words for columns")
    func data() throws {
        let found = try brought("id,name_en,tx\nname,City,x\ncode,id,key\nkey,key,\n")
        #expect(found.outcome.status == 0, "\(found.outcome)")
        #expect(found.rows == "code||id|||key\nkey||key|||\nname||City|||x\n")
    }

    @Test("--header names the line of the header")
    func named() throws {
        let text = "编号,英文名,国家\nid,name_en,\nname,city,\n"
        #expect(try brought(text, "--header", "2").rows == "name||city|||\n")
        #expect(try brought(text, "--header", "1").outcome.status == 0)
        #expect(try brought(text, "--header", "1").rows.contains("id||name_en|||"))
        for wrong in ["0", "9", "x"] {
            #expect(try brought(text, "--header", wrong).outcome.status == 2, "\(wrong)")
        }
    }

    @Test(
        "A header goes where an option maps it, also one that is a column's name",
        arguments: ["NAME_EN", "name en", "name_en"])
    func mappedName(header: String) throws {
        let (rows, outcome) = try brought("id,name_en\nu1,First\n", "--map", "\(header)=name_zh")
        #expect(rows == "u1|First||||\n", "\(outcome)")
    }

    @Test("A name that a row and a refused line have is of two, and one that only refused lines have is of lines")
    func severalOfOneName() throws {
        let village = try Village()
        _ = try village.found(
            "a", others: [],
            schema: """
                CREATE TABLE p (id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(16)))), code TEXT UNIQUE,
                    name_en TEXT, n INTEGER CHECK (n < 9), up TEXT REFERENCES p)
                """)
        try village.sqlite("a", "INSERT INTO p (id, code, name_en) VALUES ('i1', 'c1', 'Alpha')")
        let file = village.folder.appendingPathComponent("p.csv")
        for (lines, reason) in [
            ("c9,Alpha,9,\nc7,X,,Alpha", "2 rows of p have that name: write the key, such as i1"),
            ("c9,Beta,9,\nc8,Beta,10,\nc7,X,,Beta", "2 lines of the file have that name: give each a key"),
        ] {
            try "code,name_en,n,up\n\(lines)\n".write(to: file, atomically: true, encoding: .utf8)
            let told = try village.caravan("a", "import", file.path, "--table", "p", "--key", "code").out
            #expect(told.contains(reason), "\(told)")
        }
    }
}
