import CSQLite

/// SQLite's authorizer, for texts that people or peers wrote: it hears of everything that a statement would do, before
/// it does.
package final class Authorizer {
    /// A thing that a statement would do. Its words are read only where they are asked for, for most acts are columns
    /// that are read.
    package struct Act {
        package let action: AuthorizedAction
        fileprivate let words:
            (UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?)

        package var first: String? { words.0.map { String(cString: $0) } }
        package var second: String? { words.1.map { String(cString: $0) } }
        /// `main`, `temp`, or an attached one's name.
        package var database: String? { words.2.map { String(cString: $0) } }
        /// The trigger or view that does it; nil for the statement itself.
        package var origin: String? { words.3.map { String(cString: $0) } }
    }

    private let permits: (Act) -> Bool
    /// The first action that was refused.
    package private(set) var refused: (action: AuthorizedAction, first: String?, second: String?)?

    package init(permitting: @escaping (Act) -> Bool) { permits = permitting }

    /// True to permit: the action, and its first and second argument.
    package convenience init(permits: @escaping (AuthorizedAction, String?, String?) -> Bool) {
        self.init { act in permits(act.action, act.first, act.second) }
    }

    /// Runs `body` while statements prepared on the connection are held against this authorizer.
    package func guarding<Result>(
        _ connection: Connection, _ body: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection.handle,
            { context, action, first, second, database, origin in
                guard let context else { return SQLITE_DENY }
                return Unmanaged<Authorizer>.fromOpaque(context).takeUnretainedValue().answer(
                    Act(action: AuthorizedAction(code: action), words: (first, second, database, origin)))
            }, context)
        defer { sqlite3_set_authorizer(connection.handle, nil, nil) }
        return try body()
    }

    private func answer(_ act: Act) -> Int32 {
        if permits(act) { return SQLITE_OK }
        if refused == nil { refused = (act.action, act.first, act.second) }
        return SQLITE_DENY
    }
}
