import ReplicaModel
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("Schema changes at several sites")
struct SchemaHistoryTests {
    @Test("Random histories in which columns, tables and indexes are added at several sites", arguments: 0..<60)
    func histories(seed: Int) throws {
        var random = SeededGenerator(seed &* 17 &+ 3)
        let world = try World(
            schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, k INTEGER)",
            skews: [0, 5, -3_600_000].prefix(random.pick([2, 3])).map { $0 }, role: .admin)
        let count = world.sites.count
        for step in 0..<40 {
            let site = Int.random(in: 0..<count, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1:
                let name = random.pick(["b", "c", "d", "e"])
                // One affinity a name: another one would be another column under a name that the definition does not
                // know.
                let type = ["b": "TEXT", "c": "INTEGER", "d": "", "e": "REAL"][name] ?? ""
                let more = random.pick(["", "DEFAULT 1", "DEFAULT 2", "NOT NULL DEFAULT 3", "NOT NULL DEFAULT 4"])
                try? world.define(site, "t: \(name) \(type) \(more)")
            case 2:
                try? world.define(
                    site,
                    random.pick([
                        "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, a TEXT, x TEXT DEFAULT 'x')",
                        "CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY, a TEXT NOT NULL DEFAULT 'q', y INTEGER)",
                        "CREATE INDEX i ON t(a)", "u: b INTEGER",
                    ]))
            case 3...6:
                let table = random.pick(world.sites[site].replica.state.tables.map(\.name))
                let columns = try #require(world.sites[site].replica.state.table(named: table)).valueColumns.map(\.name)
                let some = columns.filter { _ in random.chance(50) }
                let key = random.pick(["'k1'", "'k2'", "'k3'"])
                let values = some.map { _ in random.pick(["NULL", "1", "'x'", "2.5", "'7'"]) }
                let statement =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: "DELETE FROM \(table) WHERE id = \(key)"
                    case 1 where !some.isEmpty:
                        "UPDATE \(table) SET \(zip(some, values).map { "\($0) = \($1)" }.joined(separator: ", ")) WHERE id = \(key)"
                    default:
                        "INSERT OR REPLACE INTO \(table)(\((["id"] + some).joined(separator: ", "))) VALUES (\(([key] + values).joined(separator: ", ")))"
                    }
                try world.write(site, [statement])
                try world.seal(site)
            default:
                let other = (site + 1 + Int.random(in: 0..<count - 1, using: &random)) % count
                try world.pull(site, from: other, most: random.chance(60) ? .max : 2)
            }
            if random.chance(20) { try world.agree("seed \(seed), step \(step)") }
        }
        try world.meet()
        try world.agree("seed \(seed), end")
        #expect(try world.isOne(), "seed \(seed)")
    }
}
