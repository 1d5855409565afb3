import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine
import SyncWire

/// Signs what a member would whose software is not this one: chained and signed as it should be, and void.
struct Forger {
    let course: Course
    let fleet: Fleet
    let examiner: Examiner
    let supervisor: Supervisor

    enum Crime: CaseIterable {
        case unknownTable, unknownColumn, nullKey, keyOfWrongShape, updateOfNothing, nonsense, admission
        case lackingColumns, wrongCount, nullWhereNoneMayBe, definition, withoutRight

        var scope: Scope { [.admission, .definition].contains(self) ? .control : .alliance }
    }

    /// Lets a node take a forged changeset for its own.
    func commitCrime(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction, let engine = node.engine else { return }
        try supervisor.seal(node)
        guard node.engine != nil, let header = try forge(crime(of: node), node, engine) else { return }
        let taken = try supervisor.act(node, "took a forged changeset") { (engine) throws(StoreError) in
            try engine.replica.accept([header], now: fleet.moment(of: node).wall)
        }
        if taken != nil { course.saw(.hostileMembers) }
    }

    private func crime(of node: SimulatedNode) -> Crime {
        if node.role == .reader, course.random.chance(70) { return .withoutRight }
        return course.random.pick(Crime.allCases.filter { $0 != .withoutRight })
    }

    private func forge(
        _ crime: Crime, _ node: SimulatedNode, _ engine: Engine
    ) throws(Violation) -> IncomingChangeset? {
        if crime.scope == .control, node.role == .admin { return nil }
        // Its node takes what other software signed in its feed for its own lost past, and goes on in another.
        // In a copy that feed may be another's.
        let isOnly = node.origin == nil && node.replicaLife == 0
        let incarnation = course.random.chance(50) && isOnly ? engine.replica.incarnation : Incarnation(0xBAD)
        let feed = FeedID(site: node.key.site, incarnation: incarnation, scope: crime.scope)
        // Nobody forks here.
        guard examiner.universe[.init(feed: feed, seq: (node.applied[feed] ?? 0) + 1)] == nil else { return nil }
        let last = examiner.universe[.init(feed: feed, seq: node.applied[feed] ?? 0)]
        let (chunks, count) = content(of: crime, node)
        let header = ChangesetHeader(
            feed: feed, seq: (node.applied[feed] ?? 0) + 1, previous: last?.defined.hash ?? .zero,
            stamp: Stamp(milliseconds: fleet.moment(of: node).wall),
            contextAdvance: advance(of: feed, since: last, node), operationCount: count,
            chunkHashes: chunks.map { ContentHash.of($0) })
        let sealed = node.key.seal(header)
        guard let incoming = try? UnverifiedHeader(bytes: sealed.bytes, signature: sealed.signature) else {
            throw Violation("errors", "a forged header of \(crime) cannot be read again")
        }
        examiner.universe.expect("\(crime)", of: incoming.hash)
        course.note("\(node.name) signs \(crime)")
        return IncomingChangeset(header: incoming, chunks: chunks)
    }

    /// Context that the author really had applied.
    private func advance(of feed: FeedID, since last: Universe.Entry?, _ node: SimulatedNode) -> Context {
        var out: Context = [:]
        for (other, seq) in node.applied where other != feed && (other.scope == .control || other.scope == feed.scope) {
            guard seq > last?.context[other] ?? 0 else { continue }
            guard let seen = examiner.universe[.init(feed: other, seq: seq)] else { continue }
            out[other] = Head(seq: seq, hash: HashPrefix(seen.defined.hash))
        }
        return out
    }

    private func content(of crime: Crime, _ node: SimulatedNode) -> (chunks: [[UInt8]], count: UInt64) {
        if crime == .nonsense { return ([course.random.bytes(40)], 1) }
        if crime == .definition {
            let key = ColumnDefinition(
                name: "id", type: "TEXT", isNotNull: true, defaultExpression: nil, collation: "BINARY")
            let table = TableDefinition(
                name: "usurped", columns: [key], key: ["id"], isStrict: false, isWithoutRowid: false, references: [])
            return ([ControlCodec.encode([.createTable(table)])], 1)
        }
        if crime == .admission {
            let stranger = SigningKey(seed: course.random.bytes(32)).site
            let admission = Admission(
                site: stranger, name: "stranger", role: .admin, institution: nil, keepsTime: false)
            return ([ControlCodec.encode([.admit(admission)])], 1)
        }
        return (write(crime, node).map { [$0] } ?? [], crime == .wrongCount ? 2 : 1)
    }

    private func write(_ crime: Crime, _ node: SimulatedNode) -> [UInt8]? {
        var writer = OperationWriter()
        switch crime {
        case .lackingColumns:
            writer.beginTable(name: "ledger", key: ["site", "n"], valueColumns: [])
            writer.insert(key: [.text("x"), .integer(1)], values: [])
        case .nullWhereNoneMayBe:
            writer.beginTable(name: "ledger", key: ["site", "n"], valueColumns: ["v"])
            writer.insert(key: [.text("x"), .integer(1)], values: [.null])
        case .wrongCount, .withoutRight:
            // What anybody might write: the ledger's three rows.
            writer.beginTable(name: "ledger", key: ["site", "n"], valueColumns: ["v"])
            writer.delete(key: [.text("x"), .integer(1)])
        case .unknownTable:
            writer.beginTable(name: "nowhere", key: ["id"], valueColumns: [])
            writer.insert(key: [.text("k1")], values: [])
        case .unknownColumn:
            writer.beginTable(name: "ledger", key: ["site", "n"], valueColumns: ["nothing"])
            writer.update(key: [.text("x"), .integer(1)], columns: [(0, .integer(1))])
        case .nullKey:
            writer.beginTable(name: "ledger", key: ["site", "n"], valueColumns: ["v"])
            writer.insert(key: [.text("x"), .null], values: [.integer(1)])
        case .keyOfWrongShape:
            writer.beginTable(name: "ledger", key: ["site"], valueColumns: ["v"])
            writer.delete(key: [.text("x")])
        default:
            writer.beginTable(name: "ledger", key: ["site", "n"], valueColumns: ["v"])
            writer.update(key: [.text(unseen(by: node)), .integer(1)], columns: [(0, .integer(1))])
        }
        return writer.finish()
    }

    /// Names somebody of whose rows of the ledger this node has no insert; others may. Its tables are no measure: they
    /// do not show a row whose insert does not count, and an update of it is one of a row that was there.
    private func unseen(by node: SimulatedNode) -> String {
        let sound = examiner.universe.changesets(in: node.applied, scope: .alliance).filter { !$0.isVoid }
        let seen = Set(
            sound.flatMap(\.operations).compactMap { operation -> Value? in
                guard case .insert = operation.action, operation.table == "ledger" else { return nil }
                return operation.key.first
            })
        return course.random.pick(fleet.nodes.map(\.name).filter { !seen.contains(.text($0)) } + ["nobody"])
    }
}
