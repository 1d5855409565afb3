import CSQLite

/// A switch of one connection, of `sqlite3_db_config`.
package enum ConnectionOption: Sendable {
    /// Whether triggers fire.
    case triggers
    /// Whether references are enforced.
    case foreignKeys
    /// Whether a word in double quotes that names nothing is a string, in definitions.
    case stringsInDoubleQuotesInDefinitions
    /// Whether it is, elsewhere.
    case stringsInDoubleQuotes
    /// Whether the write-ahead log is left as it is by the last connection that closes.
    case leavesLog

    fileprivate var code: Int32 {
        switch self {
        case .triggers: SQLITE_DBCONFIG_ENABLE_TRIGGER
        case .foreignKeys: SQLITE_DBCONFIG_ENABLE_FKEY
        case .stringsInDoubleQuotesInDefinitions: SQLITE_DBCONFIG_DQS_DDL
        case .stringsInDoubleQuotes: SQLITE_DBCONFIG_DQS_DML
        case .leavesLog: SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
        }
    }
}

extension Connection {
    package func configure(_ option: ConnectionOption, on: Bool) throws(StoreError) {
        var now: Int32 = 0
        guard caravan_db_config(handle, option.code, on ? 1 : 0, &now) == SQLITE_OK, now == (on ? 1 : 0) else {
            throw failure(doing: "setting connection option \(option)")
        }
    }
}
