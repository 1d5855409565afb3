import Foundation
import Hummingbird
import NIOCore
import ReplicaModel
import SyncNode
import Tabular

/// A file of just what a list shows: with its search, its filters and its order, all pages of it. It is read and sent
/// bit by bit, however many rows there are.
struct ExportPage: Sendable {
    private let node: Node
    private let table: TableDefinition
    private let query: RowQuery

    private static let rowsAtOnce = 500

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(visit.part("table"))
        let page = ExportPage(
            node: try await visit.looker(), table: table, query: try await Self.query(visit, table, lookup.node))
        let name = table.name.text
        // What cannot be read is said before a file is begun.
        let first = try await page.node.tables.page(page.query)
        switch visit.query["format"] ?? "csv" {
        case "csv": return page.delimited(name + ".csv", from: first)
        case "jsonl": return page.lines(name + ".jsonl", from: first)
        case "xlsx":
            return try await page.workbook(
                name + ".xlsx", from: first, in: visit.console.uploads.place().path)
        default: throw PageError(status: .badRequest, key: "error_usage")
        }
    }

    private static func query(_ visit: Visit, _ table: TableDefinition, _ node: Node) async throws -> RowQuery {
        var query = RowQuery(table: table.name)
        query.columns = table.valueColumns.map(\.name)
        query.words = (visit.query["q"] ?? "").prefix(200).split(whereSeparator: \.isWhitespace).map(String.init)
        query.searched = table.columns.filter { $0.generated == nil }.map(\.name)
        query.filters = visit.query.values(behind: "f.").map { (Identifier($0.name), $0.value) }
        query.rowsMax = rowsAtOnce
        if let sort = visit.query.filled("sort"), let column = table.column(Identifier(sort))?.name,
            try await node.tables.canSort(table.name, by: column)
        {
            query.sort = column
        }
        query.isDescending = visit.query["desc"] == "1"
        return query
    }

    private var names: [Identifier] { table.key + query.columns }

    /// Gives the rows page by page, from the first page on.
    private func each(from first: RowPage, _ take: ([[Value]]) async throws -> Void) async throws {
        var (query, page) = (query, first)
        while true {
            if !page.rows.isEmpty { try await take(page.rows.map { $0.key + $0.values }) }
            guard page.hasMore, let last = page.pausedAt ?? page.rows.last?.position else { return }
            query.position = last
            page = try await node.tables.page(query)
        }
    }

    // MARK: Formats

    private func delimited(_ name: String, from first: RowPage) -> Response {
        Response(
            status: .ok, headers: Response.attachment(name, "text/csv; charset=utf-8"),
            body: .init { writer in
                let head = [names.map { Array($0.text.utf8) }]
                try await writer.write(ByteBuffer(bytes: try Self.text(head, hasMark: true)))
                try await each(from: first) { rows in
                    let cells = try await node.tables.cells(of: rows, names, in: table.name)
                    let bytes = cells.map { $0.map(\.bytes) }
                    try await writer.write(ByteBuffer(bytes: try Self.text(bytes, hasMark: false)))
                }
                try await writer.finish(nil)
            })
    }

    private func lines(_ name: String, from first: RowPage) -> Response {
        Response(
            status: .ok, headers: Response.attachment(name, "application/x-ndjson"),
            body: .init { writer in
                let line = JSONRow(names)
                try await each(from: first) { rows in
                    try await writer.write(ByteBuffer(string: rows.map(line.text).joined()))
                }
                try await writer.finish(nil)
            })
    }

    /// A workbook has its directory at its end: it is written beside, and then given.
    private func workbook(_ name: String, from first: RowPage, in path: String) async throws -> Response {
        do {
            let writer = try WorkbookWriter(path: path, sheetName: table.name.text)
            try writer.write(names.map { .text($0.text) })
            try await each(from: first) { rows in
                for row in try await node.tables.cells(of: rows, names, in: table.name) {
                    try writer.write(row.map(Cell.init))
                }
            }
            try writer.finish()
        } catch {
            unlink(path)
            guard let error = error as? TabularError else { throw error }
            throw NodeError(
                kind: error.isOfDisk ? .disk : .usage,
                message: error.sentence.replacingOccurrences(of: path, with: name))
        }
        return try Response.file(
            at: path, named: name, type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            isGone: true)
    }

    private static func text(_ rows: [[[UInt8]]], hasMark: Bool) throws -> [UInt8] {
        let sink = Sink()
        var writer = DelimitedWriter(hasMark: hasMark) { sink.bytes += $0 }
        for row in rows { try writer.write(row) }
        try writer.finish()
        return sink.bytes
    }

    private final class Sink {
        var bytes: [UInt8] = []
    }
}

extension Cell {
    /// A cell of a node as a file takes it.
    fileprivate init(_ cell: SheetCell) {
        switch cell {
        case .empty: self = .empty
        case .text(let bytes): self = .text(bytes)
        case .number(let text): self = .number(text)
        case .date(let text): self = .date(text)
        case .flag(let flag): self = .flag(flag)
        case .wrong(let bytes, let reason): self = .wrong(bytes, reason: reason)
        }
    }
}

extension TabularError {
    /// Whether the file could not be written, whatever is in it.
    fileprivate var isOfDisk: Bool { if case .unwritable = self { true } else { false } }
}

/// Rows as lines of JSON, with the same values as `caravan export --format json` has them.
struct JSONRow: Sendable {
    private let names: [String]

    init(_ names: [Identifier]) { self.names = names.map { Self.quoted($0.text) } }

    func text(_ values: [Value]) -> String {
        "{" + zip(names, values).map { "\($0):\(Self.text($1))" }.joined(separator: ",") + "}\n"
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: return "null"
        case .integer(let integer): return String(integer)
        case .real(let real):
            guard real.isFinite else { return "{\"real\":\"\(real < 0 ? "-inf" : "inf")\"}" }
            return "\(real)"
        case .text(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return "{\"text\":\"\(Data(bytes).base64EncodedString())\"}"
            }
            return quoted(text)
        case .blob(let bytes): return "{\"blob\":\"\(Data(bytes).base64EncodedString())\"}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
