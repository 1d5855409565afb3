import ReplicaModel
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("What sealing makes of the notes is what happened")
struct CaptureLawTests {
    /// The rows of every table, with class and bytes.
    private typealias Tables = [SpecifiedState.Row: [Identifier: Value]]

    /// Applies the operations of the last changeset to the tables before it.
    private func applied(_ operations: [RowOperation], to before: Tables) -> Tables {
        var out = before
        for operation in operations {
            let row = SpecifiedState.Row(table: operation.table, key: operation.key)
            switch operation.action {
            case .insert(let values): out[row] = values
            case .update(let values): out[row]?.merge(values) { $1 }
            case .delete: out[row] = nil
            }
        }
        return out
    }

    private func lastOperations(_ world: World) throws -> [RowOperation] {
        var last: [RowOperation] = []
        try world.sites[0].replica.reports.log(LogFilter(isReversed: true)) { last = $0.operations ?? [] }
        return last
    }

    @Test(
        "The sealed operations, applied to the tables before, give the tables after, and name nothing untouched",
        arguments: 0..<40)
    func sealing(block: Int) throws {
        let world = try World(schema: RandomSQL.schema, skews: [0], integerKeys: RandomSQL.integerKeys)
        // Half of them as if many rows were noted.
        if block % 2 == 0 { world.sites[0].replica.sealing.takeFewForMany() }
        for seed in block * 30..<block * 30 + 30 {
            var sql = RandomSQL(seed: seed)
            let before = try world.tables(0)
            let count = try world.sites[0].replica.reports.counts().changesets
            var touched: [SpecifiedState.Row: Set<Identifier>] = [:]
            var present = before
            for _ in 0..<2 {
                try world.write(0, sql.statements()) { connection in
                    let next = try world.tables(0, by: connection)
                    touched.merge(difference(present, next)) { $0.union($1) }
                    present = next
                }
                present = try world.tables(0)
            }
            try world.seal(0)
            let after = try world.tables(0)
            let operations = try world.sites[0].replica.reports.counts().changesets > count ? lastOperations(world) : []
            #expect(applied(operations, to: before) == after, "seed \(seed)")
            for operation in operations where !isReinserted(operation, before) {
                let row = SpecifiedState.Row(table: operation.table, key: operation.key)
                if case .delete = operation.action { #expect(before[row] != nil && after[row] == nil, "seed \(seed)") }
                if case .insert = operation.action { #expect(before[row] == nil, "seed \(seed)") }
                if case .update(let values) = operation.action {
                    #expect(Set(values.keys).isSubset(of: touched[row] ?? []), "seed \(seed): \(row)")
                    #expect(!values.isEmpty, "seed \(seed): \(row)")
                }
            }
            #expect(try world.sites[0].replica.reports.counts().pending == 0)
        }
    }

    /// A put of every column over a row that was there: it was replaced, or deleted and inserted again.
    private func isReinserted(_ operation: RowOperation, _ before: Tables) -> Bool {
        guard case .insert = operation.action else { return false }
        return before[.init(table: operation.table, key: operation.key)] != nil
    }

    private func difference(_ l: Tables, _ r: Tables) -> [SpecifiedState.Row: Set<Identifier>] {
        var out: [SpecifiedState.Row: Set<Identifier>] = [:]
        for row in Set(l.keys).union(r.keys) where l[row] != r[row] {
            out[row] = Set((l[row] ?? r[row] ?? [:]).keys.filter { l[row]?[$0] != r[row]?[$0] })
        }
        return out
    }

    @Test(
        "An update names the columns whose class or bytes it changed, and a write that changes nothing is no operation")
    func columns() throws {
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT COLLATE NOCASE, b, c INTEGER)", skews: [0])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x', 1, 1), ('2', 'y', 2, 2)"])
        try world.seal(0)
        try world.write(
            0,
            [
                "UPDATE t SET a = 'X', b = 1.0, c = 1 WHERE id = '1'",
                "UPDATE t SET a = a, b = 2, c = '2' WHERE id = '2'",
            ])
        try world.seal(0)
        #expect(
            try lastOperations(world) == [
                RowOperation(table: "t", key: [.text("1")], action: .update(["a": .text("X"), "b": .real(1)]))
            ])
        let count = try world.sites[0].replica.reports.counts().changesets
        try world.write(
            0, ["UPDATE t SET a = a, b = b, c = c", "INSERT INTO t(id) VALUES ('3')", "DELETE FROM t WHERE id = '3'"])
        try world.seal(0)
        #expect(try world.sites[0].replica.reports.counts().changesets == count)
    }

    @Test("An update names its columns also where they are more than the bits of an integer")
    func wide() throws {
        let names = (0..<130).map { "c\($0)" }
        let columns = names.map { "\($0) INTEGER" }.joined(separator: ", ")
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, \(columns))", skews: [0])
        try world.write(0, ["INSERT INTO t(id) VALUES ('1')"])
        try world.seal(0)
        let changed = names.enumerated().filter { [0, 58, 59, 60, 61, 62, 63, 64, 119, 120, 129].contains($0.offset) }
        let sets = changed.map { "\($0.element) = \($0.offset)" }.joined(separator: ", ")
        try world.write(0, ["UPDATE t SET \(sets)"])
        try world.seal(0)
        let values = changed.map { (Identifier($0.element), Value.integer(Int64($0.offset))) }
        let update = RowOperation.Action.update(Dictionary(uniqueKeysWithValues: values))
        #expect(try lastOperations(world) == [RowOperation(table: "t", key: [.text("1")], action: update)])
    }

    @Test("A capture that lacks the notes of collisions is caught")
    func planted() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE)", skews: [0])
        let replica = world.sites[0].replica
        try world.write(0, ["INSERT INTO t VALUES ('1', 'u')"])
        try world.seal(0)
        let before = try world.tables(0)
        try world.write(0, ["INSERT OR REPLACE INTO t VALUES ('2', 'u')"])
        try replica.connection.run(
            "DELETE FROM caravan_pending_1 WHERE kind = \(PendingLayout.Kind.maybeReplaced.rawValue)")
        try world.seal(0)
        #expect(try applied(lastOperations(world), to: before) != world.tables(0))
    }
}
