import Foundation
import ReplicaModel
import Testing

@testable import SyncNode

@Suite("What a node is asked")
struct FacesTests {
    /// A failure of one kind, with a word that its sentence has.
    private func expect<Result>(
        _ kind: NodeError.Kind, saying word: String, _ body: () async throws -> Result
    ) async {
        do {
            _ = try await body()
            Issue.record("nothing failed, and \(kind) should have")
        } catch {
            guard let error = error as? NodeError else {
                Issue.record("\(error)")
                return
            }
            #expect(error.kind == kind)
            #expect(error.message.contains(word), "\(error.message)")
        }
    }

    @Test("A conflict is listed with its candidates, settled by a member's name, and then gone everywhere")
    func conflict() async throws {
        let pair = try await NodePair()
        try await pair.founder.sql("INSERT INTO t VALUES ('1', 'first')")
        #expect(try await pair.exchange().member == .done)
        try await pair.founder.sql("UPDATE t SET a = 'of the founder'")
        try await pair.member.sql("UPDATE t SET a = 'of the member'")
        #expect(try await pair.exchange().member == .done)
        let conflicts = try await pair.member.reports.conflicts(table: "t", kind: nil)
        #expect(conflicts.map(\.kindName) == ["cell"])
        #expect(try await pair.member.reports.conflicts(table: nil, kind: "duplicate").isEmpty)
        try await pair.member.records.resolve(.take(column: "a", source: "founder"), table: "t", key: "1")
        #expect(try await pair.exchange().member == .done)
        for node in [pair.founder, pair.member] {
            #expect(try await node.reports.conflicts(table: nil, kind: nil).isEmpty)
            #expect(try await pair.titles(of: node) == ["1 of the founder"])
        }
    }

    @Test(
        "A record tells who wrote it, its history all that it was, and one that is not there says which of both holds")
    func record() async throws {
        let pair = try await NodePair()
        try await pair.founder.sql("INSERT INTO t VALUES ('1', 'first'), ('2', 'goes')")
        try await pair.founder.sql("UPDATE t SET a = 'second' WHERE id = '1'; DELETE FROM t WHERE id = '2'")
        let records = pair.founder.records
        let record = try await records.record(table: "t", keyText: "1")
        #expect(record.values["a"] == .text("second"))
        #expect(record.writers["a"]?.site == (try await pair.founder.site()))
        #expect(try await records.history(table: "t", keyText: "1").count == 2)
        await expect(.notFound, saying: "it was deleted") { try await records.record(table: "t", keyText: "2") }
        await expect(.notFound, saying: "nobody ever wrote") { try await records.record(table: "t", keyText: "3") }
        await expect(.notFound, saying: "the tables are t") { try await records.record(table: "u", keyText: "1") }
        await expect(.notFound, saying: "nobody ever wrote") { try await records.history(table: "t", keyText: "3") }
    }

    @Test("Members are found by name and by the beginning of an id, and a name of two is refused with both ids")
    func names() async throws {
        let pair = try await NodePair()
        let member = try await pair.member.site()
        func found(_ wanted: String) async throws -> SiteID {
            try await pair.founder.store { engine in try MemberNames(engine.replica).member(wanted) }
        }
        #expect(try await found("member") == member)
        #expect(try await found(String(member.hex.prefix(12))) == member)
        #expect(try await found(String(member.short.lowercased().prefix(9))) == member)
        await expect(.notFound, saying: "there is no member abc") { try await found("abc") }
        #expect(!member.begins(with: String(member.hex.prefix(3))))
        #expect(!member.begins(with: ""))
    }

    @Test("The log is listed by author, table and scope; what there is not is named with what there is")
    func log() async throws {
        let pair = try await NodePair()
        try await pair.founder.sql("INSERT INTO t VALUES ('1', 'x')")
        try await pair.member.sql("INSERT INTO t VALUES ('2', 'y')")
        #expect(try await pair.exchange().member == .done)
        func listed(_ query: LogQuery) async throws -> Int {
            let rows = Rows()
            try await pair.founder.reports.log(query) { rows.add("\($0.seq)") }
            return rows.all.count
        }
        #expect(try await listed(LogQuery()) == 2)
        #expect(try await listed(LogQuery(site: "member")) == 1)
        #expect(try await listed(LogQuery(table: "t", reverse: true)) == 2)
        #expect(try await listed(LogQuery(scope: "control")) == 2)
        await expect(.usage, saying: "alliance and control") { try await listed(LogQuery(scope: "people")) }
        await expect(.usage, saying: "there is no table u") { try await listed(LogQuery(table: "u")) }
        await expect(.notFound, saying: "nobody") { try await listed(LogQuery(site: "nobody")) }
    }

    @Test("The schema grows by what only adds, for an admin; a dry run tells it and does nothing")
    func schema() async throws {
        let pair = try await NodePair()
        let wider = "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT);"
        func apply(_ sql: String, at node: Node, dryRun: Bool = false) async throws -> Int {
            try await node.admin.applySchema(sql: sql, retiring: [], allowIntegerKey: [], dryRun: dryRun).count
        }
        #expect(try await apply(wider, at: pair.founder, dryRun: true) == 1)
        #expect(try await pair.founder.admin.schema().tables[0].columns.count == 2)
        await expect(.noRight, saying: "admin") { try await apply(wider, at: pair.member) }
        #expect(try await apply(wider, at: pair.founder) == 1)
        #expect(try await apply(wider, at: pair.founder) == 0)
        #expect(try await pair.founder.admin.schema().sql.joined().contains("\"b\" TEXT"))
        await expect(.schema, saying: "nothing is ever dropped") {
            try await apply("CREATE TABLE u (id TEXT NOT NULL PRIMARY KEY);", at: pair.founder)
        }
    }

    @Test("Peers are added, listed and removed; what is no address, or nobody's, is refused")
    func peers() async throws {
        let pair = try await NodePair()
        let peers = pair.founder.peers
        try await peers.add(name: "almaty", addresses: ["almaty.example:7410"])
        try await peers.add(name: "almaty", addresses: ["[::1]:7410", "127.0.0.1:7410"])
        let listed = try await peers.list()
        #expect(listed.map(\.name) == ["almaty", "member"])
        #expect(listed.first?.addresses == ["[::1]:7410", "127.0.0.1:7410"])
        #expect(listed.last?.addresses == [])
        await expect(.usage, saying: "HOST:PORT") { try await peers.add(name: "osh", addresses: ["osh"]) }
        await expect(.usage, saying: "without a colon") { try await peers.add(name: "a:b", addresses: ["osh:1"]) }
        await expect(.usage, saying: "needs an address") { try await peers.add(name: "osh", addresses: []) }
        try await peers.remove("almaty")
        await expect(.notFound, saying: "there is no peer almaty") { try await peers.remove("almaty") }
        await expect(.usage, saying: "nobody can dial it") {
            try await peers.invite(role: .member, expiresInSeconds: 60, addresses: ["0.0.0.0:7410"])
        }
        await expect(.usage, saying: "later than now") {
            try await peers.invite(role: .member, expiresInSeconds: 0, addresses: ["127.0.0.1:7410"])
        }
        await expect(.noRight, saying: "admin") {
            try await pair.member.peers.invite(role: .reader, expiresInSeconds: 60, addresses: ["127.0.0.1:7410"])
        }
    }

    @Test("A backup is restored in the same home, and the node goes on from it without losing what others have")
    func backup() async throws {
        let pair = try await NodePair()
        let file = pair.folder + "/copy.sqlite"
        try await pair.member.sql("INSERT INTO t VALUES ('1', 'before')")
        #expect(try await pair.member.admin.backUp(to: file, progress: { _, _ in }) == 3)
        await expect(.usage, saying: "there already") {
            try await pair.member.admin.backUp(to: file, progress: { _, _ in })
        }
        try await pair.member.sql("INSERT INTO t VALUES ('2', 'after')")
        #expect(try await pair.exchange().member == .done)
        let home = NodeHome(path: pair.folder + "/again")
        try FileManager.default.createDirectory(atPath: home.path, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: pair.member.home.key, toPath: home.key)
        let restoring = try home.restore(from: file)
        #expect(restoring.changesets == 3)
        #expect(restoring.replaced == nil)
        let again = try await Node.open(home: home)
        #expect(try await pair.titles(of: again) == ["1 before"])
        let links = MemoryLink.pair(try await again.site(), try await pair.founder.site())
        async let here = NodePair.run(pair.founder, links.listener, isDialler: false)
        #expect(await NodePair.run(again, links.dialler, isDialler: true) == .done)
        #expect(await here == .done)
        #expect(try await pair.titles(of: again) == ["1 before", "2 after"])
    }

    @Test("A status tells what there is, and a doctor finds nothing where nothing is wrong")
    func status() async throws {
        let pair = try await NodePair()
        try await pair.founder.sql("INSERT INTO t VALUES ('1', 'x')")
        #expect(try await pair.exchange().member == .done)
        let reports = [
            try await pair.founder.reports.status(digest: true), try await pair.member.reports.status(digest: true),
        ]
        #expect(reports.map(\.name) == ["founder", "member"])
        #expect(reports.map(\.role) == [.admin, .member])
        #expect(reports.map(\.pending) == [0, 0])
        #expect(reports[0].digest == reports[1].digest)
        #expect(reports[0].digest != nil)
        #expect(try await pair.founder.reports.doctor().isEmpty)
        let verified = try await pair.member.reports.verify(isDeep: true, progress: { _, _ in })
        #expect(verified.findings.isEmpty)
        #expect(verified.changesets == 3)
    }
}
