import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaSchema

@Suite("The language of definitions")
struct ExpressionTests {
    private static let table = try? SchemaReader.read(
        sql:
            "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT, n INTEGER, m INTEGER, r REAL, d NUMERIC, x)",
        allowIntegerKey: []
    ).tables.first

    private func refusal(_ text: String, _ use: ExpressionRules.Use = .computed, of table: TableDefinition? = table)
        -> String?
    {
        do throws(ExpressionRefusal) {
            _ = try ExpressionParser.result(
                of: text, ExpressionRules(use: use, scope: ExpressionScope(use == .entered ? nil : table)))
            return nil
        } catch { return error.sentence }
    }

    @Test("What is permitted comes to the same with every SQLite")
    func corpus() throws {
        let scratch = try Connection.scratch()
        for sql in ExpressionCorpus.rows { try scratch.run(sql) }
        for (text, hash) in ExpressionCorpus.cases {
            #expect(refusal(text) == nil, "\(text)")
            let values = try scratch.rows("SELECT (\(text)) FROM t ORDER BY id").map { Self.drawn($0[0]) }
            #expect(Self.hash(values.joined(separator: " ")) == hash, "\(text): \(values)")
        }
    }

    private static func drawn(_ value: Value) -> String {
        let hex = { (bytes: [UInt8]) in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        }
        return switch value {
        case .null: "n:"
        case .integer(let integer): "i:" + hex(Array("\(integer)".utf8))
        case .real(let real):
            "r:" + String(repeating: "0", count: real.bitPattern.leadingZeroBitCount / 4).prefix(real == 0 ? 15 : 16)
                + String(real.bitPattern, radix: 16)
        case .text(let bytes): "t:" + hex(bytes)
        case .blob(let bytes): "b:" + hex(bytes)
        }
    }

    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    @Test(
        "What some SQLite reads otherwise, or not at all, is refused with what to write instead",
        arguments: [
            ("n < 1_000", "plain digits"), ("n < 1e3", "plain digits"), ("n < 0x10000000000000000", "1 to 16 digits"),
            ("n < 9223372036854775808", "64 bits"),
            ("r < 0.12345", "behind the point"), ("r < 1234567890123456.5", "15 digits"),
            ("iif(n > 0, a)", "CASE WHEN"), ("if(n > 0, a, b)", "write iif"),
            ("json_valid(a)", "program that writes"), ("json_valid(a, 2)", "program that writes"), ("a -> 'x'", "3.38"),
            ("a ->> 'x'", "3.38"), ("strftime('%F', a) > ''", "2026-01-31"),
            ("a <= date('now')", "2026-01-31"), ("date(a) > ''", "2026-01-31"), ("a < CURRENT_TIMESTAMP", "2026-01-31"),
            ("unixepoch(a) > 0", "2026-01-31"), ("julianday() > 0", "2026-01-31"),
            ("round(r, 2) > 0", "round(x * 100) / 100"), ("printf('%s', a) > ''", "write ||"),
            ("format('%s', a) > ''", "write ||"), ("concat(a, b) > ''", "write ||"), ("a LIKE 'x%'", "write GLOB"),
            ("a NOT LIKE 'x%'", "write GLOB"), ("like('x%', a)", "write GLOB"), ("a REGEXP 'x'", "write GLOB"),
            ("a MATCH 'x'", "write GLOB"), ("a GLOB 'x*'", "CAST(… AS TEXT) GLOB"),
            ("CAST(a AS TEXT) GLOB b", "literal text"), ("a IS DISTINCT FROM b", "IS NOT"),
            ("a IS NOT DISTINCT FROM b", "IS NOT"), ("CAST(a AS BLOB) > x''", "INTEGER, REAL and TEXT"),
            ("CAST(a AS VARCHAR(9)) > ''", "INTEGER, REAL and TEXT"), ("a <> \"text\"", "no such column"),
            ("rowid > 0", "no such column"), ("oid > 0", "no such column"),
            ("_rowid_ > 0", "no such column"),
            ("t.a > ''", "cannot stand"), ("(SELECT 1)", "reads more than it may"),
            ("EXISTS (SELECT 1)", "reads more than it may"), ("a IN (SELECT 1)", "reads more than it may"),
            ("a IN t", "stands where it cannot"),
            ("a IN (b)", "write = and OR"), ("a IN ()", "stands where it cannot"),
            ("(a, b) = ('x', 'y')", "stands where it cannot"), ("max(n)", "2 to 32"), ("count(*)", "row's own values"),
            ("sum(n) OVER ()", "row's own values"),
            ("raise(ABORT, 'x')", "stands where it cannot"), ("a COLLATE mine = b", "BINARY, NOCASE or RTRIM"),
            ("unhex(a)", "not among the functions"), ("octet_length(a)", "length(hex(x)) / 2"),
            ("string_agg(a, b)", "row's own values"),
            ("sqrt(r)", "not among the functions"), ("random()", "calls random"),
            ("load_extension(a)", "calls load_extension"), ("likely(n)", "leave it out"),
            ("zeroblob(n)", "not among the functions"), ("abs(n)", "max(x, -x)"),
            ("a > ?", "cannot stand"), ("a > :x", "cannot stand"), ("a > 1 -- more", "comment"),
            ("a /* */ > 1", "comment"), ("1; 2", "cannot stand"), ("1)", "stands where it cannot"),
            ("(1", "ends too early"), ("'open", "stays open"),
            ("", "ends too early"), ("\"lower\"(a)", "name in quotes"), ("a NOT b", "stands where it cannot"),
            ("x'abc'", "pairs"), ("a = NOT b", "parentheses"),
            ("n IS TRUE || a", "compares a number"),
        ])
    func refused(text: String, reason: String) {
        let sentence = refusal("n > 0 AND (\(text)) IS NOT NULL") ?? "none"
        #expect(
            sentence.contains(reason) || (refusal(text) ?? "none").contains(reason),
            "\(sentence) / \(refusal(text) ?? "none")")
        #expect(refusal(text) != nil || refusal("(\(text)) AND 1") != nil)
    }

    @Test(
        "Nothing makes a real a text, or a text a real, whose digits differ by version",
        arguments: [
            "r || ''", "d || ''", "x || ''", "0.5 || ''", "(n + m) || ''", "-n || ''", "round(r) || ''",
            "CAST(r AS TEXT)", "lower(x)", "length(d)", "hex(r)", "trim(x)", "substr(d, 1)",
            "replace(r, '0', '1')",
            "instr(r, '.')", "unicode(d)", "coalesce(a, r) || ''", "iif(n, a, 1.5) || ''", "max(a, r) || ''",
            "CASE WHEN n THEN r ELSE a END || ''", "a + 1", "-a", "a * 2", "CAST(a AS REAL)",
            "round(a)",
            "sign(a)", "a & 1", "'1.5' + 1", "x'31' + 1", "lower(a) + 1", "n > a", "a = r", "n = '1.5'", "n = '1e5'",
            "r BETWEEN a AND b", "n IN ('0.1')", "a = n * 1.5", "a = 1.5", "a = x",
            "nullif(n, a)",
            "CASE n WHEN a THEN 1 END", "a AND 1", "NOT a", "CASE WHEN a THEN 1 END", "iif(a, 1, 2)", "a IS TRUE",
            "a IS (TRUE)", "substr(a, n)", "substr(a, 1, n)", "substr(a, 4294967296)",
            "replace(a, '', 'x')",
        ])
    func digits(text: String) { #expect(refusal(text) != nil) }

    @Test(
        "What a default may be: what is read once, where a row is entered",
        arguments: [
            "'x'", "-1", "1.5", "x'00'", "NULL", "TRUE", "CURRENT_TIMESTAMP", "(lower(hex(randomblob(16))))",
            "datetime('now', '+1 day', 'localtime')", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
            "date()",
            "printf('%04d-%s', abs(random() % 4), 'x')", "CAST(julianday('now') * 86400000.0 AS INTEGER)", "1 + 1",
            "round(1.234, 2)", "'a' || 0.5",
            "printf('%s-7%s', substr(printf('%012x', CAST(julianday('now') * 86400000.0 AS INTEGER)), 1, 8), 'x')",
        ])
    func defaults(text: String) { #expect(refusal(text, .entered) == nil) }

    @Test(
        "What a default may not be",
        arguments: [
            ("\"text\"", "no such column"), ("a", "no such column"),
            ("strftime('%F', 'now')", "not every SQLite knows"), ("strftime('%s%', 'now')", "not every SQLite knows"),
            ("strftime(1, 'now')", "not every SQLite knows"),
            ("datetime('now', 'subsec')", "modifier"), ("datetime('now', 'auto')", "modifier"),
            ("date('now', '+1 month', 'floor')", "modifier"), ("datetime('now', '+0001-01-01')", "modifier"),
            ("unixepoch()", "calls unixepoch"),
            ("printf('%1000000000d', 1)", "printf"), ("printf('%*d', 1, 2)", "printf"), ("printf('%,d', 1)", "printf"),
            ("format('%d', 1)", "calls format"), ("randomblob(1000000000)", "1 to 1024"),
            ("zeroblob(9)", "calls zeroblob"),
            ("1_000", "plain digits"), ("iif(1, 2)", "CASE WHEN"), ("json('{}')", "calls json"),
            ("(SELECT 1)", "reads more"), ("load_extension('x')", "calls load_extension"),
            ("'x' -- comment", "comment"), ("pi()", "calls pi"),
        ])
    func refusedDefaults(text: String, reason: String) { #expect((refusal(text, .entered) ?? "none").contains(reason)) }

    @Test("An expression is as deep, as long and as large as every SQLite has room for, and no more")
    func limits() {
        #expect(refusal(String(repeating: "(", count: 12) + "n" + String(repeating: ")", count: 12)) == nil)
        #expect(
            (refusal(String(repeating: "(", count: 13) + "n" + String(repeating: ")", count: 13)) ?? "none").contains(
                "nested too deeply"))
        #expect((refusal(String(repeating: "NOT ", count: 37) + "n") ?? "none").contains("nested too deeply"))
        #expect((refusal("n" + String(repeating: " + 1", count: 600)) ?? "none").contains("more than 500"))
        #expect((refusal("n" + String(repeating: " NOTNULL", count: 600)) ?? "none").contains("more than 500"))
        #expect((refusal("1" + String(repeating: " + 1", count: 600), .entered) ?? "none").contains("more than 500"))
        #expect((refusal("a = '" + String(repeating: "x", count: 17_000) + "'") ?? "none").contains("16384 bytes"))
        #expect(
            (refusal("n IN (" + (0..<1_001).map { "\($0)" }.joined(separator: ",") + ")") ?? "none").contains(
                "1000 values"))
        #expect(refusal("hex(hex(hex(a)))") == nil)
        #expect((refusal("hex(hex(hex(hex(a))))") ?? "none").contains("8 times"))
        #expect((refusal("replace(a, 'x', 'xxxxxxxxx')") ?? "none").contains("8 times"))
        #expect((refusal((0..<9).map { _ in "a" }.joined(separator: " || ")) ?? "none").contains("8 times"))
        #expect((refusal("CASE WHEN n THEN hex(hex(hex(hex(a)))) END") ?? "none").contains("8 times"))
    }

    @Test("A generated column reads others, in no circle, and not too many of them")
    func generated() {
        let column = { (name: String, text: String?) in
            ColumnDefinition(
                name: Identifier(name), type: "TEXT", isNotNull: text == nil, defaultExpression: nil,
                collation: "BINARY", generated: text.map { .init(expression: $0, isStored: false) })
        }
        let refusal = { (texts: [String]) -> String? in
            SchemaRules.refusal(
                of: TableDefinition(
                    name: "t", columns: [column("id", nil)] + texts.enumerated().map { column("g\($0)", $1) },
                    key: ["id"], isStrict: false, isWithoutRowid: false, references: []))
        }
        #expect((refusal(["upper(g0)"]) ?? "none").contains("reads itself"))
        #expect((refusal(["upper(G0)"]) ?? "none").contains("reads itself"))
        #expect((refusal(["upper(g1)", "lower(g2)", "trim(\"g0\")"]) ?? "none").contains("reads itself"))
        #expect(refusal(["upper(g1)", "lower(id)"]) == nil)
        #expect((refusal(["hex(g1)", "hex(g2)", "hex(g3)", "hex(id)"]) ?? "none").contains("8 times"))
        #expect((refusal((0..<9).map { "lower(\($0 == 8 ? "id" : "g\($0 + 1)"))" }) ?? "none").contains("8 deep"))
        let wide = (0..<6).map { number in
            (0..<12).map { _ in number == 5 ? "length(id)" : "length(g\(number + 1))" }.joined(separator: " + ")
        }
        #expect((refusal(wide.map { "CAST(\($0) AS INTEGER)" }) ?? "none").contains("more than 500"))
    }

    @Test(
        "A type is plain words with one or two numbers",
        arguments: [
            "", "TEXT", "VARCHAR(20)", "DECIMAL(10, 2)", "DOUBLE PRECISION", "UNSIGNED BIG INT",
            "TIMESTAMP WITH TIME ZONE", "NATIVE CHARACTER (70)", "int8",
        ])
    func types(type: String) { #expect(TypeGrammar.isPermitted(type)) }

    @Test(
        "A type that could be more than a type is refused",
        arguments: [
            "TEXT, d TEXT", "TEXT)", "TEXT); DROP TABLE t", "TEXT(1", "TEXT(1,2,3)", "TEXT()", "TEXT(a)", "TEXT(-1)",
            "TEXT 1", "(1)", "TEXT(1) UNSIGNED", "TEXT NOT NULL", "TEXT DEFAULT 1",
            "TEXT COLLATE NOCASE",
            "TEXT PRIMARY KEY", "TEXT UNIQUE", "TEXT CHECK (1)", "TEXT REFERENCES t", "TEXT AS (1)",
            "TEXT GENERATED ALWAYS", "TEXT --", "TEXT /* */", "\"TEXT\"", "'TEXT'", "[TEXT]", "T\u{415}XT",
            "TEXT;", "x'00'", "TEXT\0",
            "TEXT(1e3)", "TEXT(0.5)", "CONSTRAINT c", "TEXT AUTOINCREMENT", "TEXT ON CONFLICT IGNORE", "TEXT$",
            String(repeating: "A", count: 129),
        ])
    func refusedTypes(type: String) { #expect(!TypeGrammar.isPermitted(type)) }

    @Test(
        "The default of a column that is added is one literal that its column stores as it is written",
        arguments: [
            ("TEXT", "'x'", false, nil), ("INTEGER", "7", false, nil), ("INTEGER", "-7", false, nil),
            ("INTEGER", "(7)", false, nil), ("REAL", "1", false, nil), ("REAL", "1.5", false, nil),
            ("NUMERIC", "1.5", false, nil),
            ("", "1.50", false, nil), ("BLOB", "x'00'", false, nil), ("BOOLEAN", "TRUE", false, nil),
            ("TEXT", "NULL", false, nil), ("ANY", "'12'", true, nil), ("INT", "5", true, nil),
            ("REAL", "2", true, nil),
            ("INTEGER", "'5'", false, "changed by the type"), ("NUMERIC", "'12'", false, "changed by the type"),
            ("INTEGER", "' 5 '", false, "changed by the type"),
            ("REAL", "'1.5'", false, "changed by the type"),
            ("TEXT", "1.50", false, "changed by the type"), ("TEXT", "7", false, "changed by the type"),
            ("INTEGER", "1.0", false, "changed by the type"),
            ("ANY", "'12'", false, "changed by the type"),
            ("INT", "'x'", true, "none that the column can hold"),
            ("TEXT", "x'00'", true, "none that the column can hold"), ("INTEGER", "1 + 1", false, "no constant"),
            ("TEXT", "lower('A')", false, "no constant"),
            ("REAL", "0.00001", false, "no constant"), ("REAL", "1e999", false, "no constant"),
            ("TEXT", "CURRENT_TIMESTAMP", false, "no constant"), ("INTEGER", "- -1", false, "no constant"),
            ("INTEGER", "9223372036854775808", false, "no constant"),
        ] as [(String, String, Bool, String?)])
    func constants(type: String, text: String, isStrict: Bool, reason: String?) throws {
        let column = ColumnDefinition(
            name: "c", type: type, isNotNull: false, defaultExpression: text, collation: "BINARY")
        let refusal = ConstantDefault.refusal(of: column, isStrict: isStrict)
        #expect((refusal ?? "none").contains(reason ?? "none"), "\(refusal ?? "none")")
        guard refusal == nil else { return }
        let scratch = try Connection.scratch()
        let strict = isStrict ? " STRICT" : ""
        try scratch.run(
            "CREATE TABLE t (id INTEGER PRIMARY KEY)\(strict); INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN c \(type) DEFAULT (\(text)); INSERT INTO t(id) VALUES (2)"
        )
        let value = try DefaultValues.of([column], added: [0], isStrict: isStrict)
        #expect(try scratch.rows("SELECT c FROM t ORDER BY id") == [value, value])
    }
}
