import ReplicaModel
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("What a replica shows is what the definition says")
struct FoldLawTests {
    @Test("Random histories of several replicas with skewed clocks and partial pulls", arguments: 0..<70)
    func histories(seed: Int) throws {
        var random = SeededGenerator(seed)
        let year: Int64 = 365 * 86_400_000
        let skews = (0..<Int.random(in: 2...4, using: &random)).map { _ in
            random.pick([0, 0, 1, -3_600_000, 5 * year, -5 * year])
        }
        let world = try World(schema: RandomSQL.schema, skews: skews, integerKeys: RandomSQL.integerKeys)
        var sql = RandomSQL(seed: seed)
        for step in 0..<30 {
            let site = Int.random(in: 0..<skews.count, using: &random)
            if random.chance(60) {
                try world.write(site, sql.statements())
                if random.chance(70) { try world.seal(site) }
            } else {
                let other = (site + Int.random(in: 1..<skews.count, using: &random)) % skews.count
                try world.pull(
                    site, from: other, most: random.chance(50) ? .max : Int.random(in: 1...4, using: &random))
                try world.expectDefinition(site, "seed \(seed), step \(step), site \(site)")
            }
        }
        try world.meet()
        for site in skews.indices { try world.expectDefinition(site, "seed \(seed), end, site \(site)") }
        let digests = try world.sites.map { try $0.replica.reports.digest() }
        #expect(Set(digests).count == 1, "seed \(seed): replicas that hold the same show the same")
        let counts = try world.sites.map { try $0.replica.reports.counts() }
        #expect(counts.allSatisfy { $0.pending == 0 && $0.waiting == 0 && $0.void == 0 })
        #expect(Set(counts.map(\.versionVector)).count == 1)
        for site in world.sites { #expect(try site.replica.reports.verify(progress: { _, _ in }).findings.isEmpty) }
    }

    @Test("The law sees a value that a table shows and nobody wrote")
    func planted() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0])
        try world.write(0, ["INSERT INTO t VALUES ('1', 'x')"])
        try world.seal(0)
        try world.sites[0].replica.connection.run("UPDATE t SET a = 'y'")
        #expect(try world.tables(0) != world.defined(0).rows)
    }
}
