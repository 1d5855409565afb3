import ReplicaModel
import SyncWire

/// What writes into sqlite_master itself raises no schema version, and whoever opens the file afterwards reads a table that nobody defined: so the texts
/// of the tables are known by a hash.
extension Replica {
    /// Nil where nothing is replicated.
    func tableTexts() throws(StoreError) -> Value? {
        guard !state.tables.isEmpty else { return nil }
        let names = Set(state.tables.map(\.name.folded))
        var bytes: [UInt8] = []
        for row in try connection.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name") {
            guard let name = row[0].identifier, names.contains(name.folded), case .text(let text) = row[1] else { continue }
            bytes += text
            bytes.append(0)
        }
        return .blob(ContentHash.of(bytes).bytes)
    }

    /// Whether the texts are others than those that were found good. Those of a replica of earlier software are not known yet.
    func areTextsAltered() throws(StoreError) -> Bool {
        guard let known = try meta(Self.textsName), !known.isNull, let texts = try tableTexts() else { return false }
        return texts != known
    }

    /// Notes the texts as good if the tables are what they should be. Inside a transaction only, at its end.
    func noteTexts() throws(StoreError) {
        guard let texts = try tableTexts(), try meta(Self.textsName) != texts else {
            hasAlteredTexts = false
            return
        }
        // What this connection knows of the tables may be older than what somebody made of their texts.
        try connection.run("PRAGMA writable_schema = RESET")
        hasAlteredTexts = try !SchemaInspection(self).altered.isEmpty
        if !hasAlteredTexts { try setMeta(Self.textsName, texts) }
    }

    private static let textsName = "texts"
}
