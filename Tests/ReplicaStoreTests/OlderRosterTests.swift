import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("A file that knows no cuts")
struct OlderRosterTests {
    @Test("Its roster is read from the log when it is opened, and is the same")
    func raised() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
        try world.admit(SigningKey(), role: .admin)
        try world.admit(SigningKey(), role: .reader)
        let replica = world.sites[0].replica
        let (members, records) = (try replica.members(), replica.state.roster.records.all)
        #expect(members.count == 4)
        let connection = replica.connection
        try connection.run(
            """
            CREATE TABLE caravan_member(
                dot INTEGER NOT NULL, site BLOB NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, institution TEXT,
                keepsTime INTEGER NOT NULL, author BLOB NOT NULL, depth INTEGER NOT NULL, PRIMARY KEY(site, dot)) WITHOUT ROWID;
            DELETE FROM caravan_roster; UPDATE caravan_meta SET value = 2 WHERE name = 'format'
            """)
        for record in records {
            for admission in record.admissions {
                let isFounding = record.hash == replica.alliance
                try connection.rows(
                    "INSERT INTO caravan_member VALUES (?1, ?2, ?3, ?4, NULL, 0, ?5, ?6)",
                    [
                        .integer(record.dot.bits), .blob(admission.site.bytes), .text(admission.name),
                        .text(admission.role.rawValue), .blob(record.author.bytes),
                        .integer(isFounding ? 0 : Int64(record.depth) + 1),
                    ])
            }
        }
        let again = try Replica(path: replica.path)
        #expect(try again.members() == members)
        #expect(again.state.roster.records.all == records)
        #expect(
            try again.connection.value("SELECT value FROM caravan_meta WHERE name = 'format'")
                == .integer(ReplicaFormat.version))
        #expect(try again.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        #expect(try Replica(path: replica.path).members() == members)
    }
}
