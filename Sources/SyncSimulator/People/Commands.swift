import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine

/// Commands of people: they settle what is listed, and define.
struct Commands {
    let course: Course
    let fleet: Fleet
    let examiner: Examiner
    let supervisor: Supervisor

    /// Settles one of what is listed, after which it is listed no more.
    func resolve(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction, let all = try reports(at: node) else { return }
        // A site's rows of the ledger are written together or not at all. They conflict where a copy of the site
        // writes, too.
        let listed = all.filter { $0.table != "ledger" }
        guard !listed.isEmpty else { return }
        let report = course.random.pick(listed)
        let resolution = draw(for: report)
        course.note("\(node.name) settles \(report.kindName)")
        course.saw(.resolving)
        var isDone = false
        try supervisor.writing(node, "settled") { (node) throws(StoreError) in
            guard let replica = (node.second ?? node.engine)?.replica else { return }
            do throws(StoreError) {
                let resolver = try Resolver(replica: replica, now: fleet.moment(of: node).wall)
                try resolver.resolve(resolution, table: report.table, key: report.key)
            } catch {
                // What refers to the row, or somebody deleted it since it was sealed: a person would be told.
                switch error {
                case .wrongSQL, .notFound: return
                default: throw error
                }
            }
            isDone = true
            // What is shown already was taken: nothing is seen of it, and it is a write. That a row stays is none.
            if resolution == .keepRow { return }
            examiner.rules.vanishing.happened(at: node, [RowName(table: report.table, key: report.key): .written([:])])
        }
        guard try supervisor.seal(node), isDone, node.engine != nil, node.writtenUnder == nil else { return }
        guard let after = try reports(at: node) else { return }
        try SettledCloses.check(report, resolution, after: after, at: node.name)
    }

    /// Lists what is to be settled; nil where the node could not be asked.
    private func reports(at node: SimulatedNode) throws(Violation) -> [ConflictReport]? {
        try supervisor.act(node, "listed") { (engine) throws(StoreError) in try engine.replica.reports.conflicts() }
    }

    private func draw(for report: ConflictReport) -> Resolution {
        switch report.kind {
        case .cell(let column, _, let candidates):
            guard !course.random.chance(50) else { return .takeShown(column: column) }
            let write = course.random.pick(candidates).write
            return .takeWrite(column: column, feed: write.feed, seq: write.seq)
        case .deletedEdited: return course.random.chance(50) ? .keepRow : .deleteRow
        case .kept: return .keepRow
        case .duplicate(_, let keys): return .mergeInto(key: keys[keys.count - 1], taking: [])
        case .invalid: return .deleteRow
        }
    }

    /// Alters the schema, as an admin may.
    func define(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction else { return }
        try supervisor.seal(node)
        let isDefined = try supervisor.act(node, "defined") { (engine) throws(StoreError) in
            let schema = try engine.replica.admin.schema()
            let operations = SchemaChanges.draw(schema, site: node.index, &course.random)
            guard !operations.isEmpty else { return false }
            let wall = fleet.moment(of: node).wall
            do throws(StoreError) { try engine.replica.admin.define(operations, now: wall) } catch {
                // Rows that are equal already: the admin would be told.
                guard case .schema = error else { throw error }
                return false
            }
            return true
        }
        if isDefined == true { course.saw(.schemaChanges) }
        course.note("\(node.name) defines")
    }
}
