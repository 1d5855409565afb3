import ReplicaModel
import ReplicaStore
import SyncEngine

/// Single records of a node's replica: who wrote them, what they were before, and what is to be settled about them.
public struct NodeRecords: Sendable {
    let node: Node

    /// A record with who wrote each field; nil if there is no such row.
    public func record(table: String, key: [Value]) async throws(NodeError) -> RecordReport? {
        try await node.store { engine in try engine.replica.reports.record(table: Identifier(table), key: key) }
    }

    /// Seals, and then as `record(table:key:)`, of a key as people write it.
    ///
    /// - Throws: `notFound` where there is no such table or row.
    public func record(table name: String, keyText: String) async throws(NodeError) -> RecordReport {
        try await node.store { engine in
            try engine.sealBeforeLooking()
            let table = try engine.replica.table(name)
            let key = try engine.replica.key(keyText, of: table)
            if let record = try engine.replica.reports.record(table: table.name, key: key) { return record }
            let advice =
                try engine.replica.versions(of: keyText, in: table).isEmpty
                ? "and nobody ever wrote one" : "for it was deleted: `caravan history` shows its versions"
            throw NodeError(kind: .notFound, message: "table \(name) has no row \(keyText), \(advice)")
        }
    }

    /// Seals, and lists every version of a record, oldest first.
    ///
    /// - Throws: `notFound` where there is no such table, or nobody ever wrote such a row.
    public func history(table name: String, keyText: String) async throws(NodeError) -> [VersionReport] {
        try await node.store { engine in
            try engine.sealBeforeLooking()
            let versions = try engine.replica.versions(of: keyText, in: try engine.replica.table(name))
            guard !versions.isEmpty else {
                throw NodeError(kind: .notFound, message: "nobody ever wrote a row \(keyText) of \(name)")
            }
            return versions
        }
    }

    /// The same for a key as values; empty where nobody ever wrote such a row.
    package func history(table name: String, key: [Value]) async throws(NodeError) -> [VersionReport] {
        try await node.store { engine in
            try engine.sealBeforeLooking()
            return try engine.replica.reports.history(table: try engine.replica.table(name).name, key: key)
        }
    }

    /// Settles what is reported of one row: what is pending is sealed, then what settles it is written and sealed as
    /// one changeset.
    ///
    /// - Parameter key: the bare value, or a JSON array for a composite key.
    /// - Throws: `notFound` where there is no such table, row, column or candidate; `wrongSQL` where SQLite refuses the
    ///   write; `noRight` for a reader.
    public func resolve(_ request: ResolveRequest, table name: String, key text: String) async throws(NodeError) {
        try await node.store { engine in
            let table = try engine.replica.table(name)
            try engine.seal()
            let key = try engine.replica.key(text, of: table)
            try Self.settle(try request.resolution(of: table, in: engine.replica), table: table.name, key: key, engine)
        }
    }

    /// Settles what is reported of one row, as `resolve(_:table:key:)` does, with the key and the resolution as values.
    public func settle(_ resolution: Resolution, table: String, key: [Value]) async throws(NodeError) {
        try await node.store { engine in
            try Self.settle(resolution, table: Identifier(table), key: key, engine)
        }
    }

    private static func settle(
        _ resolution: Resolution, table: Identifier, key: [Value], _ engine: Engine
    ) throws(StoreError) {
        try engine.seal()
        try Resolver(replica: engine.replica, now: Clocks.now.wall).resolve(resolution, table: table, key: key)
        try engine.seal()
    }
}

extension Replica {
    /// The replicated table of a name.
    ///
    /// - Throws: `notFound`, with the tables that there are.
    func table(_ name: String) throws(NodeError) -> TableDefinition {
        let tables = try saying { try admin.schema().tables }
        guard let table = tables.first(where: { $0.name == Identifier(name) }) else {
            let names = tables.map(\.name)
            let advice = Nearness.advice(for: name, among: names)
            throw NodeError(
                kind: .notFound,
                message: "there is no table \(name)\(advice): the tables are \(names.joined(separator: ", "))")
        }
        return table
    }

    /// The key that a text means: of the row that is there.
    func key(_ text: String, of table: TableDefinition) throws(NodeError) -> [Value] {
        let keys = try KeyText.read(text, of: table)
        for key in keys where keys.count > 1 {
            if try saying({ try reports.record(table: table.name, key: key) }) != nil { return key }
        }
        return keys[0]
    }

    /// Every version of the row that a key's text means; empty if nobody ever wrote one.
    fileprivate func versions(of keyText: String, in table: TableDefinition) throws(NodeError) -> [VersionReport] {
        for key in try KeyText.read(keyText, of: table) {
            let versions = try saying { try reports.history(table: table.name, key: key) }
            if !versions.isEmpty { return versions }
        }
        return []
    }
}
