import Foundation
import Testing

@Suite("References in spreadsheets")
struct ImportReferenceTests {
    private static let schema =
        "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, name_en TEXT, parent TEXT REFERENCES t(id), n INTEGER UNIQUE);"

    private func village(_ rows: String = "", schema: String = schema) throws -> Village {
        let village = try Village()
        let file = village.folder.appendingPathComponent("s.sql")
        try schema.write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", file.path).status == 0)
        if !rows.isEmpty { try village.sqlite("a", "INSERT INTO t(id, name_en, parent) VALUES \(rows)") }
        return village
    }

    private func bring(_ village: Village, _ text: String, _ more: String...) throws -> [String: Any] {
        let file = village.folder.appendingPathComponent("table.csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let arguments = ["--home", village.home("a"), "import", file.path, "--table", "t", "--json"] + more
        return try village.json(Shell.run(Shell.command, arguments)).first ?? [:]
    }

    private func counts(_ json: [String: Any]) -> [Int] {
        ["rows", "inserted", "changed", "unchanged", "refused"].map { json[$0] as? Int ?? -1 }
    }

    private func lines(_ json: [String: Any]) -> [Int] {
        (json["refusals"] as? [[String: Any]] ?? []).compactMap { $0["line"] as? Int }
    }

    private func rows(_ village: Village) throws -> String {
        try village.sqlite("a", "SELECT id, name_en, parent FROM t ORDER BY id").out
    }

    /// Brings a file in twice: the second time nothing is new, nothing changes, and the same lines are refused.
    private func twice(_ village: Village, _ text: String, _ more: String...) throws -> [String: Any] {
        func once() throws -> [String: Any] {
            switch more.count {
            case 0: try bring(village, text)
            default: try bring(village, text, more[0], more[1])
            }
        }
        let first = try once()
        let table = try rows(village)
        let second = try once()
        #expect(second["changeset"] is NSNull, "the same file again wrote something")
        #expect(try rows(village) == table)
        #expect(lines(second).sorted() == lines(first).sorted())
        return first
    }

    @Test("A key that stands further down in the file is meant before a name")
    func laterKey() throws {
        let village = try village()
        let text = "id,name_en,parent\nold,TNU,\nfac,Faculty,tnu\ntnu,Tajik National University,\n"
        #expect(try counts(twice(village, text)) == [3, 3, 0, 0, 0])
        #expect(try rows(village) == "fac|Faculty|tnu\nold|TNU|\ntnu|Tajik National University|\n")
    }

    @Test("A table of rows that are called by each other's keys is the same once it came back")
    func comingBack() throws {
        let rows = "('a','z',NULL),('z','zz',NULL),('b','bb','z'),('A1','ROW',NULL),('row','',NULL),('B1','x','row')"
        let village = try village(rows)
        let before = try self.rows(village)
        let table = try village.caravan("a", "export", "--table", "t").out
        try village.sqlite("a", "UPDATE t SET parent = NULL; DELETE FROM t")
        #expect(try counts(twice(village, table)) == [6, 6, 0, 0, 0])
        #expect(try self.rows(village) == before)
    }

    @Test("A name is that which the row has once the file is in")
    func changedName() throws {
        let village = try village("('1','Alpha',NULL),('2','Beta',NULL)")
        #expect(try counts(twice(village, "id,name_en,parent\n1,Beta,\n2,Alpha,\n3,x,Alpha\n")) == [3, 1, 2, 0, 0])
        #expect(try rows(village) == "1|Beta|\n2|Alpha|\n3|x|2\n")
        #expect(try counts(twice(village, "id,name_en,parent\n4,y,Alpha\n1,Gamma,\n5,z,gamma\n"))[1] == 2)
        #expect(try rows(village).hasSuffix("4|y|2\n5|z|1\n"))
    }

    @Test("A name that several rows have once the file is in is refused wherever they stand")
    func ambiguousLater() throws {
        let village = try village()
        let json = try twice(village, "id,name_en,parent\n1,Alpha,\n2,Beta,Alpha\n3,Alpha,\n")
        #expect(counts(json) == [3, 2, 0, 0, 1])
        #expect(lines(json) == [3])
    }

    @Test("Of two lines of one row the earlier counts, though it waits for others")
    func earlierCounts() throws {
        let village = try village()
        let json = try twice(village, "id,name_en,parent\na,First,Later\na,Second,\nz,Later,\n")
        #expect(lines(json) == [3])
        #expect(try rows(village) == "a|First|z\nz|Later|\n")
        let exchange = try twice(village, "id,name_en,n\nb,B,1\nc,C,2\n")
        #expect(counts(exchange) == [2, 2, 0, 0, 0])
        let waiting = try twice(village, "id,name_en,n\nb,B,2\nb,Other,\nc,C,1\n")
        #expect(lines(waiting) == [3])
        #expect(try village.sqlite("a", "SELECT id, n FROM t WHERE n > 0 ORDER BY id").out == "b|2\nc|1\n")
        let chain = try twice(village, "id,name_en,parent\nf,F,e\ne,First,g\ng,G,Nobody\ne,Second,\n")
        #expect(lines(chain).sorted() == [3, 4], "f refers to what the later line of e has")
        let refused = try bring(village, "id,name_en,parent\nd,First,Nobody\nd,Second,\n")
        #expect(lines(refused) == [2], "an earlier line that is refused keeps nothing from a later one")
    }

    @Test("A row may be its own parent, by its key or by its name")
    func ownParent() throws {
        let village = try village()
        #expect(try counts(twice(village, "id,name_en,parent\n1,Alpha,Alpha\n2,Beta,2\n")) == [2, 2, 0, 0, 0])
        #expect(try rows(village) == "1|Alpha|1\n2|Beta|2\n")
    }

    @Test("What is tried together and taken back leaves all that the other lines need")
    func takenBack() throws {
        let village = try village("('x','B',NULL),('Y','ONE',NULL),('one','Z',NULL),('z','Q',NULL)")
        try village.sqlite("a", "UPDATE t SET n = CASE id WHEN 'x' THEN 1 WHEN 'Y' THEN 2 WHEN 'one' THEN 3 ELSE 4 END")
        let text = "id,name_en,parent,n\nx,Z,x,2\nY,B,,1\nnew,TWO,new2,3\nnew2,b,new,9\nnew3,One,Nobody,5\nz,z,,\n"
        let json = try twice(village, text)
        #expect(json["rows"] as? Int == 6)
        #expect(lines(json).contains(6))
    }

    @Test("Rows without a key in the file are referred to by name, whichever stands first")
    func withoutKey() throws {
        let village = try village(
            schema: """
                CREATE TABLE t (
                    id TEXT PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(8)))), name_en TEXT UNIQUE,
                    parent TEXT REFERENCES t(id), note TEXT);
                """)
        #expect(try counts(twice(village, "name_en,parent\nOne,Two\nTwo,\nThree,One\n")) == [3, 3, 0, 0, 0])
        #expect(
            try village.sqlite(
                "a", "SELECT c.name_en, p.name_en FROM t AS c LEFT JOIN t AS p ON p.id = c.parent ORDER BY 1"
            ).out == "One|Two\nThree|One\nTwo|\n")
        #expect(try counts(twice(village, "note,parent\nx,Two\ny,x\n"))[4] == 1, "a note is no name")
    }

    @Test("The names of a line that is refused count the same each time")
    func refusedNames() throws {
        let village = try village("('1','Alpha',NULL)")
        try village.sqlite("a", "UPDATE t SET n = 7")
        let text = "id,name_en,parent,n\n2,Alpha,,7\n3,x,Alpha,8\n4,y,3,9\n"
        let json = try twice(village, text)
        #expect(lines(json).sorted() == [2, 3, 4])
    }

    @Test("A file of any order comes in the same way twice, and as it was exported", arguments: 0..<12)
    func anyOrder(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let words = ["a", "B", "c", "x", "Y", "z", "one", "two"]
        let village = try village()
        for _ in 0..<3 {
            var text = "id,name_en,parent\n"
            for _ in 0..<8 {
                let parent = draw(3) == 0 ? "" : words[draw(words.count)]
                text += "\(words[draw(words.count)]),\(words[draw(words.count)].uppercased()),\(parent)\n"
            }
            _ = try twice(village, text)
        }
        let before = try rows(village)
        let table = try village.caravan("a", "export", "--table", "t").out
        #expect(try bring(village, table)["changeset"] is NSNull)
        try village.sqlite("a", "UPDATE t SET parent = NULL; DELETE FROM t")
        _ = try bring(village, table)
        #expect(try rows(village) == before)
    }
}
