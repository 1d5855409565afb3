import ReplicaModel
import ReplicaStore
import SyncEngine

extension Node {
    /// A record with who wrote each field; nil if there is no such row.
    public func record(table: String, key: [Value]) throws(NodeError) -> RecordReport? {
        try store { engine in try engine.replica.reports.record(table: Identifier(table), key: key) }
    }

    /// Seals, and then as `record(table:key:)`, of a key as people write it.
    ///
    /// - Throws: `notFound` where there is no such table or row.
    public func record(table name: String, keyText: String) throws(NodeError) -> RecordReport {
        try sealPending()
        let key = try key(keyText, of: try table(name))
        guard let record = try record(table: name, key: key) else {
            let advice =
                try versions(table: name, keyText: keyText).isEmpty
                ? "and nobody ever wrote one" : "for it was deleted: `caravan history` shows its versions"
            throw NodeError(kind: .notFound, message: "table \(name) has no row \(keyText), \(advice)")
        }
        return record
    }

    /// Seals, and lists every version of a record, oldest first.
    ///
    /// - Throws: `notFound` where there is no such table, or nobody ever wrote such a row.
    public func history(table name: String, keyText: String) throws(NodeError) -> [VersionReport] {
        try sealPending()
        let versions = try versions(table: name, keyText: keyText)
        guard !versions.isEmpty else {
            throw NodeError(kind: .notFound, message: "nobody ever wrote a row \(keyText) of \(name)")
        }
        return versions
    }

    private func versions(table name: String, keyText: String) throws(NodeError) -> [VersionReport] {
        for key in try KeyText.read(keyText, of: try table(name)) {
            let versions = try store { engine in try engine.replica.reports.history(table: Identifier(name), key: key) }
            if !versions.isEmpty { return versions }
        }
        return []
    }

    /// The key that a text means: of the row that is there.
    func key(_ text: String, of table: TableDefinition) throws(NodeError) -> [Value] {
        let keys = try KeyText.read(text, of: table)
        for key in keys where keys.count > 1 { if try record(table: table.name.text, key: key) != nil { return key } }
        return keys[0]
    }
}
