import Foundation
import Testing

@Suite("Views that a coordinator opens first")
struct RecordViewTests {
    private static let names = [
        "agreements_ending", "placements_by_enterprise", "projects_by_committee", "trainees_by_programme",
    ]

    private func founded() throws -> Village {
        let village = try Village()
        _ = try village.found("a", others: ["b"])
        #expect(try village.asked("a", Village.records) == "")
        #expect(try village.caravan("b", "sync").status == 0)
        return village
    }

    private func views(_ village: Village, _ node: String) throws -> [String] {
        try village.sqlite(node, "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY 1").lines
    }

    @Test("Who founds and who joins has them, and they show what the tables hold", arguments: ["a", "b"])
    func figures(node: String) throws {
        let village = try founded()
        #expect(try views(village, node) == Self.names)
        #expect(
            try village.asked(
                node, "SELECT committee_zh, lead, milestones_reached, partners, results FROM projects_by_committee")
                    == """
                    现代农业|Xinjiang Agricultural University|1/2|Cotton mill (enterprise); \
                    Tajik Agrarian University (host)|Trained: 12 / 24 persons
                    """
        )
        #expect(
            try village.asked(
                node,
                """
                SELECT programme, country, platform, trainees, enrolments, completed, certificates
                FROM trainees_by_programme ORDER BY 1
                """) == "industry|CN|online|1|1|0|0\nworkforce|TJ|offline|2|2|1|1")
        #expect(
            try village.asked(node, "SELECT agreement, days_left BETWEEN 29 AND 30, parties FROM agreements_ending")
                == "soon|1|Tajik Agrarian University; Xinjiang Agricultural University")
        #expect(
            try village.asked(
                node,
                """
                SELECT enterprise, placements, trainees, planned, running, jobs, places_open
                FROM placements_by_enterprise
                """)
                == "mill|2|2|1|1|1|3")
    }

    @Test("They are in nobody's way: tables are rebuilt, renamed and taken back, and nothing is wrong")
    func harmless() throws {
        let village = try founded()
        #expect(try village.caravan("a", "schema", "rebuild", "project").status == 0)
        #expect(try village.caravan("a", "doctor").status == 0)
        for damage in ["ALTER TABLE project RENAME TO work", "DROP TABLE milestone"] {
            #expect(try village.sqlite("a", damage).status == 0)
            #expect(try village.caravan("a", "status").status == 0)
        }
        #expect(try village.asked("a", "SELECT milestones_reached FROM projects_by_committee") == "1/2")
        #expect(try village.caravan("a", "verify", "--deep").status == 0)
        #expect(try views(village, "a") == Self.names)
    }

    @Test("One that cannot be read any more is named, and made again")
    func unreadable() throws {
        let village = try founded()
        let spoilt = "DROP VIEW agreements_ending; CREATE VIEW agreements_ending AS SELECT * FROM nowhere"
        #expect(try village.sqlite("a", spoilt).status == 0)
        let named = try village.caravan("a", "doctor")
        #expect(named.status == 1)
        #expect(named.out.contains("the view agreements_ending cannot be read"))
        #expect(try village.caravan("a", "schema", "views").status == 0)
        #expect(try village.caravan("a", "doctor").status == 0)
    }

    @Test("A person's own view stays until it is to be made as it came, and a table under the name of one always")
    func own() throws {
        let village = try founded()
        _ = try village.sqlite("a", "DROP VIEW agreements_ending; CREATE VIEW agreements_ending AS SELECT 7 AS mine")
        _ = try village.sqlite("a", "DROP VIEW placements_by_enterprise; CREATE TABLE placements_by_enterprise(x)")
        #expect(try village.caravan("a", "schema", "apply", "--default").status == 0)
        #expect(try village.asked("a", "SELECT mine FROM agreements_ending") == "7")
        let made = try village.caravan("a", "schema", "views")
        #expect(made.lines == ["made projects_by_committee", "made trainees_by_programme", "made agreements_ending"])
        #expect(try village.asked("a", "SELECT agreement FROM agreements_ending") == "soon")
        #expect(try village.asked("a", "SELECT count(*) FROM placements_by_enterprise") == "0")
    }

    @Test("Where the tables come with a sync or a file, the views come with them; one that was dropped stays away")
    func later() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"], schema: Village.fiveTables)
        try village.plugStick()
        #expect(try views(village, "b") == [])
        #expect(try village.caravan("a", "schema", "apply", "--default").status == 0)
        let synced = try village.caravan("b", "sync", address)
        #expect(synced.out.contains("made agreements_ending"))
        #expect(try views(village, "b") == Self.names)
        #expect(try village.sqlite("b", "DROP VIEW agreements_ending").status == 0)
        #expect(!(try village.caravan("b", "sync", address).out.contains("made")))
        #expect(try views(village, "b") == Self.names.filter { $0 != "agreements_ending" })
        let (request, grant) = (village.onStick("c.request"), village.onStick("c.grant"))
        try village.done(village.caravan("c", "join", "--request", request, "--name", "c"))
        try village.done(village.caravan("a", "invite", "--grant", request, "--output", grant))
        try village.done(village.caravan("c", "join", "--grant", grant))
        #expect(try views(village, "c") == Self.names)
    }

    @Test("An alliance with other tables has none of them")
    func others() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: "CREATE TABLE project (id TEXT NOT NULL PRIMARY KEY);")
        for node in ["a", "b"] {
            let made = try village.caravan(node, "schema", "views")
            #expect(made.status == 0, "\(made.err)")
            #expect(made.out == "the alliance does not have the tables that the views read\n")
            #expect(try views(village, node) == [])
        }
    }

    @Test("`schema names` tells what tables and columns are called, and nothing of a table that is not there")
    func names() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let shown = try village.caravan("a", "schema", "names", "TRAINEE").lines
        #expect(shown.contains { $0.contains("born") && $0.contains("出生日期") && $0.contains("Дата рождения") })
        #expect(!shown.contains { $0.contains("agreement") })
        #expect(try village.caravan("a", "schema", "names", "nothing").status == 2)
    }

    @Test("The article Records and its diagram are what Scripts/records makes of the schema")
    func article() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let check = try Shell.run(
            "python3", [root.appendingPathComponent("Scripts/records").path, "--check"],
            environment: ["CARAVAN_BIN": Shell.command])
        #expect(check.status == 0, "\(check.err)")
    }
}
