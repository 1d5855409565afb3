import ReplicaModel
import ReplicaSchema
import ReplicaStore
import SQLiteAccess

/// People's programs, which know nothing of the node: they write into its replica as into any database.
final class Programs {
    let course: Course
    let fleet: Fleet
    let supervisor: Supervisor
    let deliveries: Deliveries
    var writer: WriterSQL

    init(_ course: Course, _ fleet: Fleet, _ supervisor: Supervisor, _ deliveries: Deliveries, _ writer: WriterSQL) {
        self.course = course
        self.fleet = fleet
        self.supervisor = supervisor
        self.deliveries = deliveries
        self.writer = writer
    }

    /// Writes some transactions, one soon after the other.
    func write(_ node: SimulatedNode) throws(Violation) {
        for _ in 0..<course.random.pick([1, 1, 2, 4]) where node.engine != nil { try writeOnce(node) }
    }

    /// Asks a node for its schema, on which hangs what people write; nil where it could not be asked.
    func schema(of node: SimulatedNode) throws(Violation) -> Schema? {
        try supervisor.act(node, "was asked for its schema") { (engine) throws(StoreError) in
            try engine.replica.admin.schema()
        }
    }

    private func writeOnce(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction, let schema = try schema(of: node) else { return }
        let tables = schema.tables
        var statements = writer.transaction(tables, site: node.name)
        if course.has(.largeChangesets), course.random.chance(12), let large = writer.large(tables) {
            statements = [large]
        }
        let isHeld = course.has(.heldLocks) && statements.last?.sql == "COMMIT" && course.random.chance(25)
        if isHeld { statements.removeLast() }
        course.note("\(node.name) writes \(statements.map(\.sql).joined(separator: "; ").prefix(400))")
        let kept = statements
        try supervisor.writing(node, "was written to") { (node) throws(StoreError) in try run(kept, at: node) }
        guard isHeld, node.writer?.isInTransaction == true else { return }
        node.keepsTransaction = true
        course.saw(.heldLocks)
        course.plan(.commit(node: node.index), after: Int64(course.random.below(30_000)))
    }

    /// Runs statement after statement, as a person's shell does: what fails is refused to the person, and a transaction
    /// that is lost so ends what follows.
    private func run(_ statements: [WriterSQL.Statement], at node: SimulatedNode) throws(StoreError) {
        if node.writer == nil || course.random.chance(3) {
            node.writer = try node.client()
            let (references, recursion) = (course.random.chance(50), course.random.chance(20))
            try node.writer?.run(
                """
                PRAGMA foreign_keys = \(references ? "ON" : "OFF");
                PRAGMA recursive_triggers = \(recursion ? "ON" : "OFF")
                """)
        }
        guard let client = node.writer else { return }
        let isTransaction = statements.first?.sql == "BEGIN"
        let changesKeys = statements.contains { $0.kind == .changeKey && $0.table == "tree" }
        for statement in statements {
            var sql = statement.sql
            // SQLite counts deferred violations wrong where a row's key becomes what the row itself refers to, and
            // would commit.
            if sql == "COMMIT", changesKeys, try !client.rows(ReferencesWhole.query).isEmpty { sql = "ROLLBACK" }
            do {
                try client.run(sql)
                if let kind = statement.kind, try client.rows("SELECT changes()") != [[.integer(0)]] {
                    course.saw(.statement(kind))
                }
            } catch {
                guard case .sqlite = error else {
                    if client.isInTransaction { try? client.run("ROLLBACK") }
                    throw error
                }
                if course.scenario.faults.contains(.readers), node.invitedAs == .reader, statement.kind != nil {
                    course.saw(.readers)
                }
                if sql == "COMMIT", client.isInTransaction { try client.run("ROLLBACK") }
            }
            if isTransaction, !client.isInTransaction { return }
        }
    }

    /// Ends the transaction that was kept open: the person commits, or the program dies.
    func commitOpen(_ node: SimulatedNode) throws(Violation) {
        guard node.keepsTransaction else { return }
        node.keepsTransaction = false
        course.note("\(node.name): a program ends its transaction")
        let commits = course.random.chance(80)
        try supervisor.writing(node, "was written to") { (node) throws(StoreError) in
            guard commits else {
                node.writer = nil
                return
            }
            guard let client = node.writer, client.isInTransaction else { return }
            do throws(StoreError) {
                try client.run(client.rows(ReferencesWhole.query).isEmpty ? "COMMIT" : "ROLLBACK")
            } catch {
                if client.isInTransaction { try client.run("ROLLBACK") }
                guard case .sqlite = error else { throw error }
            }
        }
    }
}
