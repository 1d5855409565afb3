import ReplicaModel
import ReplicaStore
import SyncEngine

extension Node {
    /// A record with who wrote each field; nil if there is no such row.
    public func record(table: String, key: [Value]) throws(NodeError) -> RecordReport? {
        try store { (engine) throws(StoreError) in try engine.replica.record(table: Identifier(table), key: key) }
    }

    /// As `record(table:key:)`, of a key as people write it.
    ///
    /// - Throws: `notFound` where there is no such table or row.
    public func record(table name: String, keyText: String) throws(NodeError) -> RecordReport {
        let key = try KeyText.read(keyText, of: try table(name))
        guard let record = try record(table: name, key: key) else {
            throw NodeError(kind: .notFound, message: "table \(name) has no row \(keyText): `caravan history` shows one that was deleted")
        }
        return record
    }

    /// Seals, and lists every version of a record, oldest first.
    ///
    /// - Throws: `notFound` where there is no such table, or nobody ever wrote such a row.
    public func history(table name: String, keyText: String) throws(NodeError) -> [VersionReport] {
        let key = try KeyText.read(keyText, of: try table(name))
        try sealPending()
        let versions = try store { (engine) throws(StoreError) in try engine.replica.history(table: Identifier(name), key: key) }
        guard !versions.isEmpty else { throw NodeError(kind: .notFound, message: "nobody ever wrote a row \(keyText) of \(name)") }
        return versions
    }
}
