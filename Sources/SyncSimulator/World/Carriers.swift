import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// Files that somebody carries between nodes: some are lost, all come in any order and as often as it pleases, and some
/// are altered on the way.
final class Carriers {
    private struct Parcel {
        let writer: SimulatedNode
        let file: [UInt8]
        let head: BundleHead
    }

    private let course: Course
    private let fleet: Fleet
    private let supervisor: Supervisor
    private var bag: [Parcel] = []

    init(course: Course, fleet: Fleet, supervisor: Supervisor) {
        (self.course, self.fleet, self.supervisor) = (course, fleet, supervisor)
    }

    /// A node writes a file, or one is brought to it.
    func visit(_ node: SimulatedNode) throws(Violation) {
        guard !bag.isEmpty, course.random.chance(60) else { return try write(node) }
        try bring(course.random.pick(bag), to: node)
    }

    private func write(_ node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction else { return }
        var order = BundleExport.Order()
        // What the writer takes for what the reader has may be long past, or more than it has.
        let known = course.random.chance(70) ? course.random.pick(fleet.nodes).said.held : [:]
        order.lackedBy = Vector(
            uniqueKeysWithValues: known.sorted { $0.key < $1.key }.map { feed, seq in
                (feed, course.random.chance(20) ? max(feed.numberBefore + 1, seq / 2) : seq)
            })
        let now = fleet.moment(of: node).wall
        let written = try supervisor.act(node, "wrote a file") { (engine) throws(StoreError) in
            let export = try BundleExport(engine, order, now: now)
            var file: [UInt8] = []
            while let bytes = try export.next() { file += bytes }
            return (file, export.head)
        }
        guard let (file, head) = written, course.random.chance(75) else { return }
        course.note("\(node.name) wrote a file of \(head.changesets) changesets")
        bag.append(Parcel(writer: node, file: file, head: head))
        if bag.count > Self.filesMax { bag.removeFirst() }
    }

    private static let filesMax = 12

    private func bring(_ parcel: Parcel, to node: SimulatedNode) throws(Violation) {
        guard !node.keepsTransaction else { return }
        let isAltered = course.random.chance(10)
        var file = parcel.file
        if isAltered { file[course.random.below(file.count)] ^= 1 << UInt8(course.random.below(8)) }
        guard isSound(file) == !isAltered else {
            throw Violation(
                "bundles", "a file of \(parcel.writer.name) that was \(isAltered ? "" : "not ")altered is told wrong")
        }
        guard !isAltered, parcel.head.announcement.site != node.key.site else { return }
        let head = parcel.head
        let now = fleet.moment(of: node).wall
        let taken = try supervisor.act(node, "took a file") { (engine) throws(StoreError) in
            var rule = try BundlesNamed(head, at: engine.replica)
            let outcome = try Self.take(file, at: engine, now: now)
            try rule.look(at: engine.replica)
            return (outcome, rule)
        }
        guard let (taken, rule) = taken, let outcome = taken else { return }
        course.saw(.bundles)
        course.note("\(node.name) took \(outcome.received) changesets of a file of \(parcel.writer.name)")
        guard outcome.refusal == nil || mayFork else {
            throw Violation("bundles", "an honest file was refused at \(node.name): \(outcome.refusal?.sentence ?? "")")
        }
        if outcome.refusal == nil { try rule.check(outcome, node) }
    }

    /// Whether one site may have gone two ways, or have forgotten what it had.
    private var mayFork: Bool {
        !course.scenario.faults.isDisjoint(with: [
            .copies, .backups, .forks, .oldWitnesses, .hostileMembers, .alteredLogs,
        ])
    }

    private func isSound(_ file: [UInt8]) -> Bool {
        var check = CarriedCheck()
        do {
            try check.take(file)
            _ = try check.finish()
            return true
        } catch { return false }
    }

    /// Nil where the node does not take what the writer writes.
    private static func take(_ file: [UInt8], at engine: Engine, now: Int64) throws(StoreError) -> BundleTaking? {
        do { return try engine.take(file, now: now) } catch let error as StoreError { throw error } catch {
            switch error as? CarriedFault {
            case .stranger?, .retired?: return nil
            default: throw .damaged("a sound file was refused: \(error)")
            }
        }
    }
}
