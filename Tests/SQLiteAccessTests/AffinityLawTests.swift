import ReplicaModel
import SyncSimulator
import Testing

@testable import SQLiteAccess

@Suite("What a column keeps as it is")
struct AffinityLawTests {
    /// Texts around the edge of what SQLite reads as a number, and some that only look like one.
    private func text(_ random: inout SeededGenerator) -> Value {
        let pieces = [
            "", " ", "\t", "+", "-", "0", "7", "12", "007", ".", "5", "e", "E", "e3", "e-3", "e+",
            "9223372036854775808", "x", "0x1F", "1_0", "\u{0}", "ы", "inf", "1e400",
        ]
        return .text((0..<Int.random(in: 0...5, using: &random)).map { _ in random.pick(pieces) }.joined())
    }

    private func value(_ random: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: .null
        case 1: .integer(random.pick([0, 1, -1, 1 << 53, .max, .min]))
        case 2:
            .real(
                random.pick([
                    0, 1, -3, 1.5, 0x1p51, 0x1p52, 0x1p62, 0x1p63, -0x1p63, 1e300, .infinity, -.infinity, 0x1p53,
                ]))
        case 3: .blob(random.pick([[], [0x31], [0xFF]]))
        default: text(&random)
        }
    }

    @Test(
        "The rule of affinities says what SQLite does, for every class and for texts that look like numbers",
        arguments: 0..<40)
    func keeps(seed: Int) throws {
        var random = SeededGenerator(seed)
        let types = [
            "", "BLOB", "TEXT", "VARCHAR(20)", "CLOB", "INTEGER", "INT", "BIGINT", "POINT", "REAL", "FLOAT",
            "DOUBLE PRECISION", "NUMERIC", "DECIMAL(10, 5)", "BOOLEAN", "DATE", "STRING", "TEXTINT",
            "REALBLOB", "BLOBREAL", "CHARREAL",
        ]
        for type in types {
            let connection = try Connection(path: "", access: .create)
            try connection.run("CREATE TABLE t (v \(type))")
            let column = ColumnDefinition(
                name: "v", type: type, isNotNull: false, defaultExpression: nil, collation: "BINARY")
            for _ in 0..<60 {
                let value = value(&random)
                try connection.rows("INSERT INTO t VALUES (?1)", [value])
                let stored = try connection.value("SELECT v FROM t ORDER BY rowid DESC LIMIT 1")
                let isKept = column.refusal(of: value, isStrict: false, isKey: false) == nil
                #expect(
                    isKept == (stored == value), "seed \(seed): \(value) in \(type) is \(String(describing: stored))")
            }
        }
    }

    @Test("The rule of STRICT tables says what SQLite does", arguments: 0..<20)
    func strict(seed: Int) throws {
        var random = SeededGenerator(seed)
        for type in ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"] {
            let connection = try Connection(path: "", access: .create)
            try connection.run("CREATE TABLE t (v \(type)) STRICT")
            let column = ColumnDefinition(
                name: "v", type: type, isNotNull: false, defaultExpression: nil, collation: "BINARY")
            for _ in 0..<60 {
                let value = value(&random)
                let isTaken = (try? connection.rows("INSERT INTO t VALUES (?1)", [value])) != nil
                let stored = isTaken ? try connection.value("SELECT v FROM t ORDER BY rowid DESC LIMIT 1") : nil
                let isKept = column.refusal(of: value, isStrict: true, isKey: false) == nil
                #expect(
                    isKept == (stored == value), "seed \(seed): \(value) in \(type) is \(String(describing: stored))")
            }
        }
    }
}
