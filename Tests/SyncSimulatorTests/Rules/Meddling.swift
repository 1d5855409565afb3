import ReplicaModel
import Testing

@testable import ReplicaStore
@testable import SyncSimulator

/// A small world in which nothing goes wrong but what a test plants.
struct Meddling {
    /// The first rule that is broken when `meddle` is done in its last moments before it heals.
    static func violation(
        tables: [String] = [WorldSchema.ledger, "CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, name TEXT, n INTEGER, x);"], seed: UInt64 = 5,
        _ meddle: @escaping (World) throws -> Bool
    ) -> Violation? {
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
            return error
        }
        #expect(isDone, "the bug was planted")
        return nil
    }

    /// Runs SQL past all triggers, as no person can.
    static func alter(_ node: SimulatedNode, _ sql: String) throws { try node.replica?.connection.run(sql) }

    static func rowCount(_ node: SimulatedNode, _ table: String) throws -> Int64 {
        guard case .integer(let count)? = try node.replica?.connection.value("SELECT count(*) FROM \(table)") else { return 0 }
        return count
    }
}
