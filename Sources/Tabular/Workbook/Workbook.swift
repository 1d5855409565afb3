import Foundation

/// A workbook of Office Open XML (ECMA-376), read as a stream.
final class Workbook {
    struct Sheet {
        let name: String
        fileprivate let part: String
        fileprivate let isHidden: Bool
    }

    let path: String
    private let archive: ZipArchive
    private let sheets: [Sheet]
    let counting: DayCount
    private let styles: CellStyles
    private let strings: SharedStrings

    /// - Throws: `damaged`; `otherKind` where the archive holds something else.
    init(path: String) throws(TabularError) {
        self.path = path
        archive = try ZipArchive(path: path)
        guard archive.size(of: "[Content_Types].xml") != nil else {
            throw .otherKind(path: path, kind: "an archive, or a document of another format such as .ods")
        }
        do {
            let relations = try Relations(archive: archive)
            var index = WorkbookIndex()
            try Self.parse(archive, relations.workbook) { index.take($0) }
            let parts = try relations.parts(of: relations.workbook)
            sheets = index.sheets.compactMap { sheet in
                // A sheet of another kind holds a chart or a dialogue, and no rows.
                parts[sheet.relation].flatMap {
                    $0.kind == "worksheet"
                        ? Sheet(name: sheet.name, part: $0.target, isHidden: sheet.isHidden) : nil
                }
            }
            counting = index.isFrom1904 ? .from1904 : .from1900
            var styles = CellStyles()
            if let part = parts.values.first(where: { $0.kind == "styles" })?.target {
                try Self.parse(archive, part) { styles.take($0) }
            }
            self.styles = styles
            strings = try SharedStrings()
            if let part = parts.values.first(where: { $0.kind == "sharedStrings" })?.target {
                var collector = StringCollector()
                try Self.parse(archive, part) { [strings] in
                    if let text = collector.take($0) { try strings.add(text) }
                }
            }
        } catch let error as TabularError { throw error } catch {
            throw .damaged(path: path, reason: "\(error)")
        }
    }

    fileprivate static func parse(
        _ archive: ZipArchive, _ part: String, _ take: @escaping (XMLEvents.Event) throws -> Void
    ) throws {
        guard let stream = archive.stream(of: part) else {
            throw TabularError.damaged(path: archive.path, reason: "its part \(part) is missing")
        }
        try XMLEvents.parse(stream, of: archive.path, take: take)
    }

    /// The sheet of a name, whatever its case; without a name the first that is not hidden.
    func sheet(named name: String?) throws(TabularError) -> Sheet {
        guard let name else {
            guard let first = sheets.first(where: { !$0.isHidden }) ?? sheets.first else {
                throw .damaged(path: path, reason: "it has no sheet")
            }
            return first
        }
        let found = sheets.first { $0.name == name } ?? sheets.first { $0.name.lowercased() == name.lowercased() }
        guard let found else { throw .noSheet(name, sheets: sheets.map(\.name)) }
        return found
    }

    func forEachRow(of sheet: Sheet, _ take: (Row, _ done: Double) throws -> Void) throws {
        guard let stream = archive.stream(of: sheet.part), let first = archive.stream(of: sheet.part) else {
            throw TabularError.damaged(path: path, reason: "its part \(sheet.part) is missing")
        }
        let merged = MergedCells(first)
        let size = Double(max(archive.size(of: sheet.part) ?? 1, 1))
        try withoutActuallyEscaping(take) { take in
            var (reader, merged) = (SheetReader(styles: styles, strings: strings, counting: counting), merged)
            try XMLEvents.parse(stream, of: path) { event in
                if let row = try reader.take(event) { try take(merged.filled(row), Double(stream.bytesRead) / size) }
            }
        }
    }
}

/// The relations by which the parts of a workbook name each other.
private struct Relations {
    struct Target {
        let target: String
        /// The last word of the relation's type.
        let kind: String
    }

    private let archive: ZipArchive
    /// The part that is the workbook itself.
    let workbook: String

    init(archive: ZipArchive) throws {
        self.archive = archive
        let root = try Self.parts(archive, "_rels/.rels", in: "")
        guard let found = root.values.first(where: { $0.kind == "officeDocument" })?.target else {
            throw TabularError.otherKind(path: archive.path, kind: "an archive, or a document of another format")
        }
        guard found.hasSuffix(".xml") else {
            throw TabularError.otherKind(path: archive.path, kind: "a binary workbook (.xlsb)")
        }
        workbook = found
    }

    /// The parts to which a part refers, by the relations' ids.
    func parts(of part: String) throws -> [String: Target] {
        let folder = part.split(separator: "/").dropLast().joined(separator: "/")
        let name = part.split(separator: "/").last ?? ""
        return try Self.parts(archive, (folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels", in: folder)
    }

    private static func parts(_ archive: ZipArchive, _ part: String, in folder: String) throws -> [String: Target] {
        var out: [String: Target] = [:]
        try Workbook.parse(archive, part) { event in
            guard case .start("Relationship", let attributes) = event, let id = attributes["Id"],
                let target = attributes["Target"], attributes["TargetMode"] != "External"
            else { return }
            let kind = attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
            out[id] = Target(target: whole(target, in: folder), kind: kind)
        }
        return out
    }

    /// The path of a part in the archive, which may be told from the folder of the one that refers to it.
    private static func whole(_ target: String, in folder: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var parts = folder.split(separator: "/")
        for step in target.split(separator: "/") {
            if step == ".." { _ = parts.popLast() } else if step != "." { parts.append(step) }
        }
        return parts.joined(separator: "/")
    }
}

/// The facts that the workbook's own part tells.
private struct WorkbookIndex {
    var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    /// The days are counted from 1904 on, as programs for Macintosh did.
    var isFrom1904 = false

    mutating func take(_ event: XMLEvents.Event) {
        guard case .start(let name, let attributes) = event else { return }
        switch name {
        case "sheet":
            guard let title = attributes["name"] else { return }
            // The prefix of the relations' namespace is the writer's choice.
            let relation = attributes.first { $0.key == "r:id" || $0.key.hasSuffix(":id") }?.value
            sheets.append((title, relation ?? "", attributes["state"].map { $0 != "visible" } ?? false))
        case "workbookPr":
            isFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
        default: break
        }
    }
}
