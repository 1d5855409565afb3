/// Nodes, their machines and the network between them, in one thread, with virtual time: what holds the parts of a
/// world together and runs its agenda. Everything that happens follows from the seed.
package final class World {
    let course: Course
    let fleet: Fleet
    let network: Network
    let examiner: Examiner
    let supervisor: Supervisor
    let checker: Checker
    let sessions: Sessions
    let alliance: Alliance
    let backups: Backups
    let alteredLogs: AlteredLogs
    let damagedFiles: DamagedFiles
    let deliveries: Deliveries
    let carriers: Carriers
    let programs: Programs
    let handwork: Handwork
    let commands: Commands
    let readings: Readings
    let previews: Previews
    let forger: Forger
    let rights: Rights
    /// Things that nodes still do before everything heals.
    var actsLeft: Int
    /// A deed that tests plant, done before each thing that happens.
    package var meddling: ((World) throws(Violation) -> Void)?

    package init(_ scenario: Scenario) {
        actsLeft = scenario.actCount
        let course = Course(scenario)
        // The order in which these draw decides what a seed is.
        let writer = WriterSQL(scenario, random: course.random.split())
        let hands = HandSQL(random: course.random.split())
        let fleet = Fleet(course)
        let network = Network(course, fleet)
        let examiner = Examiner(course, fleet)
        let supervisor = Supervisor(course: course, fleet: fleet, network: network, examiner: examiner)
        (self.course, self.fleet, self.network) = (course, fleet, network)
        (self.examiner, self.supervisor) = (examiner, supervisor)
        sessions = Sessions(
            course: course, fleet: fleet, network: network, examiner: examiner, supervisor: supervisor)
        checker = Checker(course: course, fleet: fleet, examiner: examiner, supervisor: supervisor)
        alliance = Alliance(course, fleet, supervisor)
        backups = Backups(course, fleet, examiner, supervisor, alliance)
        alteredLogs = AlteredLogs(course: course, fleet: fleet, examiner: examiner, supervisor: supervisor)
        damagedFiles = DamagedFiles(course: course, fleet: fleet, supervisor: supervisor)
        deliveries = Deliveries(course: course, fleet: fleet, supervisor: supervisor)
        carriers = Carriers(course: course, fleet: fleet, supervisor: supervisor)
        programs = Programs(course, fleet, supervisor, deliveries, writer)
        handwork = Handwork(course, examiner, supervisor, checker, hands)
        commands = Commands(course: course, fleet: fleet, examiner: examiner, supervisor: supervisor)
        readings = Readings(course: course, examiner: examiner, supervisor: supervisor)
        previews = Previews(course: course, fleet: fleet, examiner: examiner, supervisor: supervisor)
        forger = Forger(course: course, fleet: fleet, examiner: examiner, supervisor: supervisor)
        rights = Rights(course: course, fleet: fleet, supervisor: supervisor)
    }

    package var nodes: [SimulatedNode] { fleet.nodes }
    package var universe: Universe { examiner.universe }
}
