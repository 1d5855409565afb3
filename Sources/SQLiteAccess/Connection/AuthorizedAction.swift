import CSQLite

/// A kind of act that SQLite asks its authorizer about: the action codes of `sqlite3_set_authorizer`.
package struct AuthorizedAction: Hashable, Sendable {
    let code: Int32

    package static let read = Self(code: SQLITE_READ)
    package static let select = Self(code: SQLITE_SELECT)
    package static let function = Self(code: SQLITE_FUNCTION)
    package static let transaction = Self(code: SQLITE_TRANSACTION)
    package static let savepoint = Self(code: SQLITE_SAVEPOINT)
    package static let insert = Self(code: SQLITE_INSERT)
    package static let update = Self(code: SQLITE_UPDATE)
    package static let delete = Self(code: SQLITE_DELETE)
    package static let pragma = Self(code: SQLITE_PRAGMA)
    package static let attach = Self(code: SQLITE_ATTACH)
    package static let reindex = Self(code: SQLITE_REINDEX)
    package static let alterTable = Self(code: SQLITE_ALTER_TABLE)
    package static let createTable = Self(code: SQLITE_CREATE_TABLE)
    package static let createIndex = Self(code: SQLITE_CREATE_INDEX)
    package static let createTrigger = Self(code: SQLITE_CREATE_TRIGGER)
    package static let createTemporaryTrigger = Self(code: SQLITE_CREATE_TEMP_TRIGGER)
    package static let dropTable = Self(code: SQLITE_DROP_TABLE)
    package static let dropTrigger = Self(code: SQLITE_DROP_TRIGGER)

    /// Acts that define something or take a definition away: all that write the schema but those of REINDEX.
    package static let definitions: Set<Self> = Set(
        [
            SQLITE_CREATE_TABLE, SQLITE_CREATE_INDEX, SQLITE_CREATE_TRIGGER, SQLITE_CREATE_VIEW, SQLITE_CREATE_VTABLE,
            SQLITE_CREATE_TEMP_TABLE, SQLITE_CREATE_TEMP_INDEX, SQLITE_CREATE_TEMP_TRIGGER, SQLITE_CREATE_TEMP_VIEW,
            SQLITE_DROP_TABLE, SQLITE_DROP_INDEX, SQLITE_DROP_TRIGGER, SQLITE_DROP_VIEW, SQLITE_DROP_VTABLE,
            SQLITE_DROP_TEMP_TABLE, SQLITE_DROP_TEMP_INDEX, SQLITE_DROP_TEMP_TRIGGER, SQLITE_DROP_TEMP_VIEW,
            SQLITE_ALTER_TABLE,
        ].map { Self(code: $0) })
}
