import CSQLite
import ReplicaModel

extension Connection {
    /// Gives this connection an SQL function of any number of arguments, which gives the same blob for the same
    /// arguments. No trigger and no view may use it.
    package func define(_ name: String, _ body: @escaping ([Value]) -> [UInt8]) throws(StoreError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        let function = Unmanaged.passRetained(Function(body))
        // SQLite lets the function go also where it refuses it.
        let code = sqlite3_create_function_v2(
            handle, name, -1, flags, function.toOpaque(),
            { context, count, arguments in
                guard let data = sqlite3_user_data(context) else { return }
                let function = Unmanaged<Function>.fromOpaque(data).takeUnretainedValue()
                let values = (0..<Int(count)).map { Function.value(arguments?[$0]) }
                function.body(values).withUnsafeBytes {
                    sqlite3_result_blob64(
                        context, $0.baseAddress, UInt64($0.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                }
            }, nil, nil, { data in data.map { Unmanaged<Function>.fromOpaque($0).release() } })
        guard code == SQLITE_OK else { throw failure(doing: "registering \(name)") }
    }
}

/// An SQL function's body, for as long as SQLite has the function.
private final class Function {
    let body: ([Value]) -> [UInt8]

    init(_ body: @escaping ([Value]) -> [UInt8]) { self.body = body }

    static func value(_ raw: OpaquePointer?) -> Value {
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
