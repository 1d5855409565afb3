import Foundation

/// A small workbook made of the parts that a test needs, packed by Python's `zipfile`.
struct WorkbookSample {
    /// `si` elements.
    var strings: [String] = []
    /// The number formats of the workbook's own.
    var formats: [(id: Int, code: String)] = []
    /// The number formats of the styles.
    var styles: [Int] = [0]
    /// Names and rows.
    var sheets: [(name: String, rows: String)] = []
    /// The ranges that are merged, of every sheet.
    var merged: [String] = []
    var hidden: Set<String> = []
    var isFrom1904 = false
    /// Bytes that are missing at the end of each sheet.
    var cut = 0
    /// What stands before the root of each sheet.
    var head = ""
    /// What stands behind the rows of each sheet.
    var tail = ""
    /// An expression of Python that renames parts.
    var renaming = "name"
    /// Whether the parts are marked as those that a password locks.
    var isLocked = false
    /// The sheets that hold charts.
    var charts: Set<Int> = []

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private var parts: [String: String] {
        var out = [
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels":
                "<Relationships><Relationship Id=\"a\" Type=\"\(Self.relation)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ]
        let names = sheets.enumerated().map { number, sheet in
            """
            <sheet name="\(sheet.name)" sheetId="\(number + 1)" r:id="s\(number)"\
            \(hidden.contains(sheet.name) ? " state=\"hidden\"" : "")/>
            """
        }
        out["xl/workbook.xml"] =
            """
            <workbook xmlns="\(Self.main)" xmlns:r="\(Self.relation)"><workbookPr date1904="\(isFrom1904 ? 1 : 0)"/>\
            <sheets>\(names.joined())</sheets></workbook>
            """
        let links = sheets.indices.map {
            "<Relationship Id=\"s\($0)\" Type=\"\(Self.relation)/\(charts.contains($0) ? "chartsheet" : "worksheet")\" Target=\"worksheets/sheet\($0).xml\"/>"
        }
        out["xl/_rels/workbook.xml.rels"] =
            """
            <Relationships>\(links.joined())<Relationship Id="x" Type="\(Self.relation)/styles" Target="styles.xml"/>\
            <Relationship Id="y" Type="\(Self.relation)/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>
            """
        let formats = formats.map { id, code in
            "<numFmt numFmtId=\"\(id)\" formatCode=\"\(code.replacing("\"", with: "&quot;"))\"/>"
        }
        let cells = styles.map { "<xf numFmtId=\"\($0)\"/>" }
        out["xl/styles.xml"] =
            """
            <styleSheet xmlns="\(Self.main)"><numFmts>\(formats.joined())</numFmts><cellStyleXfs><xf numFmtId="14"/>\
            </cellStyleXfs><cellXfs>\(cells.joined())</cellXfs></styleSheet>
            """
        out["xl/sharedStrings.xml"] = "<sst xmlns=\"\(Self.main)\">\(strings.joined())</sst>"
        let ranges =
            merged.isEmpty
            ? "" : "<mergeCells>" + merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
        for (number, sheet) in sheets.enumerated() {
            out["xl/worksheets/sheet\(number).xml"] =
                String(
                    "\(head)<worksheet xmlns=\"\(Self.main)\"><sheetData>\(sheet.rows)</sheetData>\(ranges)\(tail)</worksheet>"
                        .dropLast(cut))
        }
        return out
    }

    func file() throws -> SampleFile {
        let list = try SampleFile(Array(try JSONSerialization.data(withJSONObject: parts)))
        let file = try SampleFile([], named: "book.xlsx")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import json, sys, zipfile
            with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as out:
                for name, text in json.load(open(sys.argv[1], encoding="utf-8")).items():
                    out.writestr(\(renaming), text)
            if sys.argv[3] == "locked":
                data = bytearray(open(sys.argv[2], "rb").read())
                for mark, place in ((b"PK\\3\\4", 6), (b"PK\\1\\2", 8)):
                    at = data.find(mark)
                    while at >= 0:
                        data[at + place] |= 1
                        at = data.find(mark, at + 4)
                open(sys.argv[2], "wb").write(data)
            """, list.path, file.path, isLocked ? "locked" : "open",
        ]
        try process.run()
        process.waitUntilExit()
        return file
    }
}
