import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// People who alter a replica by hand. The node makes it good at its next transaction: every row is as it was, but for
/// those that somebody entered meanwhile. That is said without the node's help: DDL by hand is nobody's delete and
/// nobody's write.
final class Handwork {
    private let course: Course
    private let examiner: Examiner
    private let supervisor: Supervisor
    private let checker: Checker
    private var hands: HandSQL

    init(_ course: Course, _ examiner: Examiner, _ supervisor: Supervisor, _ checker: Checker, _ hands: HandSQL) {
        self.course = course
        self.examiner = examiner
        self.supervisor = supervisor
        self.checker = checker
        self.hands = hands
    }

    /// Alters the replica of a node in one way, and holds what people see afterwards against what they saw before.
    func alterByHand(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction else { return }
        node.disk.neverCrash()
        node.disk.repair()
        let hand = course.random.pick(course.scenario.hands)
        if hand.losesWhatWaits || course.random.chance(50) { try supervisor.seal(node) }
        guard node.engine != nil, !hand.losesWhatWaits || node.writtenUnder == nil else { return }
        guard let before = try supervisor.shown(node), let replica = node.replica else { return }
        let entered: Set<RowName>
        do {
            entered = try carryOut(hand, replica, node)
            try replica.admin.repair()
            try node.connect()
        } catch { return try supervisor.met(error, node, "was altered by hand (\(hand))") }
        guard let after = try supervisor.shown(node) else { return }
        try judge(hand, node, before, after, entered)
        try supervisor.examine(node)
        try supervisor.looking(at: node, "was checked") { () throws(LookError) in try checker.checkUnique(node) }
    }

    /// Carries out what the hand does; returns the rows that were entered besides.
    private func carryOut(_ hand: Hand, _ replica: Replica, _ node: SimulatedNode) throws(StoreError) -> Set<RowName> {
        let schema = try replica.admin.schema()
        let table = course.random.pick(schema.tables)
        let client = try node.client()
        let settings = ["foreign_keys", "legacy_alter_table"].map { name in
            "PRAGMA \(name) = \(course.random.chance(50) ? "ON" : "OFF")"
        }.joined(separator: "; ")
        try client.run(settings)
        let ours = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'caravan%' ORDER BY name"
        let triggers = try client.rows(ours).compactMap(Self.name)
        let indexes = schema.indexes.filter { $0.table == table.name }.map(\.name)
        let statements = hands.statements(hand, table, triggers: triggers, indexes: indexes)
        course.note("\(node.name), by hand: \(settings); \(statements.joined(separator: "; ").prefix(600))")
        var isDone = !statements.isEmpty
        for statement in statements where !(try attempt(statement, client)) {
            isDone = false
            if client.isInTransaction { try client.run("ROLLBACK") }
            break
        }
        if isDone { course.saw(.hand(hand)) }
        guard isDone, hand.leavesTable, table.name != "ledger", course.random.chance(50) else { return [] }
        let (sql, row) = hands.enter(table)
        course.note("\(node.name), by hand: \(sql)")
        return try attempt(sql, client) ? [row] : []
    }

    /// False where SQLite refuses: the person is told.
    private func attempt(_ sql: String, _ client: RawClient) throws(StoreError) -> Bool {
        do { try client.run(sql) } catch {
            guard case .sqlite = error else { throw error }
            course.note("refused: \(error)")
            return false
        }
        return true
    }

    private static func name(_ row: [Value]) -> Identifier? {
        if case .text(let bytes)? = row.first { Identifier(bytes: bytes) } else { nil }
    }

    /// Checks that people see what they saw, and what was entered; notes what changed.
    func judge(
        _ hand: Hand, _ node: SimulatedNode, _ before: Tables, _ after: Tables, _ entered: Set<RowName>
    ) throws(Violation) {
        let changes = SimulatedNode.changes(from: before, to: after)
        let others = changes.filter { !entered.contains($0.key) }
        guard others.isEmpty else {
            let rows = others.sorted { $0.key < $1.key }.map { "\($0.key.text) \($0.value.text)" }
            let sentence = "\(hand) at \(node.name) changed what people see: \(rows.joined(separator: ", "))"
            throw Violation("vanishing", sentence)
        }
        for row in entered.sorted() where after[row] == nil {
            throw Violation("vanishing", "\(row.text), entered by hand after \(hand) at \(node.name), is gone")
        }
        if !changes.isEmpty { examiner.rules.vanishing.happened(at: node, changes) }
    }
}
