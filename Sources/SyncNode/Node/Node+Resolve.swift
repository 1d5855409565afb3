import ReplicaModel
import ReplicaStore
import SyncEngine

/// The way in which `resolve` is to settle a report, as people name it.
public enum ResolveRequest: Sendable {
    /// `source`: `shown`, a name in the roster, or the beginning of a site id.
    case take(column: String, source: String)
    case value(column: String, literal: String)
    case keepRow
    case deleteRow
    /// `taking`: columns whose values the survivor takes from the row that goes.
    case mergeInto(key: String, taking: [String])
}

extension Node {
    /// Settles what is reported of one row: what is pending is sealed, then what settles it is written and sealed as
    /// one changeset.
    ///
    /// - Parameter key: the bare value, or a JSON array for a composite key.
    /// - Throws: `notFound` where there is no such table, row, column or candidate; `wrongSQL` where SQLite refuses the
    ///   write; `noRight` for a reader.
    public func resolve(_ request: ResolveRequest, table name: String, key text: String) throws(NodeError) {
        let table = try table(name)
        try sealPending()
        let key = try key(text, of: table)
        let resolution: Resolution
        switch request {
        case .take(let column, "shown"): resolution = .takeShown(column: Identifier(column))
        case .take(let column, let source): resolution = .takeSite(column: Identifier(column), site: try site(source))
        case .value(let column, let literal): resolution = .value(column: Identifier(column), literal: literal)
        case .keepRow: resolution = .keepRow
        case .deleteRow: resolution = .deleteRow
        case .mergeInto(let other, let columns):
            resolution = .mergeInto(key: try self.key(other, of: table), taking: columns.map { Identifier($0) })
        }
        try settle(resolution, table: name, key: key)
    }

    /// Settles what is reported of one row, as `resolve(_:table:key:)` does, with the key and the resolution as values.
    public func settle(_ resolution: Resolution, table: String, key: [Value]) throws(NodeError) {
        try sealPending()
        try store { engine in
            try Resolver(replica: engine.replica, now: Clocks.now.wall).resolve(
                resolution, table: Identifier(table), key: key)
        }
        try sealPending()
    }

    func table(_ name: String) throws(NodeError) -> TableDefinition {
        let tables = try schema().tables
        guard let table = tables.first(where: { $0.name == Identifier(name) }) else {
            throw NodeError(
                kind: .notFound,
                message: "there is no table \(name): the tables are \(tables.map(\.name).joined(separator: ", "))")
        }
        return table
    }
}
