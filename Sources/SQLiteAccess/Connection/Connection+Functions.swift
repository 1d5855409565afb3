import CSQLite
import ReplicaModel

/// The statements that may call a function which a connection was given.
package enum FunctionReach: Sendable {
    /// Statements of the connection itself, for which the same arguments give the same value.
    case statements
    /// Defaults, triggers and views too; each call may give another value.
    case schema

    fileprivate var flags: Int32 {
        switch self {
        case .statements: SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        case .schema: SQLITE_UTF8 | SQLITE_INNOCUOUS
        }
    }
}

extension Connection {
    /// Gives this connection an SQL function of any number of arguments, or another in the place of one of SQLite's.
    package func define(
        _ name: String, for reach: FunctionReach, argumentCount: Int32 = -1, _ body: @escaping ([Value]) -> Value
    ) throws(StoreError) {
        let function = Unmanaged.passRetained(Function(body))
        // SQLite lets the function go also where it refuses it.
        let code = sqlite3_create_function_v2(
            handle, name, argumentCount, reach.flags, function.toOpaque(),
            { context, count, arguments in
                guard let data = sqlite3_user_data(context) else { return }
                let function = Unmanaged<Function>.fromOpaque(data).takeUnretainedValue()
                let values = (0..<Int(count)).map { Function.value(arguments?[$0]) }
                Function.give(function.body(values), to: context)
            }, nil, nil, { data in data.map { Unmanaged<Function>.fromOpaque($0).release() } })
        guard code == SQLITE_OK else { throw failure(doing: "registering \(name)") }
    }
}

/// An SQL function's body, for as long as SQLite has the function.
private final class Function {
    let body: ([Value]) -> Value

    init(_ body: @escaping ([Value]) -> Value) { self.body = body }

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

    static func give(_ value: Value, to context: OpaquePointer?) {
        switch value {
        case .null: sqlite3_result_null(context)
        case .integer(let integer): sqlite3_result_int64(context, integer)
        case .real(let real): sqlite3_result_double(context, real)
        case .text(let bytes):
            bytes.withUnsafeBytes { buffer in
                let text = buffer.bindMemory(to: CChar.self).baseAddress
                sqlite3_result_text64(context, text, UInt64(buffer.count), transient, UInt8(SQLITE_UTF8))
            }
        case .blob(let bytes):
            bytes.withUnsafeBytes { sqlite3_result_blob64(context, $0.baseAddress, UInt64($0.count), transient) }
        }
    }
}
