import Foundation
import ReplicaModel
import SyncNode
import Testing

@testable import NodeConsole

@Suite("Deleting what was seen, and what goes with it")
struct DeleteTests {
    private static let schema = """
        CREATE TABLE school (id TEXT NOT NULL PRIMARY KEY, name_en TEXT);
        CREATE TABLE contact (
            id TEXT NOT NULL PRIMARY KEY, name_en TEXT, school TEXT REFERENCES school(id) ON DELETE CASCADE);
        CREATE TABLE note (
            id TEXT NOT NULL PRIMARY KEY, title TEXT, contact TEXT REFERENCES contact(id) ON DELETE CASCADE);
        CREATE TABLE course (
            id TEXT NOT NULL PRIMARY KEY, title TEXT, school TEXT REFERENCES school(id) ON DELETE SET NULL);
        CREATE TABLE contract (
            id TEXT NOT NULL PRIMARY KEY, title TEXT, school TEXT REFERENCES school(id) ON DELETE RESTRICT);
        CREATE TABLE part (
            school TEXT NOT NULL REFERENCES school(id), course TEXT NOT NULL REFERENCES course(id), role TEXT,
            PRIMARY KEY (school, course));
        """

    private static let path = "/delete/school/a"

    @Test(
        "nothing is deleted where something refers to the record, or to what goes with it, that was not shown",
        arguments: [
            "INSERT INTO contact VALUES ('new', 'New', 'a')", "INSERT INTO note VALUES ('new', 'New', 'old')",
            "INSERT INTO course VALUES ('new', 'New', 'a')", "DELETE FROM note WHERE id = 'old'",
            "UPDATE course SET school = 'b' WHERE id = 'old'",
        ])
    func unseen(sql: String) async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school VALUES ('a', 'Osh'), ('b', 'Naryn')")
            try await fixture.node.sql("INSERT INTO contact VALUES ('old', 'Old', 'a')")
            try await fixture.node.sql("INSERT INTO note VALUES ('old', 'Old', 'old')")
            try await fixture.node.sql("INSERT INTO course VALUES ('old', 'Old', 'a')")
            let form = browser.form(on: try browser.get(Self.path), to: Self.path)
            try await fixture.node.sql(sql)
            let answer = try browser.post(Self.path, form)
            #expect(answer.status == 409)
            #expect(answer.body.contains(Language.en.text("delete_changed_since")))
            #expect(!answer.body.contains(Language.en.text("changed_since")))
            #expect(try await fixture.sql("SELECT 1 FROM school WHERE id = 'a'").count == 1)
            // What is shown now is what the button stands for.
            #expect(try browser.post(Self.path, browser.form(on: answer, to: Self.path)).status == 303)
            #expect(try await fixture.sql("SELECT 1 FROM school WHERE id = 'a'").isEmpty)
            #expect(try await fixture.sql("SELECT 1 FROM contact").isEmpty)
            #expect(try await fixture.sql("SELECT 1 FROM note").isEmpty)
        }
    }

    @Test("what was written elsewhere about other records keeps nobody from deleting")
    func unrelated() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            let browser = fixture.browser
            try await fixture.node.sql("INSERT INTO school VALUES ('a', 'Osh'), ('b', 'Naryn')")
            try await fixture.node.sql("INSERT INTO contact VALUES ('old', 'Old', 'a')")
            let form = browser.form(on: try browser.get(Self.path), to: Self.path)
            try await fixture.node.sql("INSERT INTO contact VALUES ('new', 'New', 'b')")
            #expect(try browser.post(Self.path, form).status == 303)
            #expect(try await fixture.sql("SELECT id FROM contact") == [[.text("new")]])
        }
    }

    @Test("the page says of each table what becomes of its rows")
    func effects() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO school VALUES ('a', 'Osh')")
            try await fixture.node.sql("INSERT INTO contact VALUES ('1', 'One', 'a'), ('2', 'Two', 'a')")
            try await fixture.node.sql("INSERT INTO note VALUES ('1', 'x', '1'), ('2', 'x', '1'), ('3', 'x', '2')")
            try await fixture.node.sql("INSERT INTO course VALUES ('1', 'x', 'a')")
            try await fixture.node.sql("INSERT INTO contract VALUES ('1', 'x', 'a')")
            let page = try fixture.browser.get(Self.path)
            let language = Language.en
            let labels = Labels(language: language)
            for (key, count, table, column) in [
                ("delete_cascade", 2, "contact", "school"), ("delete_cascade", 3, "note", "contact"),
                ("delete_empties", 1, "course", "school"), ("delete_forbids", 1, "contract", "school"),
            ] {
                let (table, column) = (Identifier(table), Identifier(column))
                let sentence = language.text(
                    key, count: count, labels.table(table), labels.column(column, in: table))
                #expect(page.body.contains(sentence), "\(sentence)")
            }
            let answer = try fixture.browser.post(Self.path, fixture.browser.form(on: page, to: Self.path))
            #expect(answer.status == 409)
            #expect(try await fixture.sql("SELECT 1 FROM contact").count == 2)
        }
    }

    @Test("a row that has no name and only links others is named by what it links")
    func links() async throws {
        try await Fixture.run(schema: Self.schema) { (fixture) async throws in
            try await fixture.node.sql("INSERT INTO school VALUES ('a', 'Osh')")
            try await fixture.node.sql("INSERT INTO course VALUES ('c', 'Soil', 'a')")
            try await fixture.node.sql("INSERT INTO part VALUES ('a', 'c', 'lead')")
            for path in ["/records/school/a", Self.path, "/changes"] {
                var page = try fixture.browser.get(path)
                if path == "/changes" {
                    page = try fixture.browser.get("/changes/" + page.all("<a href=\"/changes/", "\"")[0])
                }
                #expect(page.body.contains(">Osh – Soil (lead)</a>"), "\(path)")
            }
        }
    }
}
