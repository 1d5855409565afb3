import Foundation
import Testing

@Suite("The value that `resolve` writes is a literal, and nothing is computed")
struct LiteralTests {
    private func village() throws -> Village {
        let village = try Village()
        _ = try village.found(
            "a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v BLOB, n INTEGER);")
        try village.sqlite("a", "INSERT INTO t VALUES ('x', 'before', 0)")
        return village
    }

    /// Literals, each beside what SQLite's quote() shows of it.
    private static let literals = [
        ("NULL", "NULL"), ("null", "NULL"), ("TRUE", "1"), ("false", "0"), ("5", "5"), ("-5", "-5"), ("+5", "5"),
        ("- 5", "-5"), ("0x1F", "31"), ("-0X10", "-16"), ("007", "7"),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("1e3", "1000.0"), ("1E+3", "1000.0"), ("-2.5e-1", "-0.25"),
        (".5", "0.5"), ("5.", "5.0"), ("3.14159265", "3.14159265"), ("1e-400", "0.0"), ("''", "''"),
        ("'it''s'", "'it''s'"), ("''''", "''''"), ("' a '", "' a '"), ("  'a'\n", "'a'"),
        ("'a\nb'", "'a\nb'"), ("'-- no /* comment */'", "'-- no /* comment */'"),
        ("'1); DROP TABLE t'", "'1); DROP TABLE t'"), ("'ы新'", "'ы新'"), ("x''", "X''"), ("X'00fF'", "X'00FF'"),
        ("10000000000000000000", "1.0e+19"),
    ]

    @Test("Each literal is stored as SQLite reads it")
    func stored() throws {
        let village = try village()
        for (literal, quoted) in Self.literals {
            try village.sqlite("a", "UPDATE t SET v = 'before'")
            let outcome = try village.caravan("a", "resolve", "t", "x", "v", "--value", literal)
            #expect(outcome.status == 0, "\(literal): \(outcome.err)")
            let found = try village.sqlite("a", "SELECT quote(v) FROM t").out
            #expect(found == quoted + "\n", "\(literal)")
            // Where this SQLite knows the form, it says the same.
            let own = try village.sqlite("a", "SELECT quote(\(literal))")
            #expect(own.status != 0 || own.out == found, "\(literal)")
        }
    }

    @Test("A text as long as an argument can be goes through whole")
    func long() throws {
        let village = try village()
        let text = String(repeating: "it''s ", count: 20_000)
        #expect(try village.caravan("a", "resolve", "t", "x", "v", "--value", "'\(text)'").status == 0)
        #expect(
            try village.sqlite("a", "SELECT length(v), v = replace(printf('%.20000c', 'x'), 'x', 'it''s ') FROM t").out
                == "100000|1\n")
    }

    private static let others = [
        "1); DROP TABLE t", "(select 5)", "(5)", "1 + 1", "1 || 2", "abs(-1)", "id", "\"id\"", "[id]",
        "CURRENT_TIMESTAMP", "?", ":a", "1,2", "5;", "'a';", "'a' 'b'", "'a", "a'", "'a'b'",
        "x'0'", "x'0g'", "x'00", "1 -- c", "'a' /* c */", "--1", "- -1", "-'a'", "-NULL", "+", "-", "", " ", ".", "e5",
        "1e", "1e+", "1.2.3", "1_000", "0x", "0x+1", "0x-1", "1e400", "-1e400",
        "0x10000000000000000", "Inf", "nan", "١", "5 5", "\u{A0}5", "5\u{A0}", "N'a'",
    ]

    @Test("What is no literal is refused in one sentence, and nothing is written")
    func refused() throws {
        let village = try village()
        for literal in Self.others {
            let outcome = try village.caravan("a", "resolve", "t", "x", "v", "--value", literal)
            #expect(outcome.status == 2, "\(literal)")
            #expect(outcome.err.hasPrefix("caravan: "), "\(literal)")
            #expect(outcome.err.filter { $0 == "\n" }.count == 1, "\(literal)")
        }
        #expect(try village.sqlite("a", "SELECT v, n FROM t").out == "before|0\n")
    }
}
