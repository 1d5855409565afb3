import ReplicaModel
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("Values in the cells of a spreadsheet")
struct CellNotationTests {
    private static let types = ["TEXT", "INTEGER", "REAL", "NUMERIC", "DATE", "DATETIME", "BLOB", ""]

    private static func reader(_ type: String, isStrict: Bool = false) -> ColumnReader {
        let column = ColumnDefinition(
            name: "c", type: type, isNotNull: false, defaultExpression: nil, collation: "BINARY")
        return ColumnReader(column, isStrict: isStrict, isKey: false)
    }

    private static let words = [
        "", "7", "007", "7.0", "'", "''", "'=", "=1+1", "-5", "+992", "@x", " ", "\u{200B}", "\t", "\n", "x'00'", "X'",
        "CAST(x'00' AS TEXT)", "9e999", "#N/A", "#Н/Д", "#ИМЯ?", "####", "Err:502", "#1", "a", "中", "é", "1,5",
        "12.02.2024", "2024-02-12", "20240212",
        "＝1",
        "\u{FEFF}", "1 000", "TRUE", "１９", "\u{FFFF}", "\u{0}", "'a", "'7",
    ]

    private static func value(_ generator: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return .null
        case 1: return .integer(.random(in: -10...10, using: &generator))
        case 2: return .integer([.min, .max, 1 << 53, 1 << 53 + 1].randomElement(using: &generator) ?? 0)
        case 3:
            return .real(
                [
                    0.5, 7, -0.1, 1e300, 0.1 + 0.2, .infinity, -.infinity, 9.223372036854775808e18,
                    -9.223372036854775808e18, .leastNonzeroMagnitude, 1e15, 1e19,
                ]
                .randomElement(using: &generator) ?? 0)
        case 4:
            return .blob(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in .random(in: 0...255, using: &generator) })
        case 5: return .text([0xFF, 0x41].shuffled(using: &generator))
        default:
            let parts = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            return .text(parts.joined())
        }
    }

    @Test("A value that a column can hold reads back the same from its cell, and does no harm there", arguments: 0..<8)
    func roundTrip(kind: Int) throws {
        var generator = SeededGenerator(seed: UInt64(kind))
        let type = Self.types[kind]
        let affinity = Affinity(declared: type)
        let reader = Self.reader(type)
        for _ in 0..<4_000 {
            let value = Self.value(&generator)
            guard affinity.keeps(value) else { continue }
            let cell = CellNotation.cell(value, reader)
            #expect(reader.read(cell) == .value(value), "\(value) as \(String(decoding: cell.bytes, as: UTF8.self))")
            #expect(reader.read(.text(cell.bytes)) == .value(value), "\(value) in a text file")
            if case .text(let bytes) = cell, case .text = value {
                #expect(!"=+-@\t\n\r".utf8.contains(bytes.first ?? 65))
            }
        }
    }

    @Test("A value of a column of STRICT ANY keeps its class")
    func strictAny() throws {
        var generator = SeededGenerator(seed: 99)
        let reader = Self.reader("ANY", isStrict: true)
        for _ in 0..<4_000 {
            let value = Self.value(&generator)
            #expect(reader.read(.text(CellNotation.cell(value, reader).bytes)) == .value(value))
        }
    }

    @Test(
        "A cell is a value of its column, or is refused with the reason",
        arguments: [
            ("TEXT", "007", Value.text("007")), ("TEXT", "  a ", .text("a")), ("TEXT", "", .null),
            ("TEXT", "'007", .text("007")),
            ("TEXT", "'Abd", .text("'Abd")), ("INTEGER", "007", .integer(7)), ("INTEGER", "１９４３", .integer(1943)),
            ("INTEGER", "1 943", .integer(1943)), ("REAL", "22,5", .real(22.5)),
            ("REAL", "1.234.567,5", .real(1_234_567.5)),
            ("REAL", "5", .real(5)), ("NUMERIC", "5.0", .integer(5)), ("", "7", .integer(7)), ("", "007", .text("007")),
            ("DATE", "12.02.2024", .text("2024-02-12")), ("DATE", "2024年2月12日", .text("2024-02-12")),
            ("DATE", "16 марта 2023 г.", .text("2023-03-16")), ("DATE", "46093", .text("2026-03-12")),
            ("DATE", "20221017", .text("2022-10-17")), ("DATE", "2024-10-31T00:00:00Z", .text("2024-10-31")),
            ("DATE", "1/29/2026", .text("2026-01-29")), ("DATE", "2025/11/24", .text("2025-11-24")),
            ("DATE", "March 5, 2024", .text("2024-03-05")), ("DATE", "5 iyul 2024", .text("2024-07-05")),
            ("DATE", "5 мая 2020 г.", .text("2020-05-05")), ("DATE", "12.02.2024 г.", .text("2024-02-12")),
            ("DATE", "2024年2月12日星期一", .text("2024-02-12")), ("DATE", "2024年2月12日（周一）", .text("2024-02-12")),
            ("DATE", "Monday, 12 February 2024", .text("2024-02-12")), ("DATE", "пн, 12.02.2024", .text("2024-02-12")),
            ("DATE", "12.02.2024 (понедельник)", .text("2024-02-12")),
            ("DATE", "12th of May 2024", .text("2024-05-12")),
            ("DATE", "«12» сентября 2024 года (воскресенье)", .text("2024-09-12")),
            ("DATE", "Feb. 12, 2024", .text("2024-02-12")), ("DATE", "12-Feb-2024", .text("2024-02-12")),
            ("DATE", "2024-yil 5-iyul", .text("2024-07-05")), ("DATE", "2024 жылғы 5 қаңтар", .text("2024-01-05")),
            ("DATE", "5-го мая 2020", .text("2020-05-05")), ("DATE", "5 марти соли 2024", .text("2024-03-05")),
            ("TEXT", "#хештег", .text("#хештег")), ("TEXT", "#1!", .text("#1!")), ("TEXT", "##", .text("##")),
            ("TEXT", "Err: 502", .text("Err: 502")), ("TEXT", "'#Н/Д", .text("#Н/Д")),
        ] as [(String, String, Value)])
    func read(type: String, text: String, value: Value) {
        #expect(Self.reader(type).read(.text(text)) == .value(value))
    }

    @Test(
        "What cannot be meant is refused",
        arguments: [
            ("INTEGER", "abc"), ("INTEGER", "3.7"), ("INTEGER", "1.23457E+11"), ("REAL", "1,234"),
            ("REAL", "12.02.2024"),
            ("INTEGER", "99999999999999999999"), ("DATE", "2/12/2024"), ("DATE", "soon"), ("DATE", "31.02.2024"),
            ("TEXT", "#N/A"), ("DATE", "2024-10-31 08:30"),
            ("DATE", "до 1 мая 2025"), ("DATE", "не ранее 5 марта 2024"), ("DATE", "Decision 12 of 2024"),
            ("DATE", "-5.01.2000"), ("DATE", "not 5 May 2020"), ("DATE", "Market 12 2024"), ("DATE", "5 May 99"),
            ("DATE", "12.02.2024*"), ("DATE", "№ 12.02.2024"), ("DATE", "12.02/2024"),
            ("DATE", "5 мая 2020 или 2021"), ("DATE", "~5 May 2020"), ("DATE", "Decoration 12 2024"),
            ("DATE", "12 of 2024"),
            ("DATE", "5 мая 2020?"), ("DATE", "12..02..2024"), ("DATE", "1-12.02.2024"),
            ("TEXT", "#Н/Д"), ("TEXT", "#ССЫЛКА!"), ("TEXT", "#ДЕЛ/0!"), ("TEXT", "#ЗНАЧ!"), ("TEXT", "#ИМЯ?"),
            ("TEXT", "#ЧИСЛО!"), ("TEXT", "#ПУСТО!"), ("TEXT", "Err:502"), ("TEXT", "#FIELD!"), ("TEXT", "#BLOCKED!"),
            ("TEXT", "#CONNECT!"), ("TEXT", "#UNKNOWN!"), ("TEXT", "#CALC!"), ("TEXT", "#SPILL!"),
            ("TEXT", "#GETTING_DATA"), ("TEXT", "#WERT!"), ("TEXT", "########"), ("", "#Н/Д"), ("INTEGER", "#ИМЯ?"),
        ])
    func refused(type: String, text: String) {
        #expect(Self.reader(type).read(.text(text)).value == nil)
    }

    @Test("Cells of a workbook are read by their own types")
    func workbookCells() {
        #expect(Self.reader("TEXT").read(.number("7")) == .value(.text("7")))
        #expect(Self.reader("TEXT").read(.number("0.10000000000000001")) == .value(.text("0.1")))
        #expect(Self.reader("INTEGER").read(.number("7")) == .value(.integer(7)))
        #expect(Self.reader("INTEGER").read(.number("7.5")).value == nil)
        #expect(Self.reader("TEXT").read(.date("2024-02-12")) == .value(.text("2024-02-12")))
        #expect(Self.reader("INTEGER").read(.date("2024-02-12")).value == nil)
        #expect(Self.reader("INTEGER").read(.flag(true)) == .value(.integer(1)))
        #expect(Self.reader("TEXT").read(.wrong(Array("#N/A".utf8), reason: nil)).value == nil)
    }

    @Test("An integer that is too large is told so, and a number with decimals is told of those")
    func numberReasons() {
        let large = ColumnReader.Reading.refused("it is larger than an integer of 64 bits")
        for text in ["12345678901234567890", "1E+20"] {
            #expect(Self.reader("INTEGER").read(.number(text)) == large, "\(text)")
        }
        #expect(Self.reader("INTEGER").read(.text("12345678901234567890")) == large)
        let decimals = ColumnReader.Reading.refused("it has decimals, and the column takes integers")
        #expect(Self.reader("INTEGER").read(.number("7.5")) == decimals)
    }

    @Test(
        "Names that people take for one are alike",
        arguments: [
            ("Tashkent State University", "University of Tashkent, State", false),
            ("Tashkent State University", "State University Tashkent", true),
            ("Tashkent State University", "TASHKENT  STATE UNIVERSITY", true), ("Ташкент", "Toshkent", true),
            ("Center for Metals", "Centre for Metals", true), ("Ｕｎｉｖｅｒｓｉｔｙ　１２", "University 12", true),
            ("Бухоро давлат университети", "Buxoro davlat universiteti", true), ("Osh", "Osh University", false),
            ("乌鲁木齐职业大学", "乌鲁木齐 职业大学", false), ("新疆大学", "新疆医科大学", false),
        ])
    func folded(one: String, other: String, isAlike: Bool) {
        let folds = [one, other].map { NameFold.deep(Array($0.utf8)) }
        #expect((folds[0] == folds[1]) == isAlike)
    }

    @Test(
        "Letters are the same composed or not, in capitals or small, and in full width",
        arguments: [
            ("ЙОД", "и\u{306}од"), ("ёлка", "е\u{308}лка"), ("Straße", "STRASSE"), ("ΟΔΟΣ", "οδος"),
            ("İstanbul", "istanbul"), ("Å", "\u{212B}"), ("Ｏｓｈ　市", "osh 市"), ("ガ", "カ\u{3099}"),
        ])
    func letters(one: String, other: String) {
        #expect(NameFold.light(Array(one.utf8)) == NameFold.light(Array(other.utf8)))
    }

    @Test("A web site is its host")
    func hosts() {
        #expect(NameFold.host(Array("https://www.Example.org/a?b".utf8)) == "example.org")
        #expect(NameFold.host(Array("example.org".utf8)) == "example.org")
        #expect(NameFold.host(Array("no site".utf8)) == nil)
    }

    @Test("The number of a day is counted from the year that the workbook says")
    func years() {
        let column = ColumnDefinition(
            name: "c", type: "DATE", isNotNull: false, defaultExpression: nil, collation: "BINARY")
        let from1904 = ColumnReader(column, isStrict: false, isKey: false, hasDaysFrom1904: true)
        #expect(from1904.read(.number("43538")) == .value(.text("2023-03-15")))
        #expect(Self.reader("DATE").read(.number("45000")) == .value(.text("2023-03-15")))
        #expect(from1904.read(.text("45000")) == .value(.text("2023-03-15")), "a text is as people copied it")
        #expect(from1904.read(.date("2023-03-15")) == .value(.text("2023-03-15")))
    }
}
