import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Nodes, their machines and the network between them, in one thread, with virtual time. Everything that happens follows from the seed.
package final class World: Looking {
    let course: Course
    let fleet: Fleet
    let network: Network
    let examiner: Examiner
    let supervisor: Supervisor
    var writer: WriterSQL
    var hands: HandSQL
    var actsLeft: Int
    /// Planted by tests: done before each thing that happens.
    package var meddling: ((World) throws(Violation) -> Void)?
    /// All invitations, in the order in which they were made. One is over at a moment of its maker's clock.
    var invitations: [(secret: [UInt8], role: Role, expires: Int64)] = []

    package init(_ scenario: Scenario) {
        course = Course(scenario)
        writer = WriterSQL(scenario, random: course.random.split())
        hands = HandSQL(random: course.random.split())
        actsLeft = scenario.actCount
        fleet = Fleet(course)
        network = Network(course, fleet)
        examiner = Examiner(course, fleet)
        supervisor = Supervisor(course: course, fleet: fleet, network: network, examiner: examiner)
    }

    package var nodes: [SimulatedNode] { fleet.nodes }
    package var universe: Universe { examiner.universe }
}
