import ReplicaModel
import SQLiteAccess
import SyncSimulator
import Testing

@testable import ReplicaStore

@Suite("References stay whole")
struct ReferenceLawTests {
    @Test(
        "Random histories of several replicas with every kind of reference, foreign keys on and off", arguments: 0..<50)
    func histories(seed: Int) throws {
        var random = SeededGenerator(seed &* 31 &+ 7)
        let skews = (0..<Int.random(in: 2...4, using: &random)).map { _ -> Int64 in
            random.pick([0, 0, 5_000, -3_600_000, 400 * 86_400_000])
        }
        let world = try World(schema: ReferenceSQL.schema, skews: skews)
        var sql = ReferenceSQL(seed: seed)
        for step in 0..<40 {
            let site = Int.random(in: 0..<skews.count, using: &random)
            if random.chance(60) {
                try world.write(site, sql.statements())
                if random.chance(70) {
                    try world.seal(site)
                    try world.expectDefinition(site, "seed \(seed), step \(step), sealed at \(site)")
                }
            } else {
                let other = (site + Int.random(in: 1..<skews.count, using: &random)) % skews.count
                try world.pull(
                    site, from: other, most: random.chance(50) ? .max : Int.random(in: 1...4, using: &random))
                try world.expectDefinition(site, "seed \(seed), step \(step), site \(site)")
            }
        }
        try world.meet()
        for site in skews.indices { try world.expectDefinition(site, "seed \(seed), end, site \(site)") }
        #expect(Set(try world.sites.map { try $0.replica.reports.digest() }).count == 1, "seed \(seed)")
    }

    private static let schema = """
        CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, up TEXT REFERENCES p(id), v TEXT);
        CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id) ON DELETE CASCADE, v TEXT);
        """

    /// Two sites that hold p 'a', which refers to p 'top', and no children.
    private func family() throws -> World {
        let world = try World(schema: Self.schema, skews: [0, 0])
        try world.write(0, ["INSERT INTO p VALUES ('top', NULL, 'v'), ('a', 'top', 'v')"])
        try world.meet()
        return world
    }

    private func names(_ world: World, _ site: Int, _ table: Identifier = "p") throws -> [String] {
        try world.tables(site).keys.filter { $0.table == table }.compactMap {
            if case .text(let bytes)? = $0.key.first { String(decoding: bytes, as: UTF8.self) } else { nil }
        }.sorted()
    }

    /// Site 0 deletes both parents while site 1 adds a child of one.
    private func kept() throws -> World {
        let world = try family()
        try world.write(0, ["DELETE FROM p WHERE id = 'a'", "DELETE FROM p WHERE id = 'top'"])
        try world.write(1, ["INSERT INTO c VALUES ('child', 'a', 'v')"])
        try world.meet()
        return world
    }

    @Test(
        "A deleted row stays while a row that its deleter had not seen refers to it, with all that it refers to itself, and is listed"
    )
    func keeps() throws {
        let world = try kept()
        for site in 0...1 {
            try world.expectDefinition(site, "site \(site)")
            #expect(try names(world, site) == ["a", "top"])
            let reports = try world.sites[site].replica.reports.conflicts()
            #expect(
                reports == [
                    ConflictReport(
                        table: "p", key: [.text("a")],
                        kind: .kept(referredBy: [RowName(table: "c", key: [.text("child")])])),
                    ConflictReport(
                        table: "p", key: [.text("top")],
                        kind: .kept(referredBy: [RowName(table: "p", key: [.text("a")])])),
                ])
        }
    }

    @Test(
        "It goes when the last reference goes, wherever that is", arguments: ["DELETE FROM c", "UPDATE c SET p = NULL"])
    func goes(sql: String) throws {
        let world = try kept()
        try world.write(0, [sql])
        try world.seal(0)
        #expect(try names(world, 0).isEmpty, "the author's own table too")
        try world.meet()
        for site in 0...1 {
            try world.expectDefinition(site, "site \(site)")
            #expect(try names(world, site).isEmpty)
            #expect(try world.sites[site].replica.reports.conflicts().isEmpty)
        }
    }

    @Test("An edit of a kept row makes it alive, and is sealed as the edit that it is")
    func edited() throws {
        let world = try kept()
        try world.write(1, ["UPDATE p SET v = 'edited' WHERE id = 'a'"])
        try world.seal(1)
        var last: [RowOperation] = []
        try world.sites[1].replica.reports.log(LogFilter(isReversed: true)) { last = $0.operations ?? [] }
        #expect(last == [RowOperation(table: "p", key: [.text("a")], action: .update(["v": .text("edited")]))])
        try world.write(0, ["DELETE FROM c"])
        try world.meet()
        for site in 0...1 {
            try world.expectDefinition(site, "site \(site)")
            #expect(try names(world, site) == ["a", "top"])
        }
    }

    @Test("Dead rows that refer to each other do not keep each other")
    func cycle() throws {
        let world = try family()
        try world.write(0, ["UPDATE p SET up = 'a' WHERE id = 'top'"])
        try world.meet()
        try world.write(1, ["INSERT INTO c VALUES ('child', 'a', 'v')"])
        try world.write(0, ["UPDATE p SET up = NULL", "DELETE FROM p"])
        try world.meet()
        #expect(try names(world, 0) == names(world, 1))
        try world.write(1, ["PRAGMA foreign_keys = ON", "DELETE FROM c"])
        try world.meet()
        for site in 0...1 {
            try world.expectDefinition(site, "site \(site)")
            #expect(try names(world, site).isEmpty)
        }
    }

    @Test(
        "Where a client has foreign keys off, a guard refuses what would leave a reference without its row",
        arguments: [
            "INSERT INTO c VALUES ('x', 'nobody', 'v')", "UPDATE c SET p = 'nobody'", "DELETE FROM p WHERE id = 'a'",
            "UPDATE p SET id = 'b' WHERE id = 'a'",
            "INSERT OR IGNORE INTO c VALUES ('x', 'nobody', 'v')", "DELETE FROM p",
        ])
    func guarded(sql: String) throws {
        let world = try family()
        try world.write(0, ["INSERT INTO c VALUES ('child', 'a', 'v')"])
        try world.seal(0)
        let before = try world.tables(0)
        let connection = try Connection(path: world.sites[0].replica.path, access: .readWrite)
        #expect { try connection.run(sql) } throws: {
            if case .sqlite(_, let message, _)? = $0 as? StoreError {
                message.hasPrefix("FOREIGN KEY constraint failed")
            } else {
                false
            }
        }
        #expect(try world.tables(0) == before)
        #expect(throws: Never.self) {
            try connection.run(
                "UPDATE p SET v = 'w'; INSERT INTO c(id) VALUES ('none'); DELETE FROM c; DELETE FROM p WHERE id = 'a'; DELETE FROM p"
            )
        }
        #expect(try names(world, 0).isEmpty)
    }

    @Test("What REPLACE takes away past the guard comes back at the next sealing, listed as kept")
    func replaced() throws {
        let world = try World(
            schema:
                "CREATE TABLE p (id TEXT NOT NULL PRIMARY KEY, u TEXT UNIQUE); CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, p TEXT REFERENCES p(id));",
            skews: [0, 0])
        try world.write(0, ["INSERT INTO p VALUES ('a', 'u')", "INSERT INTO c VALUES ('child', 'a')"])
        try world.seal(0)
        try world.write(0, ["INSERT OR REPLACE INTO p VALUES ('b', 'u')"])
        try world.seal(0)
        try world.meet()
        for site in 0...1 {
            try world.expectDefinition(site, "site \(site)")
            #expect(try names(world, site) == ["a", "b"])
        }
    }

    @Test("The columns of a composite reference are sealed together")
    func composite() throws {
        let world = try World(
            schema: """
                CREATE TABLE p (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b));
                CREATE TABLE c (id TEXT NOT NULL PRIMARY KEY, x TEXT, y TEXT, FOREIGN KEY (x, y) REFERENCES p);
                """, skews: [0, 10])
        try world.write(
            0, ["INSERT INTO p VALUES ('1', '1'), ('1', '2'), ('2', '1')", "INSERT INTO c VALUES ('c', '1', '1')"])
        try world.meet()
        try world.write(0, ["UPDATE c SET x = '2'"])
        try world.write(1, ["UPDATE c SET y = '2'"])
        try world.meet()
        for site in 0...1 { try world.expectDefinition(site, "site \(site)") }
        #expect(try world.tables(0)[.init(table: "c", key: [.text("c")])] == ["x": .text("1"), "y": .text("2")])
        try world.write(0, ["INSERT INTO p VALUES ('1', '3')"])
        try world.meet()
        try world.write(0, ["DELETE FROM p WHERE b = '3'"])
        try world.write(1, ["INSERT INTO c VALUES ('d', '1', '3'), ('e', NULL, '3')"])
        try world.meet()
        for site in 0...1 { try world.expectDefinition(site, "site \(site)") }
        #expect(try world.tables(0)[.init(table: "p", key: [.text("1"), .text("3")])] != nil)
    }

    @Test("A replica that leaves a kept row out is caught")
    func planted() throws {
        let world = try kept()
        try world.sites[0].replica.connection.run("DELETE FROM p WHERE id = 'top'")
        #expect(try world.tables(0) != world.defined(0).rows)
        #expect(try !world.sites[0].replica.connection.rows("PRAGMA foreign_key_check").isEmpty)
    }
}
