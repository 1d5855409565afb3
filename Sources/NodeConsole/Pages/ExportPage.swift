import Foundation
import Hummingbird
import NIOCore
import ReplicaModel
import SyncNode
import Tabular

/// A file of just what a list shows: with its search, its filters and its order, all pages of it.
enum ExportPage {
    /// Rows of one file; more are for the command `export`.
    private static let rowsMax = 100_000
    private static let rowsAtOnce = 1000

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(visit.part("table"))
        let columns = table.valueColumns.map(\.name)
        var query = RowQuery(table: table.name)
        query.columns = columns
        query.words = (visit.query["q"] ?? "").prefix(200).split(whereSeparator: \.isWhitespace).map(String.init)
        query.searched = table.columns.filter { $0.generated == nil }.map(\.name)
        query.filters = visit.query.values(behind: "f.").map { (Identifier($0.name), $0.value) }
        query.rowsMax = rowsAtOnce
        let (wanted, node, names) = (query, lookup.node, table.key + columns)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(fileName(table.name)).csv\"",
            ],
            body: .init { writer in
                var query = wanted
                try await writer.write(ByteBuffer(bytes: try text([names.map { Array($0.text.utf8) }], hasMark: true)))
                var count = 0
                while count < rowsMax {
                    let page = try await node.tables.page(query)
                    let rows = page.rows.map { row in (row.key + row.values).map(bytes) }
                    if !rows.isEmpty { try await writer.write(ByteBuffer(bytes: try text(rows, hasMark: false))) }
                    count += rows.count
                    guard page.hasMore, let last = page.pausedAt ?? page.rows.last?.position else { break }
                    query.position = last
                }
                try await writer.finish(nil)
            })
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

    private static func bytes(_ value: Value) -> [UInt8] {
        switch value {
        case .null: []
        case .integer(let integer): Array(String(integer).utf8)
        case .real(let real): Array("\(real)".utf8)
        case .text(let bytes): bytes
        case .blob(let bytes): Array(Secret.hexadecimal(bytes).utf8)
        }
    }

    private static func fileName(_ table: Identifier) -> String {
        String(table.text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    }
}
