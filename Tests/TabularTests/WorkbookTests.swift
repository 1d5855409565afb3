import Foundation
import Testing

@testable import Tabular

@Suite("Workbooks")
struct WorkbookTests {
    private func rows(_ package: WorkbookSample, sheet: String? = nil) throws -> [Row] {
        let file = try package.file()
        var out: [Row] = []
        try TableFile(path: file.path, choices: .init(sheet: sheet)).forEach { row, _ in out.append(row) }
        return out
    }

    @Test("A cell is what its type says: shared and inline texts, numbers, flags, errors, values of formulas")
    func types() throws {
        var sample = WorkbookSample()
        sample.strings = ["<si><t>shared</t></si>", "<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>x</t></rPh></si>"]
        sample.sheets = [
            (
                "one",
                """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>\
                <c r="D1" t="inlineStr"><is><t>in_x0041_line</t></is></c></row>\
                <row r="3"><c r="A3"><v>0.5</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c>\
                <c r="D3" t="str"><f>A1&amp;"!"</f><v>shared!</v></c><c r="E3"><f>1+1</f></c></row>
                """
            )
        ]
        let found = try rows(sample)
        #expect(found.map(\.line) == [1, 3])
        #expect(found[0].cells.map(\.shown) == ["shared", "rich", "", "inAline"])
        #expect(found[1].cells[0] == .number("0.5"))
        #expect(found[1].cells[1] == .flag(true))
        #expect(found[1].cells[2] == .error("#N/A"))
        #expect(found[1].cells[3] == .text("shared!"))
        #expect(found[1].cells[4] == .wrong("a formula without a value, as no program has computed it yet"))
    }

    @Test("A number is a date where its style says so, in both ways of counting days")
    func dates() throws {
        var sample = WorkbookSample()
        sample.formats = [
            (164, "yyyy\\-mm\\-dd hh:mm"), (165, "[$-804]yyyy\"年\"m\"月\"d\"日\""), (166, "#,##0\" days\""),
        ]
        sample.styles = [0, 14, 164, 165, 166, 20]
        let row = (1...5).map { "<c s=\"\($0)\"><v>45334.5</v></c>" }.joined()
        sample.sheets = [
            ("one", "<row><c s=\"1\"><v>45334</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>61</v></c>\(row)</row>")
        ]
        #expect(
            try rows(sample)[0].cells.map(\.shown) == [
                "2024-02-12", "1900-02-28", "1900-03-01", "2024-02-12T12:00:00", "2024-02-12T12:00:00",
                "2024-02-12T12:00:00", "45334.5", "2024-02-12T12:00:00",
            ])
        sample.isFrom1904 = true
        #expect(try rows(sample)[0].cells[0] == .date("2028-02-13"))
    }

    @Test(
        "A format with the word that leaves all to the program shows a number, whatever stands around it",
        arguments: [
            "General", "GENERAL", "\"№ \"General", "+General;-General", "[Red]General;[Blue]-General", "(General)",
            "_ General_ ", "[$-409]General", "[>100]General;0", "\"KZT \"General", "\\ General", "-General",
            "[=0]\"\";General", "0.00E+00", "##0.0E+0", "#,##0 \"days\"", "@", "[Red]0;[Blue]-0", "0%", "# ?/?",
            "[$€-407] #,##0.00", "Standard", "[DBNum1][$-804]General", "\"d\"0", "_d0", "*y0",
        ])
    func numberFormats(code: String) { #expect(NumberFormat(code).kind == .number) }

    @Test(
        "A format shows the parts of a date for which it has letters, outside of quotes, brackets and escapes",
        arguments: [
            ("yyyy-mm-dd", .day), ("dd.mm.yyyy", .day), ("YYYYMMDD", .day), ("d\\-mmm\\-yy;@", .day), ("mmm", .day),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .day), ("[$-804]yyyy\"年\"m\"月\"d\"日\"", .day), ("ggge", .day),
            ("[=0]\"\";dd.mm.yyyy", .day), ("aaaa", .day), ("m/d", .day), ("dd/mm/yyyy \"г.\"", .day),
            ("yyyy-mm-ddThh:mm:ss", .moment), ("m/d/yy h:mm", .moment), ("dd.mm.yyyy\\ hh:mm", .moment),
            ("h:mm AM/PM", .time), ("h:mmAM/PM", .time), ("mm:ss.0", .time), ("hh:mm:ss", .time),
            ("[h]:mm:ss", .duration), ("[hh]:mm", .duration), ("[mm]:ss", .duration), ("[ss].00", .duration),
        ] as [(String, CellStyles.Kind)])
    func dateFormats(code: String, kind: CellStyles.Kind) { #expect(NumberFormat(code).kind == kind) }

    @Test("A time that goes on beyond a day is told as it is shown")
    func durations() throws {
        var sample = WorkbookSample()
        sample.formats = [(170, "[hh]:mm:ss"), (171, "[mm]:ss")]
        sample.styles = [0, 170, 171, 46]
        sample.sheets = [
            (
                "one",
                """
                <row><c s="1"><v>1.5</v></c><c s="1"><v>0.5</v></c><c s="2"><v>0.0625</v></c><c s="3"><v>4.25</v></c>\
                <c s="1"><v>60</v></c></row>
                """
            )
        ]
        #expect(
            try rows(sample)[0].cells == [
                .date("36:00:00"), .date("12:00:00"), .date("01:30:00"), .date("102:00:00"), .date("1440:00:00"),
            ])
    }

    @Test("A cell that is no value keeps what stands in it, and has a reason of its own")
    func noValues() throws {
        var sample = WorkbookSample()
        sample.styles = [0, 14]
        sample.sheets = [
            (
                "one",
                """
                <row><c s="1"><v>60</v></c><c><v>TRUE</v></c><c><v>nan</v></c><c><v>0x10</v></c><c t="b"><v>x</v></c>\
                <c t="b"><v>false</v></c><c t="s"><v>9</v></c><c><v> 7 </v></c><c s="1"><v>-1</v></c></row>
                """
            )
        ]
        func wrong(_ text: String, _ reason: String) -> Cell { .wrong(Array(text.utf8), reason: reason) }
        #expect(
            try rows(sample)[0].cells == [
                wrong("60", "the workbook shows it as a date, and it is none"), wrong("TRUE", "it is no number"),
                wrong("nan", "it is no number"), wrong("0x10", "it is no number"),
                wrong("x", "it is neither true nor false"), .flag(false), wrong("9", "a text that the workbook lacks"),
                .number("7"), wrong("-1", "the workbook shows it as a date, and it is none"),
            ])
    }

    @Test(
        "Ranges that are merged are read however their XML is written",
        arguments: [
            "<mergeCells><mergeCell ref='A1:A2'/></mergeCells>",
            "<mergeCells>\n<mergeCell\n ref = \"A1:A2\"\n/></mergeCells>",
            "<x:mergeCells count=\"1\"><x:mergeCell xml:space='a' ref='A1:A2'></x:mergeCell></x:mergeCells>",
            "<mergeCells><!-- <mergeCell ref=\"B1:B2\"/> --><mergeCell ref=\"&#65;1:A2\"/></mergeCells><pageMargins left=\"1\"/>",
        ])
    func mergedNotation(list: String) throws {
        var sample = WorkbookSample()
        sample.sheets = [("one", "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row>")]
        sample.tail = list
        #expect(try rows(sample).map { $0.cells.map(\.shown) } == [["1"], ["1", "2"]])
    }

    @Test("The names of parts count without case, and with the backslashes of some programs; a password is told")
    func parts() throws {
        var sample = WorkbookSample()
        sample.sheets = [("one", "<row><c><v>2</v></c></row>")]
        sample.strings = ["<si><t>a</t></si>"]
        sample.renaming =
            "name.replace('/', chr(92)).replace('sheet0', 'SHEET0').replace('Content_Types', 'content_types')"
        #expect(try rows(sample).map(\.cells) == [[.number("2")]])
        sample.isLocked = true
        let locked = try sample.file()
        #expect(throws: TabularError.otherKind(path: locked.path, kind: "locked with a password")) {
            try TableFile(path: locked.path)
        }
    }

    @Test("What is merged downwards stands in each of its rows, and what is merged across in its first cell")
    func merged() throws {
        var sample = WorkbookSample()
        func row(_ number: Int, _ cells: [String: String]) -> String {
            let cells = cells.sorted { $0.key < $1.key }.map { place, text in
                "<c r=\"\(place)\(number)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
            }
            return "<row r=\"\(number)\">\(cells.joined())</row>"
        }
        sample.sheets = [
            (
                "one",
                row(1, ["A": "title"]) + row(2, ["A": "KZ", "B": "mergeCell ref=&quot;B2:B9&quot;"])
                    + row(3, ["B": "b", "D": "d"]) + row(4, ["C": "c"]) + row(5, [:]) + row(6, ["B": "own"])
                    + row(7, ["B": "after"])
            )
        ]
        sample.merged = ["A1:C1", "A2:A6", "D3:E4", "B3:B4", "F2:F6"]
        #expect(
            try rows(sample).map { $0.cells.map(\.shown) } == [
                ["title"], ["KZ", "mergeCell ref=\"B2:B9\""], ["KZ", "b", "", "d"], ["KZ", "b", "c", "d"], [],
                ["KZ", "own"], ["", "after"],
            ])
    }

    @Test("Of merged ranges that lie over each other the last counts, however many there are")
    func overlapping() throws {
        var sample = WorkbookSample()
        let rows = (1...400).map { number in
            let last = number == 3 ? "<c r=\"A3\" t=\"inlineStr\"><is><t>below</t></is></c>" : ""
            let first = number == 2 ? "<c r=\"A2\" t=\"inlineStr\"><is><t>above</t></is></c>" : last
            return "<row r=\"\(number)\">\(first)<c r=\"B\(number)\"><v>\(number)</v></c></row>"
        }
        sample.sheets = [("one", rows.joined())]
        sample.merged = [String](repeating: "A2:A1048576", count: 50_000) + ["A3:A300"]
        let firsts = try self.rows(sample).map { $0.cells[0].shown }
        #expect(firsts[1...3] == ["above", "below", "below"])
        #expect(firsts[299] == "below")
        #expect(firsts[300] == "")
    }

    @Test("A format of zeros alone keeps leading zeros")
    func zeros() throws {
        var sample = WorkbookSample()
        sample.formats = [(170, "000000"), (171, "0")]
        sample.styles = [0, 170, 171]
        sample.sheets = [
            ("one", "<row><c s=\"1\"><v>7</v></c><c s=\"2\"><v>7</v></c><c s=\"1\"><v>1234567</v></c></row>")
        ]
        #expect(try rows(sample)[0].cells == [.text("000007"), .number("7"), .number("1234567")])
    }

    @Test("The first sheet that is not hidden is read, or the one that is named")
    func sheets() throws {
        var sample = WorkbookSample()
        sample.hidden = ["lists"]
        sample.sheets = [
            ("lists", "<row><c><v>1</v></c></row>"), ("机构", "<row><c><v>2</v></c></row>"),
            ("Лист", "<row><c><v>3</v></c></row>"),
        ]
        #expect(try rows(sample)[0].cells == [.number("2")])
        #expect(try rows(sample, sheet: "лист")[0].cells == [.number("3")])
        #expect(throws: TabularError.noSheet("x", sheets: ["lists", "机构", "Лист"])) { try rows(sample, sheet: "x") }
    }

    @Test("What is no workbook, or is cut off, is told")
    func damaged() throws {
        var sample = WorkbookSample()
        sample.sheets = [("one", "<row><c><v>1</v></row>")]
        #expect(throws: TabularError.self) { try rows(sample) }
        let cut = try SampleFile([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x00])
        #expect(throws: TabularError.self) { try TableFile(path: cut.path) }
        let old = try SampleFile([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        #expect(throws: TabularError.self) { try TableFile(path: old.path) }
    }

    @Test("A sheet that is cut off is told, wherever it ends", arguments: [1, 20, 60, 100])
    func cutOff(lost: Int) throws {
        var sample = WorkbookSample()
        let rows = (1...200).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c></row>" }.joined()
        sample.sheets = [("one", rows)]
        sample.cut = lost
        #expect(throws: TabularError.self) { try self.rows(sample) }
    }

    @Test("What a part calls by a name of its own making is told, and not left out")
    func entities() throws {
        var sample = WorkbookSample()
        sample.sheets = [("one", "<row><c t=\"inlineStr\"><is><t>a&x;b</t></is></c></row>")]
        #expect(throws: TabularError.self) { try rows(sample) }
        for definition in ["<!ENTITY x \"y\">", "<!ENTITY x SYSTEM \"file:///etc/hostname\">"] {
            sample.head = "<!DOCTYPE worksheet [\(definition)]>"
            #expect(throws: TabularError.self, "\(definition)") { try rows(sample) }
        }
        sample.head = "<!DOCTYPE worksheet SYSTEM \"file:///nowhere.dtd\">"
        #expect(throws: TabularError.self) { try rows(sample) }
    }

    @Test("A sheet of a chart is none of which rows are read")
    func charts() throws {
        var sample = WorkbookSample()
        sample.sheets = [("chart", ""), ("one", "<row><c><v>2</v></c></row>")]
        sample.charts = [0]
        #expect(try rows(sample).map(\.cells) == [[.number("2")]])
    }

    @Test("Of a cell that no replica takes nothing is kept, and it is told in its place")
    func hugeCells() throws {
        let huge = String(repeating: "x", count: BoundedText.bytesMax + 1)
        var sample = WorkbookSample()
        sample.strings = ["<si><t>\(huge)</t></si>"]
        sample.sheets = [
            (
                "one",
                """
                <row><c t="inlineStr"><is><t>\(huge)</t></is></c><c t="s"><v>0</v></c><c t="str"><v>\(huge)</v></c>\
                <c><v>7</v></c></row>
                """
            )
        ]
        let cells = try rows(sample)[0].cells
        #expect(cells == [BoundedText.tooLong, BoundedText.tooLong, BoundedText.tooLong, .number("7")])
    }

    @Test("A workbook tells from which year its days are counted")
    func years() throws {
        var sample = WorkbookSample()
        sample.sheets = [("one", "<row><c><v>2</v></c></row>")]
        let usual = try sample.file()
        #expect(try !TableFile(path: usual.path).hasDaysFrom1904)
        sample.isFrom1904 = true
        let other = try sample.file()
        #expect(try TableFile(path: other.path).hasDaysFrom1904)
    }

    @Test("What is written reads back the same")
    func roundTrip() throws {
        let file = try SampleFile([])
        let cells: [[Cell]] = [
            [.text("a"), .text("=1+1"), .empty, .number("7")],
            [.text("中文\r\n\u{1}_x0041_"), .number("0.1"), .flag(true), .text(" b ")],
        ]
        let writer = try WorkbookWriter(path: file.path, sheetName: "a/b")
        for row in cells { try writer.write(row) }
        try writer.finish()
        var read: [[Cell]] = []
        let table = try TableFile(path: file.path)
        #expect(table.sheet == "ab")
        try table.forEach { row, _ in read.append(row.cells) }
        #expect(read == cells)
    }

    @Test(
        "What is written as an escape stands for a sign, and half a pair of them for nothing",
        arguments: [
            ("a_x0041_b", "aAb"), ("_xD83C_", "_xD83C_"), ("_xd83c__xDF0D_!", "🌍!"),
            ("_xDF0D__x0041_", "_xDF0D__x0041_"),
        ])
    func escapes(written: String, read: String) {
        #expect(StringCollector.unescaped(written) == read)
        #expect(StringCollector.unescaped(StringCollector.escaped(written)) == written)
    }
}
