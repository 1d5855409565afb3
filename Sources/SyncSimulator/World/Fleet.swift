import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// All machines of a world, in the order of their numbers, with what their clocks show.
final class Fleet {
    private let course: Course
    private(set) var nodes: [SimulatedNode] = []

    /// True time at the beginning, in milliseconds since 1970.
    private static let epoch: Int64 = 1_800_000_000_000

    init(_ course: Course) {
        self.course = course
        for index in 0..<course.scenario.nodeCount {
            let role = role(of: index)
            let node = SimulatedNode(index: index, role: role, random: &course.random)
            if course.has(.wrongClocks), course.random.chance(60) { node.skew = drawSkew() }
            node.earliestClock = moment(of: node).wall
            nodes.append(node)
        }
    }

    /// Draws a role: two nodes at least may write.
    private func role(of index: Int) -> Role {
        if index == 0 || course.random.chance(course.has(.schemaChanges) ? 60 : 30) { return .admin }
        return index > 1 && course.has(.readers) && course.random.chance(50) ? .reader : .member
    }

    private static let day: Int64 = 86_400_000
    private static let year = 365 * day

    /// Draws how many milliseconds a clock is ahead of true time.
    func drawSkew() -> Int64 {
        let (day, year) = (Self.day, Self.year)
        return course.random.pick([
            0, 1, 60_000, -3_600_000, day + 60_000, 40 * 3_600_000, year, -year, 10 * year, -10 * year,
        ])
    }

    func moment(of node: SimulatedNode) -> Moment {
        Moment(wall: Self.epoch + course.now + node.skew, steady: course.now)
    }

    func add(_ copy: SimulatedNode) { nodes.append(copy) }

    func newEngine(_ replica: Replica, of node: SimulatedNode) -> Engine {
        var incarnations = course.random.split()
        let engine = Engine(
            replica: replica, key: node.key, software: "simulated", drawIncarnation: { incarnations.next() })
        engine.memory = course.scenario.memoryLimits
        replica.slice.weightMax = course.scenario.sliceWeight
        if course.scenario.faults.contains(.largeChangesets) { engine.replica.sealing.takeFewForMany() }
        return engine
    }
}
