import Foundation
import Testing

@testable import Tabular

@Suite("Encodings of texts")
struct EncodingTests {
    /// The text as a program of that encoding writes it, by the `iconv` command.
    static func bytes(_ text: String, in encoding: String) throws -> [UInt8] {
        let file = try SampleFile(Array(text.utf8))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["iconv", "-f", "UTF-8", "-t", encoding, file.path]
        let out = Pipe()
        process.standardOutput = out
        try process.run()
        let data = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    private static let chinese = "编号,名称,城市\n1,乌鲁木齐职业大学,乌鲁木齐\n2,新疆大学,乌鲁木齐\n"
    private static let russian = "Номер;Название;Город\n1;Таджикский национальный университет;Душанбе\n"

    static let samples: [(text: String, encoding: String, mark: [UInt8], name: String)] = [
        (chinese, "UTF-8", [], "UTF-8"), (chinese, "UTF-8", [0xEF, 0xBB, 0xBF], "UTF-8"),
        (chinese, "UTF-16LE", [0xFF, 0xFE], "UTF-16LE"), (russian, "UTF-16BE", [0xFE, 0xFF], "UTF-16BE"),
        (russian, "UTF-16LE", [], "UTF-16LE"), (chinese, "GB18030", [], "GB18030"),
        (russian, "WINDOWS-1251", [], "windows-1251"), (russian, "KOI8-R", [], "KOI8-R"),
        (russian, "IBM866", [], "IBM866"), ("编号,名\n", "GB18030", [], "GB18030"),
        ("Код;Вид\n", "CP1251", [], "windows-1251"), ("id;n\n1;Zürich\n2;ýüç\n", "UTF-8", [], "UTF-8"),
        (chinese, "UTF-32LE", [0xFF, 0xFE, 0, 0], "UTF-32LE"),
        (russian, "UTF-32BE", [0, 0, 0xFE, 0xFF], "UTF-32BE"),
        ("ТАДЖИКСКИЙ НАЦИОНАЛЬНЫЙ УНИВЕРСИТЕТ;ОШСКИЙ УНИВЕРСИТЕТ\n", "CP1251", [], "windows-1251"),
        ("таджикский национальный университет;ошский университет\n", "KOI8-R", [], "KOI8-R"),
    ]

    @Test("The encoding is found out, and the text comes as it was written", arguments: 0..<16)
    func detected(number: Int) throws {
        let sample = Self.samples[number]
        let file = try SampleFile(sample.mark + Self.bytes(sample.text, in: sample.encoding))
        let table = try TableFile(path: file.path)
        #expect(table.encoding == sample.name)
        var cells: [[String]] = []
        try table.forEach { row, _ in cells.append(row.cells.map(\.shown)) }
        let delimiter = table.delimiter?.text ?? ""
        #expect(cells.map { $0.joined(separator: delimiter) + "\n" }.joined() == sample.text)
    }

    @Test("A few bytes that are wrong make no other encoding of a text, and are told in their cell")
    func wrongBytes() throws {
        let text = String(repeating: "1,名称\n", count: 30)
        let file = try SampleFile(Array(text.utf8) + [0x32, 0x2C, 0xFF, 0xFE, 0x0A] + Array("3,名\n".utf8))
        let table = try TableFile(path: file.path)
        #expect(table.encoding == "UTF-8")
        var rows: [Row] = []
        try table.forEach { row, _ in rows.append(row) }
        guard case .wrong(let bytes, let reason) = rows[30].cells[1] else {
            Issue.record("\(rows[30])")
            return
        }
        #expect(reason == "bytes that are no UTF-8")
        #expect(!bytes.isEmpty)
        #expect(rows[31].cells[1] == .text("名"))
    }

    @Test("What cannot be told is asked for, and what a person names decides")
    func doubtful() throws {
        let file = try SampleFile(Array("a,b\n".utf8) + [0x80, 0x31, 0x81, 0x20, 0x9D, 0x0A])
        #expect(throws: TabularError.doubtfulEncoding(path: file.path)) { try TableFile(path: file.path) }
        #expect(try TableFile(path: file.path, choices: .init(encoding: "cp1251")).encoding == "windows-1251")
        #expect(throws: TabularError.unknownEncoding("klingon")) {
            try TableFile(path: file.path, choices: .init(encoding: "klingon"))
        }
    }

    static let doubtfulTexts: [(text: String, encoding: String)] = [
        ("id;name\n1;ТНУ\n2;КНУ\n3;ОШГУ\n", "CP1251"), ("id;name\n1;Ош\n", "CP1251"),
        ("id;name\n1;Türkmen döwlet uniwersiteti, Aşgabat\n", "CP1254"),
        ("id;name\n1;Universität für Bodenkultur\n", "CP1252"), ("id;name\n1;École supérieure\n", "CP1252"),
        ("id,name\n1,学院\n", "GB18030"), ("id,name\n1,100元\n", "GB18030"),
    ]

    @Test("What reads as well in another script or case is asked for", arguments: 0..<7)
    func asked(number: Int) throws {
        let sample = Self.doubtfulTexts[number]
        let file = try SampleFile(Self.bytes(sample.text, in: sample.encoding))
        #expect(throws: TabularError.doubtfulEncoding(path: file.path)) { try TableFile(path: file.path) }
    }

    @Test(
        "Kazakh, and what other machines wrote, is no windows-1251 with letters that nobody here has: it is asked for",
        arguments: ["RK1048", "PT154", "MAC-CYRILLIC"])
    func beside(encoding: String) throws {
        let text =
            encoding == "MAC-CYRILLIC"
            ? "id;name\n1;Таджикский национальный университет\n2;Юридическая академия Казахстана\n"
            : "id;name\n1;Қазақ ұлттық университеті\n2;Әл-Фараби атындағы университет\n3;Өскемен қаласы\n"
        let file = try SampleFile(Self.bytes(text, in: encoding))
        #expect(throws: TabularError.doubtfulEncoding(path: file.path)) { try TableFile(path: file.path) }
    }

    @Test("One zero in a few words of ASCII makes no UTF-16 of them")
    func zero() throws {
        let file = try SampleFile(Array("id,t\n1,a\0b\n2,c\n".utf8))
        #expect(try TableFile(path: file.path).encoding == "UTF-8")
        let wide = try SampleFile(Self.bytes("名称,城市", in: "UTF-16LE"))
        #expect(try TableFile(path: wide.path).encoding == "UTF-16LE")
    }

    @Test("A character that two blocks share is whole")
    func borders() throws {
        let long = String(repeating: String(repeating: "名称学院,", count: 999) + "名称学院\n", count: 60) + "末\n"
        let file = try SampleFile(try Self.bytes(long, in: "GB18030"))
        var cells: [Cell] = []
        try TableFile(path: file.path).forEach { row, _ in cells += row.cells }
        #expect(cells.count == 60_001)
        #expect(Set(cells.dropLast()) == [.text("名称学院")])
    }
}
