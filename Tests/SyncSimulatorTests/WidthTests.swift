import Foundation
import Testing

@testable import SyncSimulator

@Suite("What worlds have is counted, and what never happens is seen")
struct WidthTests {
    /// The words that stand in code in the first column of the article's tables, but for that of the rules.
    private static func claimed() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appendingPathComponent("Sources/SyncNode/Caravan.docc/Simulation.md"), encoding: .utf8)
        return article.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
            line.split(separator: "|")[0].split(separator: "`").filter { $0.contains(where: \.isLetter) }.map(
                String.init)
        }
    }

    @Test("Every kind is claimed by the article Simulation once, and it claims no other")
    func claims() throws {
        #expect(try Self.claimed().sorted() == Kind.allCases.map(\.name).sorted())
    }

    @Test("A kind that was to be and never happened is absent, and one that happened in any world is not")
    func absent() {
        var width = Width(planned: [.fault(.crashes), .fault(.cuts)], times: [.fault(.crashes): 3])
        #expect(!width.absent.contains("crashes"))
        #expect(width.absent.contains("cuts"))
        width.add(Width(planned: [.fault(.cuts)], times: [.fault(.cuts): 1]))
        #expect(!width.absent.contains("cuts"))
        #expect(width.absent.count == Kind.allCases.count - 2)
        let lines = width.table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.contains(["fault", "crashes", "1", "1", "3"]))
        #expect(lines.contains(["fault", "cuts", "2", "1", "1"]))
    }

    @Test("A fault that is on and never strikes counts as absent")
    func neverStruck() throws {
        var scenario = Scenario(seed: 5)
        scenario.faults = [.crashes]
        let world = World(scenario)
        // No machine can be stopped.
        world.meddling = { world in for node in world.nodes { node.disk.neverCrash() } }
        world.actsLeft = 0
        try world.run()
        let width = Width(planned: world.course.scenario.planned, times: world.course.happened)
        #expect(world.course.scenario.planned.contains(.fault(.crashes)))
        #expect(width.absent.contains("crashes"))
    }
}
