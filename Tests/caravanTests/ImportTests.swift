import Foundation
import Testing

@Suite("Spreadsheets come in")
struct ImportTests {
    private static let schema = """
        CREATE TABLE country (id TEXT NOT NULL PRIMARY KEY, name_zh TEXT, name_ru TEXT, name_en TEXT);
        CREATE TABLE school (
            id TEXT NOT NULL PRIMARY KEY, name_zh TEXT, name_ru TEXT, name_en TEXT, country TEXT REFERENCES country(id),
            kind TEXT CHECK (kind IN ('university', 'college')), founded INTEGER, lat REAL, website TEXT,
            since TEXT CHECK (CAST(since AS TEXT) GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
            parent TEXT REFERENCES school(id), state TEXT NOT NULL DEFAULT 'active');
        CREATE UNIQUE INDEX school_name ON school(name_en);
        CREATE TABLE note (id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(8)))), body TEXT, mark TEXT);
        """

    private func village() throws -> Village {
        let village = try Village()
        let file = village.folder.appendingPathComponent("s.sql")
        try Self.schema.write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", file.path).status == 0)
        try village.sqlite(
            "a",
            """
            INSERT INTO country VALUES ('UZ', '乌兹别克斯坦', 'Узбекистан', 'Uzbekistan'),
                ('KZ', '哈萨克斯坦', 'Казахстан', 'Kazakhstan'), ('X1', NULL, 'Двойник', 'Twin'), ('X2', NULL, NULL, 'Twin')
            """)
        return village
    }

    /// The document, and the outcome of an import of a text.
    private func bring(
        _ village: Village, _ text: String, _ table: String = "school", _ more: String...
    ) throws -> (json: [String: Any], outcome: Shell.Outcome) {
        let file = village.folder.appendingPathComponent("table.csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let arguments = ["--home", village.home("a"), "import", file.path, "--table", table, "--json"] + more
        let outcome = try Shell.run(Shell.command, arguments)
        return (try village.json(outcome).first ?? [:], outcome)
    }

    private func refusals(_ json: [String: Any]) -> [String] {
        (json["refusals"] as? [[String: Any]] ?? []).map {
            "\($0["line"] ?? "") \($0["column"] as? String ?? "-") \($0["value"] as? String ?? "-")"
        }
    }

    private func counts(_ json: [String: Any]) -> [Int] {
        ["rows", "inserted", "changed", "unchanged", "refused"].map { json[$0] as? Int ?? -1 }
    }

    private func changesets(_ village: Village) throws -> Int { try village.caravan("a", "log", "--json").lines.count }

    @Test("What could not be read of a file is refused by its line, also where nothing of it is left")
    func unreadable() throws {
        let village = try village()
        let (open, _) = try bring(village, "id,body\nq0,x\nq1,\"abc\nq2,def\nq3,ghi\n", "note", "--dry-run")
        #expect(counts(open) == [4, 3, 0, 0, 1])
        #expect(refusals(open) == ["3 - -"])
        let (whole, outcome) = try bring(village, "id,body\n\"q1,abc\n", "note")
        #expect(counts(whole) == [1, 0, 0, 0, 1])
        #expect(outcome.status != 0)
        let (last, _) = try bring(village, "id,body\nq1,abc\n\n,\"", "note", "--dry-run")
        #expect(counts(last) == [2, 1, 0, 0, 1])
    }

    @Test("A number that is larger than any is refused, and an infinity is one only where it is written so")
    func infinity() throws {
        let village = try village()
        let (json, _) = try bring(
            village, "id,founded,lat\ns1,1e400,\ns2,,1e400\ns3,,-9e999\ns4,,\(String(repeating: "9", count: 400))\n")
        #expect(counts(json) == [4, 1, 0, 0, 3])
        #expect(refusals(json).map { $0.prefix(6) } == ["2 foun", "3 lat ", "5 lat "])
        #expect(try village.sqlite("a", "SELECT id, lat < -1e308 FROM school").out == "s3|1\n")
    }

    @Test("A dry run of many rows tells the same as the import, and waits for nobody who writes")
    func dryOfMany() throws {
        let village = try village()
        try village.done(village.caravan("a", "sql", "INSERT INTO note(id, body) VALUES ('n9', 'was')"))
        let text = "id,body\n" + (0..<2_500).map { "n\($0),text \($0)\n" }.joined()
        let (holder, out, _) = try Shell.start(
            "sqlite3", [village.home("a") + "/replica.sqlite", "BEGIN IMMEDIATE", ".shell echo held; sleep 8"])
        _ = out.fileHandleForReading.readData(ofLength: 4)
        let dry = try bring(village, text, "note", "--dry-run")
        holder.terminate()
        holder.waitUntilExit()
        #expect(dry.outcome.status == 0, "\(dry.outcome.err)")
        #expect(counts(dry.json) == [2_500, 2_499, 1, 0, 0])
        #expect(try village.sqlite("a", "SELECT count(*), max(body) FROM note").out == "1|was\n")
        #expect(try counts(bring(village, text, "note").json) == [2_500, 2_499, 1, 0, 0])
    }

    @Test("One file is one changeset, and the same file again writes nothing")
    func again() throws {
        let village = try village()
        let text = "id,name_en,country,founded\ns1,One,UZ,1943\ns2,Two,KZ,\n"
        let first = try bring(village, text)
        #expect(first.outcome.status == 0, "\(first.outcome)")
        #expect(counts(first.json) == [2, 2, 0, 0, 0])
        #expect(first.json["encoding"] as? String == "UTF-8")
        #expect(first.json["delimiter"] as? String == ",")
        let before = try changesets(village)
        let log = try village.json(village.caravan("a", "log", "--json"))
        let newest = "\(log[0]["feed"] ?? ""):\(log[0]["seq"] ?? "")"
        #expect(first.json["changeset"] as? String == newest)
        #expect((log[0]["operations"] as? [Any])?.count == 2)
        let second = try bring(village, text)
        #expect(counts(second.json) == [2, 0, 0, 2, 0])
        #expect(second.json["changeset"] is NSNull)
        #expect(try changesets(village) == before)
        let third = try bring(village, "founded,id\n1944,s1\n,s2\n")
        #expect(counts(third.json) == [2, 0, 1, 1, 0])
        let last = try village.json(village.caravan("a", "log", "--json"))[0]["operations"] as? [[String: Any]]
        #expect(last?.count == 1)
        #expect((last?[0]["values"] as? [String: Int]) == ["founded": 1944])
    }

    @Test("A line that is refused is told with its column, value and reason, and stops nothing but itself")
    func refused() throws {
        let village = try village()
        let text = """
            id,name_en,country,kind,founded,lat,since
            s1,One,UZ,university,1943,"22,5",2024-02-12
            s2,Two,XX,university,,,
            s3,Three,UZ,school,,,
            s4,Four,UZ,college,abc,,
            s5,One,UZ,,,,
            ,Six,UZ,,,,
            s7,Seven,UZ,,,#N/A,
            s8,Eight,Twin,,,,
            s9,Nine
            s10,Ten,UZ,,,,2/12/2024
            s1,Other,UZ,,,,
            s12,Twelve,UZ,COLLEGE,,,12.02.2024
            """
        let (json, outcome) = try bring(village, text)
        #expect(outcome.status == 1)
        #expect(counts(json) == [12, 2, 0, 0, 10])
        #expect(
            refusals(json) == [
                "3 country XX", "4 kind school", "5 founded abc", "7 id -", "8 lat #N/A", "9 country Twin",
                "10 - -", "11 since 2/12/2024", "12 - -", "6 name_en One",
            ], "what another line might have made room for is told last")
        let rows = try village.sqlite("a", "SELECT id, kind, since, lat, state FROM school ORDER BY id").out
        #expect(rows == "s1|university|2024-02-12|22.5|active\ns12|college|2024-02-12||active\n")
        let people = try village.caravan("a", "import", village.folder.path + "/table.csv", "--table", "school")
        #expect(people.status == 1)
        #expect(people.out.contains("line 3, country: refused “XX”: no row of country has the key or the name “XX”"))
    }

    @Test("With --strict a line that is refused stops all, and a dry run writes nothing and tells what it would")
    func strictAndDry() throws {
        let village = try village()
        try village.sqlite("a", "INSERT INTO school(id, name_en, founded) VALUES ('s1', 'One', 1900)")
        let text = "id,name_en,founded\ns1,One,1943\ns2,Two,\ns3,Three,abc\n"
        let strict = try bring(village, text, "school", "--strict")
        #expect(strict.outcome.status == 1)
        #expect(strict.json["changeset"] is NSNull)
        let dry = try bring(village, text, "school", "--dry-run")
        #expect(dry.outcome.status == 1)
        #expect(dry.json["changeset"] is NSNull)
        #expect(counts(dry.json) == [3, 1, 1, 0, 1])
        let changes = dry.json["changes"] as? [[String: Any]] ?? []
        #expect(changes.map { $0["op"] as? String } == ["update", "insert"])
        #expect(changes.map { $0["line"] as? Int } == [2, 3])
        let cell = (changes[0]["cells"] as? [String: [String: Int]])?["founded"]
        #expect(cell == ["old": 1900, "new": 1943])
        #expect(changes[1]["key"] as? [String] == ["s2"])
        let both = try bring(village, text, "school", "--dry-run", "--strict")
        #expect(both.outcome.status == 1)
        #expect(counts(both.json) == [3, 0, 0, 0, 1], "a strict import would write nothing")
        #expect((both.json["changes"] as? [Any])?.count == 0)
        let told = try village.caravan(
            "a", "import", village.folder.path + "/table.csv", "--table", "school", "--dry-run", "--strict")
        #expect(told.out.contains("0 new, 0 changed"))
        #expect(told.out.contains("nothing would be written, for some lines are refused"))
        #expect(try village.sqlite("a", "SELECT id, founded FROM school").out == "s1|1900\n")
    }

    @Test("Headers are names of columns or words for them in any language, in any order, below titles")
    func headers() throws {
        let village = try village()
        let text =
            "Schools 2026,,,,\n,,,,\nСтрана,编号,Name (English),Год основания,名称\nУзбекистан,s1,One,1943,一\n哈萨克斯坦,s2,Two,,二\n"
        let (json, outcome) = try bring(village, text)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(counts(json) == [2, 2, 0, 0, 0])
        #expect(
            try village.sqlite("a", "SELECT id, country, name_en, name_zh, founded FROM school ORDER BY id").out
                == "s1|UZ|One|一|1943\ns2|KZ|Two|二|\n")
    }

    @Test(
        "Each table of the alliance's schema takes the names of its columns in three languages as headers",
        arguments: [
            "中文姓名,俄文姓名,出生日期,性别", "Имя на китайском,имя на русском,Дата рождения,Пол", "name_zh,name_ru,born,gender",
        ])
    func alliance(header: String) throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let (json, outcome) = try bring(village, header + "\n王芳,Ван Фан,1999-03-01,female\n", "trainee")
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(counts(json) == [1, 1, 0, 0, 0])
        #expect(
            try village.sqlite("a", "SELECT name_zh, name_ru, born, gender FROM trainee").out
                == "王芳|Ван Фан|1999-03-01|female\n")
    }

    @Test("A header that names no column is told with what may be meant; --map says what it is, or leaves it out")
    func unknownHeaders() throws {
        let village = try village()
        let text = "id,contry,remark\ns1,UZ,x\n"
        let (json, outcome) = try bring(village, text)
        #expect(outcome.status == 1)
        #expect(refusals(json) == ["1 contry -", "1 remark -"])
        #expect(outcome.out.contains("did you mean country?"))
        let mapped = try bring(village, text, "school", "--map", "contry=country", "--map", "#3=")
        #expect(mapped.outcome.status == 0, "\(mapped.outcome)")
        #expect(try village.sqlite("a", "SELECT country FROM school").out == "UZ\n")
        let twice = try bring(village, "id,name_en,name_en\ns2,a,b\n")
        #expect(twice.outcome.status == 2)
        #expect(twice.outcome.err.contains("both stand for name_en"))
        #expect(try bring(village, "a,b\n1,2\n").outcome.status == 2)
        #expect(try bring(village, text, "scool").outcome.err.contains("did you mean school?"))
        #expect(try bring(village, text, "school", "--map", "contry=land").outcome.status == 2)
    }

    @Test("Rows are recognised by the key, by a UNIQUE, by what is named, or by all of their cells")
    func recognised() throws {
        let village = try village()
        try village.sqlite(
            "a",
            "INSERT INTO school(id, name_en, website) VALUES ('s1', 'One', 'a.example'), ('s2', 'Two', 'b.example')")
        #expect(counts(try bring(village, "name_en,founded\nOne,1943\n").json) == [1, 0, 1, 0, 0])
        let named = try bring(village, "name_zh,website\n一,a.example\n", "school", "--key", "website")
        #expect(counts(named.json) == [1, 0, 1, 0, 0])
        #expect(
            try village.sqlite("a", "SELECT founded, name_zh FROM school WHERE id = 's1'").out == "1943|一\n")
        let note = "body,mark\nhello,1\nhello,2\n,3\n"
        #expect(counts(try bring(village, note, "note").json) == [3, 3, 0, 0, 0])
        #expect(counts(try bring(village, note, "note").json) == [3, 0, 0, 3, 0])
        #expect(try bring(village, note, "note", "--key", "bode").outcome.status == 2)
        let several = try bring(village, "body,mark\nhello,9\n", "note", "--key", "body")
        #expect(refusals(several.json) == ["2 body -"])
    }

    @Test("A line without a key is a new row where the table makes keys, and the same file again writes nothing")
    func keyless() throws {
        let village = try village()
        try village.sqlite("a", "INSERT INTO note VALUES ('n1', 'hello', '1')")
        let text = "id,body,mark\nn1,hello,2\n,new,1\n,hello,1\n"
        #expect(counts(try bring(village, text, "note").json) == [3, 2, 1, 0, 0])
        #expect(counts(try bring(village, text, "note").json) == [3, 0, 0, 3, 0])
        #expect(try village.sqlite("a", "SELECT count(*) FROM note").out == "3\n")
    }

    @Test("A title that is a word for a column is no header where a header follows")
    func narrowTitle() throws {
        let village = try village()
        #expect(counts(try bring(village, "Country,\nid,name_en\ns1,One\n").json) == [1, 1, 0, 0, 0])
        #expect(counts(try bring(village, "id\ns2\ns3\n").json) == [2, 2, 0, 0, 0])
    }

    @Test("A row may refer to one that stands further down, by key or by name")
    func forward() throws {
        let village = try village()
        let text = "id,name_en,parent\ns1,One,s2\ns2,Two,Three\ns3,Three,\ns4,Four,s9\n"
        let (json, _) = try bring(village, text)
        #expect(counts(json) == [4, 3, 0, 0, 1])
        #expect(refusals(json) == ["5 parent s9"])
        #expect(try village.sqlite("a", "SELECT id, parent FROM school ORDER BY id").out == "s1|s2\ns2|s3\ns3|\n")
        #expect(counts(try bring(village, text).json) == [4, 0, 0, 3, 1])
    }

    @Test("A new row that looks like one that is there is told")
    func lookalikes() throws {
        let village = try village()
        try village.sqlite(
            "a",
            "INSERT INTO school(id, name_en, website) VALUES ('s1', 'Bukhara State University', 'https://www.b.example/x')"
        )
        let text =
            "id,name_ru,name_en,website\nn1,,state university BUKHARA,\nn2,Бухара Стате Университы,,\nn3,,New,b.example\nn4,,Else,\n"
        let (json, outcome) = try bring(village, text)
        #expect(outcome.status == 0, "\(outcome)")
        let found = json["lookalikes"] as? [[String: Any]] ?? []
        #expect(found.map { $0["line"] as? Int } == [2, 3, 4])
        #expect(found.allSatisfy { $0["key"] as? [String] == ["s1"] })
        try village.sqlite(
            "a", "INSERT INTO school(id, name_zh, name_ru) VALUES ('s2', '北京大學', 'Ошский университет')")
        let (mixed, _) = try bring(village, "id,name_zh,name_ru\nm1,北京大学,\nm2,,Ошcкий университет\n")
        #expect((mixed["lookalikes"] as? [[String: Any]] ?? []).map { $0["key"] as? [String] } == [["s2"], ["s2"]])
    }

    @Test("An encoding and a delimiter that are named decide; what cannot be read is refused")
    func named() throws {
        let village = try village()
        let file = village.folder.appendingPathComponent("table.txt")
        try Data(Array("id|name_ru\ns1|".utf8) + [0xCF, 0xF0] + [10]).write(to: file)
        let outcome = try village.caravan(
            "a", "import", file.path, "--table", "school", "--encoding", "windows-1251", "--delimiter", "|", "--json")
        #expect(try village.json(outcome)[0]["encoding"] as? String == "windows-1251")
        #expect(try village.sqlite("a", "SELECT name_ru FROM school").out == "Пр\n")
        for wrong in [["--encoding", "klingon"], ["--delimiter", "xx"], ["--map", "nothing"], ["--sheet"]] {
            let arguments = ["--home", village.home("a"), "import", file.path, "--table", "school"] + wrong
            #expect(try Shell.run(Shell.command, arguments).status == 2)
        }
        #expect(try village.caravan("a", "import", "/nowhere.csv", "--table", "school").status == 2)
        #expect(try village.caravan("a", "import", village.folder.path, "--table", "school").status == 2)
    }

    @Test("A reader of the alliance imports nothing, and is told so")
    func reader() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        #expect(try village.caravan("a", "member", "role", "b", "reader").status == 0)
        #expect(try village.caravan("b", "sync").status == 0)
        let file = village.folder.appendingPathComponent("table.csv")
        try "id\n1\n".write(to: file, atomically: true, encoding: .utf8)
        let outcome = try village.caravan("b", "import", file.path, "--table", "t")
        #expect(outcome.status == 5, "\(outcome)")
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "0\n")
    }

    /// A node of one table.
    private func single(_ schema: String) throws -> Village {
        let village = try Village()
        let file = village.folder.appendingPathComponent("s.sql")
        try schema.write(to: file, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", file.path).status == 0)
        return village
    }

    @Test("A header stands for the column of that very name before one that reads alike")
    func alikeHeaders() throws {
        let village = try single(
            "CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, phone1 TEXT, phone_1 TEXT, c TEXT, \"c++\" TEXT);")
        let (json, outcome) = try bring(village, "id,PHONE_1,c++\nk,new,more\n", "w")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(counts(json) == [1, 1, 0, 0, 0])
        #expect(try village.sqlite("a", "SELECT * FROM w").out == "k||new||more\n")
        let table = try village.caravan("a", "export", "--table", "w").out
        let again = try bring(village, table, "w")
        #expect(again.outcome.status == 0, "\(again.outcome)")
        #expect(counts(again.json) == [1, 0, 0, 1, 0])
        let either = try bring(village, "id,Phone-1\nk,x\n", "w")
        #expect(refusals(either.json) == ["1 Phone-1 -"])
        let other = try bring(village, "id,phone1,Phone-1\nk,x,y\n", "w")
        #expect(other.outcome.status == 0, "\(other.outcome)")
        #expect(try village.sqlite("a", "SELECT phone1, phone_1 FROM w").out == "x|y\n")
    }

    @Test("A header of signs stands for itself alone, and what is mapped for what it is mapped by")
    func signs() throws {
        let village = try single("CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT, x1 TEXT, \"$\" TEXT);")
        let text = "№,%,,x 1\nk,1,,3\n"
        let one = try bring(village, text, "w", "--map", "№=id")
        #expect(one.outcome.status == 1)
        #expect(refusals(one.json) == ["1 % -"])
        let both = try bring(village, text, "w", "--map", "№=id", "--map", "%=a")
        #expect(both.outcome.status == 0, "\(both.outcome)")
        #expect(try village.sqlite("a", "SELECT * FROM w").out == "k|1||3|\n")
        let mapped = try bring(village, "id,x 1,x1\nk,5,6\n", "w", "--map", "x 1=b")
        #expect(mapped.outcome.status == 0, "\(mapped.outcome)")
        #expect(try village.sqlite("a", "SELECT * FROM w").out == "k|1|5|6|\n")
    }

    @Test("What --map names and the file does not have is told, and what stands under no header too")
    func absentHeaders() throws {
        let village = try single("CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT);")
        let text = "id,,b\nk,,2\nl,3,4\nm,5,6\n"
        for wrong in ["c=a", "#9=a", "%=a"] {
            let outcome = try bring(village, text, "w", "--map", wrong).outcome
            #expect(outcome.status == 2, "\(wrong): \(outcome)")
            #expect(outcome.err.contains("the file has no such column"), "\(outcome)")
        }
        let told = try bring(village, text, "w", "--dry-run")
        #expect(told.outcome.status == 1)
        #expect(refusals(told.json) == ["3 #2 3"])
        #expect(try bring(village, text, "w", "--map", "#2=", "--dry-run").outcome.status == 0)
        #expect(try bring(village, text, "w", "--map", "#2=a").outcome.status == 0)
        #expect(try village.sqlite("a", "SELECT * FROM w").out == "k||2\nl|3|4\nm|5|6\n")
    }

    @Test("Rows that exchange the values of a UNIQUE come in, and are told as what they were")
    func exchanged() throws {
        let village = try single(
            "CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE, n INTEGER NOT NULL UNIQUE);")
        try village.sqlite("a", "INSERT INTO w VALUES ('a', '1', 1), ('b', '2', 2), ('c', '3', 3), ('d', '4', 4)")
        let text = "id,u,n\na,2,2\nb,1,1\nc,4,3\n"
        let dry = try bring(village, text, "w", "--dry-run")
        let changes = dry.json["changes"] as? [[String: Any]] ?? []
        let cells = changes.map { ($0["cells"] as? [String: [String: Any]])?["u"]?["old"] as? String }
        #expect(cells == ["1", "2"])
        let (json, outcome) = try bring(village, text, "w")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(counts(json) == [3, 0, 2, 0, 1])
        #expect(refusals(json) == ["4 u 4"])
        #expect(try village.sqlite("a", "SELECT * FROM w").out == "a|2|2\nb|1|1\nc|3|3\nd|4|4\n")
        let first = (1...300).map { "r\($0),v\($0),\($0 + 1000)\n" }.joined()
        let shifted = (1...300).map { "r\($0),v\($0 + 1),\($0 + 1001)\n" }.joined()
        #expect(try bring(village, "id,u,n\n" + first, "w").outcome.status == 0)
        #expect(counts(try bring(village, "id,u,n\n" + shifted, "w").json) == [300, 0, 300, 0, 0])
    }

    @Test("Rows of a file that refer to each other come in together")
    func circle() throws {
        let village = try village()
        let text = "id,name_en,parent\ns1,One,s2\ns2,Two,s1\ns3,Three,s4\ns4,Four,s9\n"
        let (json, outcome) = try bring(village, text)
        #expect(outcome.status == 1, "\(outcome)")
        #expect(counts(json) == [4, 2, 0, 0, 2])
        #expect(refusals(json) == ["5 parent s9", "4 parent s4"])
        #expect(try village.sqlite("a", "SELECT id, parent FROM school ORDER BY id").out == "s1|s2\ns2|s1\n")
    }

    @Test("A UNIQUE of which two rows are open duplicates tells the others apart all the same")
    func openDuplicate() throws {
        let village = try Village()
        _ = try village.found(
            "a", others: ["b"],
            schema: """
                CREATE TABLE w (id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(8)))), n TEXT, v TEXT);
                CREATE UNIQUE INDEX w_n ON w(n);
                """)
        #expect(try bring(village, "n,v\n1,one\n2,two\n", "w").outcome.status == 0)
        try village.sqlite("a", "INSERT INTO w VALUES ('x', '9', 'a')")
        try village.sqlite("b", "INSERT INTO w VALUES ('y', '9', 'b')")
        #expect(try village.caravan("b", "sync").status == 0)
        #expect(try village.caravan("a", "conflicts", "--json").lines.count == 1)
        let (json, outcome) = try bring(village, "n,v\n1,ONE\n2,two\n3,three\n9,c\n", "w")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(counts(json) == [4, 1, 1, 1, 1])
        #expect(refusals(json) == ["5 n -"])
    }

    @Test("A list without keys is taken once, also where cells are left to the defaults of their columns")
    func defaults() throws {
        let village = try Village()
        let schema = village.folder.appendingPathComponent("defaults.sql")
        try """
        CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(16)))), name TEXT,
            state TEXT NOT NULL DEFAULT 'active', n INTEGER NOT NULL DEFAULT '5', r REAL NOT NULL DEFAULT (-1),
            day TEXT NOT NULL DEFAULT (date('now')));
        """.write(to: schema, atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "init", "--name", "a", "--schema", schema.path).status == 0)
        let file = village.folder.appendingPathComponent("list.csv")
        try "name,day,state,n,r\nA,,,,\nB,2024-01-01,,7,\nA,,,,\nA,,closed,,\n".write(
            to: file, atomically: true, encoding: .utf8)
        for round in 0..<3 {
            let outcome = try village.json(village.caravan("a", "import", file.path, "--table", "u", "--json"))
            #expect(outcome[0]["inserted"] as? Int == (round == 0 ? 3 : 0))
            #expect(outcome[0]["unchanged"] as? Int == (round == 0 ? 1 : 4))
        }
        #expect(
            try village.sqlite("a", "SELECT name, state, n, r FROM u ORDER BY name, state").lines == [
                "A|active|5|-1.0", "A|closed|5|-1.0", "B|active|7|-1.0",
            ])
    }
}
