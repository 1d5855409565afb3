import ReplicaModel
import ReplicaStore

extension Node {
    /// Runs SQL as any client would, and seals what it wrote.
    ///
    /// - Returns: tables that it dropped or renamed and that are there again, with their rows, for the alliance has
    ///   them; in the order of their names.
    @discardableResult
    public func sql(_ text: String, row: @escaping @Sendable ([String], [Value]) -> Void = { _, _ in })
        throws(NodeError) -> [Identifier]
    {
        guard !text.utf8.contains(0) else {
            throw NodeError(
                kind: .wrongSQL, message: "the SQL has a NUL character in it: write char(0) where one is meant")
        }
        let user = try saying { try UserSQL(path: home.replica) }
        let before = try saying { try user.tables() }
        do {
            try saying { try user.run(text, row: row) }
        } catch {
            if error.kind == .locked { throw error }
            // What ran before the statement that failed was committed, so it is sealed all the same.
            try sealPending()
            let refusal = try store { engine in try engine.replica.reports.writeRefusal() }
            throw error.message == refusal ? NodeError(kind: .noRight, message: error.message) : error
        }
        let dropped = before.subtracting(try saying { try user.tables() })
        try sealWritten(by: "the SQL")
        return dropped.intersection(try saying { try user.tables() }).sorted()
    }

    /// Seals what a command wrote. Where that cannot be done now, says that it is there all the same.
    func sealWritten(by what: String) throws(NodeError) {
        do { try sealPending() } catch {
            guard error.passes else { throw error }
            // Whoever tried again would write it twice.
            throw NodeError(
                kind: error.kind,
                message: "\(error.message). All that \(what) wrote is kept, and is sealed by whatever is run next")
        }
    }
}
