import ReplicaModel
import SQLiteAccess
import SyncWire

/// An SQL function of our own connection that encodes a key as deterministic CBOR, so that SQLite's sorter, which
/// spills to disk, orders rows as the digest wants them. No trigger uses it.
enum KeyFunction {
    static let name = "caravan_key"

    static func register(on connection: Connection) throws(StoreError) {
        try connection.define(name, for: .statements) { key in
            var writer = CBORWriter()
            writer.beginArray(key.count)
            for value in key { writer.write(value) }
            return .blob(writer.bytes)
        }
    }
}
