import ReplicaModel
import Testing

@testable import SyncSimulator

@Suite("What people do to a schema by hand")
struct HandTests {
    private static func world(_ seed: UInt64, _ hands: [Hand]) -> World {
        var scenario = Scenario(seed: seed)
        scenario.faults = []
        scenario.hands = hands
        scenario.nodeCount = 2
        scenario.edges = [(1, 0)]
        scenario.actCount = 60
        return World(scenario)
    }

    @Test("Each is done, and people see what they saw", arguments: Hand.allCases)
    func each(hand: Hand) throws {
        var times = 0
        // Not every table has what a hand takes.
        for seed in UInt64(1)...6 where times == 0 {
            let world = Self.world(seed, [hand])
            try world.run()
            times += world.course.happened[.hand(hand)] ?? 0
        }
        #expect(times > 0)
    }

    @Test("vanishing: a row that is lost, altered or new after DDL, and an entered row that is gone")
    func planted() throws {
        let world = Self.world(1, [])
        let (hands, node) = (world.handwork, world.nodes[0])
        let (row, other) = (RowName(table: "t", key: [.text("k")]), RowName(table: "t", key: [.text("l")]))
        let before: Tables = [row: ["a": .text("x")]]
        let more: Tables = [row: ["a": .text("x")], other: [:]]
        #expect(throws: Never.self) { try hands.judge(.dropTable, node, before, before, []) }
        #expect(throws: Violation.self) { try hands.judge(.dropTable, node, before, [:], []) }
        #expect(throws: Violation.self) { try hands.judge(.rebuild, node, before, [row: ["a": .integer(1)]], []) }
        #expect(throws: Violation.self) { try hands.judge(.rebuild, node, before, more, []) }
        #expect(throws: Violation.self) { try hands.judge(.rebuild, node, before, before, [other]) }
        #expect(world.examiner.rules.vanishing.events.isEmpty)
        try hands.judge(.rebuild, node, before, more, [other])
        #expect(world.examiner.rules.vanishing.events.count == 1)
    }
}
