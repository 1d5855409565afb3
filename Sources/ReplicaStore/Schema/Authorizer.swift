import CSQLite

/// SQLite's authorizer, for texts that people or peers wrote: it hears of everything that a statement would do, before it does.
final class Authorizer {
    /// True to permit: the action's code, and its first and second argument.
    private let permits: (Int32, String?, String?) -> Bool
    /// The first action that was refused.
    private(set) var refused: (action: Int32, first: String?, second: String?)?

    init(permits: @escaping (Int32, String?, String?) -> Bool) { self.permits = permits }

    /// Runs `body` while statements prepared on the connection are held against this authorizer.
    func guarding<Result>(
        _ connection: Connection, _ body: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection.handle,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_DENY }
                return Unmanaged<Authorizer>.fromOpaque(context).takeUnretainedValue().answer(
                    action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
            }, context)
        defer { sqlite3_set_authorizer(connection.handle, nil, nil) }
        return try body()
    }

    private func answer(_ action: Int32, _ first: String?, _ second: String?) -> Int32 {
        if permits(action, first, second) { return SQLITE_OK }
        if refused == nil { refused = (action, first, second) }
        return SQLITE_DENY
    }
}
