import Foundation
import SyncSimulator
import Testing

@testable import Tabular

@Suite("Texts whose cells stand between delimiters")
struct DelimitedTests {
    private func rows(_ bytes: [UInt8], _ choices: TableFile.Choices = .init()) throws -> [Row] {
        let file = try SampleFile(bytes)
        var out: [Row] = []
        try TableFile(path: file.path, choices: choices).forEach { row, _ in out.append(row) }
        return out
    }

    private func texts(_ text: String) throws -> [[String]] {
        try rows(Array(text.utf8)).map { $0.cells.map(\.shown) }
    }

    @Test("A quoted cell holds delimiters, quotes and line ends")
    func quotes() throws {
        #expect(try texts("a,b\n\"x,\"\"y\"\"\",\"1\n2\"\n") == [["a", "b"], ["x,\"y\"", "1\n2"]])
    }

    @Test(
        "What begins as another format does is named, and no row is looked for in it",
        arguments: [
            ("<html><table><tr><td>name</td></tr></table></html>", "a web page"),
            ("\u{FEFF}\r\n <!DOCTYPE HTML PUBLIC>", "a web page"), ("<TABLE border=1>", "a web page"),
            ("<?xml version=\"1.0\"?><Workbook/>", "an XML document"),
            ("{\\rtf1\\ansi", "a document of a word processor"),
            ("{\"id\":1}\n{\"id\":2}\n", "a JSON document"), ("[\n {\"id\":1}]", "a JSON document"),
            ("SQLite format 3\0", "an SQLite database"), ("%PDF-1.7", "a PDF document"),
        ])
    func otherFormats(text: String, kind: String) throws {
        let wide = [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        for bytes in [Array(text.utf8)] + (text.hasPrefix("<") ? [wide] : []) {
            let file = try SampleFile(bytes)
            #expect(throws: TabularError.otherKind(path: file.path, kind: kind)) { try TableFile(path: file.path) }
        }
    }

    @Test("A cell may begin with a bracket, as names of columns do in some programs, or with a sign of less")
    func brackets() throws {
        #expect(try texts("[id],[name]\n{x},<1\n") == [["[id]", "[name]"], ["{x}", "<1"]])
        #expect(try texts("<5,{a}\n") == [["<5", "{a}"]])
    }

    @Test("Lines end with LF, CRLF or CR, and the last with nothing")
    func lineEnds() throws {
        for end in ["\n", "\r\n", "\r"] {
            #expect(try texts("a,b\(end)1,2\(end)3,4") == [["a", "b"], ["1", "2"], ["3", "4"]])
        }
    }

    @Test("A row has the line on which it begins")
    func lines() throws {
        #expect(try rows(Array("a,b\n\"1\n\n2\",x\n\n3,y\n".utf8)).map(\.line) == [1, 2, 5, 6])
    }

    @Test("A quote that nothing closes costs its own line and no other")
    func openQuote() throws {
        let found = try rows(Array("a,b\n\"x,1\ny,2\n".utf8))
        #expect(found.count == 3)
        #expect(found[1].cells == [.wrong("a quotation mark that nothing closes")])
        #expect(found[2] == Row(line: 3, cells: [.text("y"), .text("2")]))
    }

    @Test("A line of more cells than any table has is told, and the next is read")
    func manyCells() throws {
        let found = try rows(Array(("a,b\n" + String(repeating: ",", count: 20_000) + "\n1,2\n").utf8))
        #expect(found[1] == Row(line: 2, cells: [.wrong("the line has more than 16384 cells")]))
        #expect(found[2] == Row(line: 3, cells: [.text("1"), .text("2")]))
    }

    @Test("A line that is longer than any row is told, and the next is read", arguments: ["", "\""])
    func hugeLines(quote: String) throws {
        let huge = [UInt8](repeating: 0x78, count: 70 << 20)
        let found = try rows(Array("a,b\n\(quote)".utf8) + huge + Array("\(quote),1\n1,2\n".utf8))
        #expect(
            found[1].cells == [.wrong("more than 64 MiB in a line, or behind a quotation mark that nothing closes")])
        #expect(found[2] == Row(line: 3, cells: [.text("1"), .text("2")]))
        #expect(found.count == 3)
    }

    @Test("A first line that names the delimiter is no row")
    func namedDelimiter() throws {
        #expect(try texts("sep=;\r\na;b\r\n1,5;2\r\n") == [["a", "b"], ["1,5", "2"]])
        #expect(try rows(Array("sep=|\na|b\n".utf8)).map(\.line) == [2])
    }

    @Test("A cell that is longer than what is read at once is whole")
    func longCells() throws {
        let long = String(repeating: "0123456789,\n", count: 40_000)
        #expect(try texts("a,b\n\"\(long)\",2\n3,4\n") == [["a", "b"], [long, "2"], ["3", "4"]])
    }

    @Test(
        "The delimiter is the one by which lines fall into cells alike",
        arguments: [("a;b\n1,5;2,5\n", ";"), ("a\tb,c\n1\t2\n", "\t"), ("a,b\n1,\"x;y\"\n", ","), ("a\n1\n", ",")])
    func delimiter(text: String, delimiter: String) throws {
        let file = try SampleFile(Array(text.utf8))
        #expect(try TableFile(path: file.path).delimiter?.text == delimiter)
    }

    @Test("What is written reads back the same", arguments: 0..<20)
    func roundTrip(seed: Int) throws {
        var generator = SeededGenerator(seed)
        let parts = ["a", "\"", ",", "\n", "\r", "é", "中", " ", ";"]
        let cells: [[String]] = (0..<50).map { _ in
            (0..<4).map { _ in (0..<generator.below(6)).map { _ in generator.pick(parts) }.joined() }
        }
        var bytes: [UInt8] = []
        var writer = DelimitedWriter(hasMark: seed % 2 == 0) { bytes += $0 }
        for row in cells { try writer.write(row.map { Array($0.utf8) }) }
        try writer.finish()
        let read = try rows(bytes, TableFile.Choices(delimiter: .comma))
        #expect(read.map { $0.cells.map(\.shown) } == cells)
    }
}

/// A file that is gone when nobody holds it.
final class SampleFile {
    let path: String

    init(_ bytes: [UInt8], named name: String = "table") throws {
        path = NSTemporaryDirectory() + "/caravan-\(UUID().uuidString)-\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Cell {
    /// The cell as a person reads it.
    var shown: String {
        switch self {
        case .empty: ""
        case .text(let bytes): String(decoding: bytes, as: UTF8.self)
        case .number(let text), .date(let text): text
        case .flag(let flag): flag ? "TRUE" : "FALSE"
        case .wrong(let bytes, let reason): "!" + (reason ?? String(decoding: bytes, as: UTF8.self))
        }
    }
}
