import ReplicaModel

/// The alliance's own schema on a node that has less of it, and the views over it.
extension NodeAdmin {
    /// Adds what the default schema has to that of the alliance, the rows with which its new tables begin, and the
    /// views. What the alliance has beside it stays.
    ///
    /// - Returns: what was done; nothing if the schema has it all already.
    /// - Throws: `schema` where a table of the alliance has the name of one of the default schema and is another;
    ///   `noRight` unless this node is an admin.
    @discardableResult
    public func applyDefaultSchema(dryRun: Bool) async throws(NodeError) -> [ControlOperation] {
        let present = try await node.store { engine in try engine.replica.admin.schema() }
        let sql = try saying { try DefaultSchema.completed(by: present) }
        let operations = try await applySchema(sql: sql, retiring: [], allowIntegerKey: [], dryRun: dryRun)
        guard !dryRun else { return operations }
        let created = operations.compactMap { operation in
            if case .createTable(let table) = operation { table.name } else { nil }
        }
        try await node.sql(FoundingRecords.sql(of: Set(created)))
        try await makeViews()
        return operations
    }

    /// Makes the views of the default schema that this node does not have. A table or view that a person made under
    /// the name of one stays.
    ///
    /// - Parameter anew: also make those again that are here, as they come with this software.
    /// - Returns: the names of those that were made; none where the alliance has other tables.
    @discardableResult
    public func makeViews(anew: Bool = false) async throws(NodeError) -> [Identifier] {
        try await make(RecordView.all, anew: anew)
    }

    /// Makes the views of the default schema that were never made here, for their tables came with an exchange only
    /// now. One that a person dropped stays away.
    ///
    /// - Returns: the names of those that were made.
    @discardableResult
    public func makeNewViews() async throws(NodeError) -> [Identifier] {
        let known = try await node.store { engine in try engine.replica.admin.madeViews() }
        let new = RecordView.all.filter { !known.containsSame(as: $0.name) }
        guard !new.isEmpty else { return [] }
        let readable = try saying { try RecordView.readable(new, at: node.home.replica) }
        return try await make(readable, anew: false)
    }

    private func make(_ views: [RecordView], anew: Bool) async throws(NodeError) -> [Identifier] {
        var made: [Identifier] = []
        for view in views {
            do {
                // SQLite makes a view over tables that are not there, too, and what reads it fails then.
                try await node.sql(
                    """
                    BEGIN IMMEDIATE; \(anew ? "DROP VIEW IF EXISTS \(view.name);" : "") \(view.sql);
                    SELECT * FROM \(view.name) LIMIT 0; COMMIT
                    """)
                made.append(view.name)
            } catch {
                guard error.kind == .wrongSQL else { throw error }
            }
        }
        // Those too in whose place a person has something else.
        let possible = try saying { try RecordView.readable(views, at: node.home.replica) }.map(\.name)
        try await node.store { engine in try engine.replica.admin.noteViews(possible) }
        return made
    }
}
