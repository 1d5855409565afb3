import ReplicaModel
import ReplicaStore

/// What people do to a replica's schema by hand. The node makes it good at its next transaction, and every row is as it was.
extension World {
    func changeSchemaByHand(_ node: SimulatedNode) throws(Violation) {
        guard !open.contains(node.index) else { return }
        // What is not sealed goes with a table that is dropped: that is what DROP says.
        node.disk.neverCrash()
        node.disk.repair()
        try seal(node)
        guard node.writtenUnder == nil, let before = try shown(node), let replica = node.replica else { return }
        let tables: [TableDefinition]
        do { tables = try replica.schema().tables } catch { return try met(error, node, "was asked for its schema") }
        let table = random.pick(tables)
        let sql = random.pick([
            "ALTER TABLE \(table.name) RENAME TO renamed", "DROP TABLE \(table.name)", "ALTER TABLE \(table.name) ADD COLUMN own TEXT",
            "ALTER TABLE \(table.name) RENAME COLUMN \(table.columns[0].name) TO other", "CREATE TABLE own (a)",
        ])
        trace.note(at: now, "\(node.name), by hand: \(sql)")
        saw(.handMadeSchema)
        do {
            let client = try RawClient(path: SimulatedNode.path, on: node.mounted)
            try? client.run("PRAGMA foreign_keys = OFF; \(sql)")
            try replica.repair()
            try node.connect()
        } catch { return try met(error, node, "was repaired") }
        try examine(node)
        guard let after = try shown(node), before != after else { return }
        let rows = SimulatedNode.changes(from: before, to: after).keys.sorted().map(\.text)
        throw Violation("vanishing", "\(sql) at \(node.name) changed what people see: \(rows.joined(separator: ", "))")
    }
}
