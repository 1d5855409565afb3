import CSQLite
import ReplicaModel
import SyncWire

/// An SQL function of our own connection that encodes a key as deterministic CBOR, so that SQLite's sorter, which
/// spills to disk, orders rows as the digest wants them. No trigger uses it.
enum KeyFunction {
    static let name = "caravan_key"

    static func register(on connection: Connection) throws(StoreError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        let code = sqlite3_create_function_v2(
            connection.handle, name, -1, flags, nil,
            { context, count, arguments in
                var writer = CBORWriter()
                writer.beginArray(Int(count))
                for index in 0..<Int(count) { writer.write(KeyFunction.value(arguments?[index])) }
                let bytes = writer.bytes
                bytes.withUnsafeBytes {
                    sqlite3_result_blob64(
                        context, $0.baseAddress, UInt64($0.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                }
            }, nil, nil, nil)
        guard code == SQLITE_OK else { throw connection.failure(doing: "registering \(name)") }
    }

    private static func value(_ raw: OpaquePointer?) -> Value {
        switch sqlite3_value_type(raw) {
        case SQLITE_INTEGER: return .integer(sqlite3_value_int64(raw))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(raw) + 0.0)
        case SQLITE_TEXT:
            let text = sqlite3_value_text(raw)
            return .text(Array(UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(raw)))))
        case SQLITE_BLOB:
            let blob = sqlite3_value_blob(raw)
            return .blob(Array(UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_value_bytes(raw)))))
        default: return .null
        }
    }
}
