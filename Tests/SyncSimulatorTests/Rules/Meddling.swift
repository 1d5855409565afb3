import ReplicaModel
import Testing

@testable import ReplicaStore
@testable import SyncSimulator

/// A small world in which nothing goes wrong but what a test plants.
struct Meddling {
    /// The first rule that is broken when `meddle` is done in its last moments before it heals, in the first world in
    /// which it can be done.
    static func violation(
        tables: [String] = [
            WorldSchema.ledger, "CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, name TEXT, n INTEGER, x);",
        ],
        seeds: ClosedRange<UInt64> = 5...30, _ meddle: @escaping (World) throws -> Bool
    ) -> Violation? {
        for seed in seeds {
            let (isDone, violation) = run(tables, seed, meddle)
            if isDone { return violation }
        }
        Issue.record("the bug could be planted in no world")
        return nil
    }

    private static func run(_ tables: [String], _ seed: UInt64, _ meddle: @escaping (World) throws -> Bool) -> (
        isDone: Bool, violation: Violation?
    ) {
        var scenario = Scenario(seed: seed)
        scenario.faults = []
        scenario.hands = []
        scenario.nodeCount = 3
        scenario.edges = [(1, 0), (2, 0), (2, 1)]
        scenario.actCount = 80
        scenario.tables = tables
        scenario.statementKinds = [.insert, .update, .upsert]
        let world = World(scenario)
        var isDone = false
        world.meddling = { world throws(Violation) in
            guard !isDone, world.actsLeft < 10 else { return }
            do { isDone = try meddle(world) } catch let violation as Violation {
                isDone = true
                throw violation
            } catch { throw Violation("test", "\(error)") }
        }
        do { try world.run() } catch {
            #expect(isDone, "\(error)")
            return (true, error)
        }
        return (isDone, nil)
    }

    /// Runs SQL past all triggers, as no person can.
    static func alter(_ node: SimulatedNode, _ sql: String) throws { try node.replica?.connection.run(sql) }

    static func rowCount(_ node: SimulatedNode, _ table: String) throws -> Int64 {
        guard case .integer(let count)? = try node.replica?.connection.value("SELECT count(*) FROM \(table)") else {
            return 0
        }
        return count
    }
}
