import ReplicaModel
import SyncNode

/// The rows to which a record refers, and those that refer to it.
struct RecordLinks {
    /// A reference of the record.
    private struct Target {
        let columns: [Identifier]
        let table: Identifier
        let key: [Value]
    }

    private var targets: [Target] = []
    private let referrers: [ReferrerReport]

    /// Rows that are given of each table and column.
    private static let rowsMax = 20

    init(of record: RecordReport, on node: Node) async throws(NodeError) {
        let table = try await node.admin.schema().tables.first { $0.name == record.table }
        var values = record.values
        for (name, value) in zip(table?.key ?? [], record.key) { values[name] = value }
        for reference in table?.references ?? [] {
            let key = reference.columns.map { values[$0] ?? .null }
            guard !key.contains(where: \.isNull) else { continue }
            targets.append(Target(columns: reference.columns, table: reference.table, key: key))
        }
        targets.sort { $0.columns.lexicographicallyPrecedes($1.columns) }
        referrers = try await node.tables.referrers(
            to: record.table, key: record.key, columns: { _ in [] }, rowsMax: Self.rowsMax)
    }

    /// The lines that tell people.
    var lines: [Line] {
        var out: [Line] = targets.map { target in
            let columns = target.columns.map(\.text).joined(separator: ", ")
            return "refers to row \(target.key.keyText) of \(target.table) by \(columns)"
        }
        for report in referrers {
            if report.isUnknown {
                out.append("rows of \(report.table) may refer to it by \(report.column), which no index leads to")
            }
            out += report.rows.map { "row \($0.key.keyText) of \(report.table) refers to it by \(report.column)" }
            if report.hasMore, !report.isUnknown { out.append("… and more rows of \(report.table)") }
        }
        return out
    }

    var members: [(String, JSON)] {
        let targets = targets.map { target in
            JSON.object([
                ("columns", .array(target.columns.map { .string($0) })), ("table", .string(target.table)),
                ("key", .values(target.key)),
            ])
        }
        let referrers = referrers.map { report in
            JSON.object([
                ("table", .string(report.table)), ("column", .string(report.column)),
                ("keys", .array(report.rows.map { .values($0.key) })), ("more", .bool(report.hasMore)),
            ])
        }
        return [("refersTo", .array(targets)), ("referredBy", .array(referrers))]
    }
}
