import Foundation
import Testing

@Suite("A node that others refuse as retired, of which it has not heard otherwise")
struct CutOffTests {
    @Test("Says so first, with since when, by whom and the way out; once it is let in again it says nothing")
    func heard() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"])
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.caravan("a", "member", "retire", "b").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 3)
        #expect(try village.sqlite("b", "INSERT INTO project(id) VALUES ('later')").status == 0)

        let way = "`caravan member role b member`"
        let status = try village.caravan("b", "status").out.split(separator: "\n")
        #expect(status.first?.hasSuffix("refused as retired") ?? false)
        #expect(status.dropFirst().first?.contains("by a as retired, since ") ?? false)
        #expect(status.dropFirst().first?.contains(way) ?? false)
        let overview = try village.caravan("b").out.split(separator: "\n")
        #expect(overview.first?.contains("refused as retired") ?? false)
        #expect(overview.dropFirst().first?.contains(way) ?? false)
        let finding = try village.json(village.caravan("b", "doctor", "--json")).first
        #expect(finding?["kind"] as? String == "retired")
        #expect((finding?["message"] as? String)?.contains(way) ?? false)
        let told = try village.json(village.caravan("b", "status", "--json")).first?["retirement"] as? [String: Any]
        #expect(told?["by"] as? [String] == ["a"])

        #expect(try village.caravan("a", "member", "role", "b", "member").status == 0)
        let again = try village.caravan("b", "sync", address)
        #expect(again.status == 0, "\(again.err)")
        #expect(again.err.contains("1 changeset that was written here does not count"), "\(again.err)")
        #expect(try village.sqlite("b", "SELECT count(*) FROM project").out == "0\n")
        #expect(try village.caravan("b", "sync", address).err.isEmpty, "it is said once, when it happens")
        #expect(try village.json(village.caravan("b", "status", "--json")).first?["retirement"] is NSNull)
        #expect(try !village.caravan("b", "status").out.contains("retired"))

        let release = "`caravan member release b`"
        #expect(try village.caravan("b", "doctor").out.contains(release))
        #expect((finding?["message"] as? String)?.contains(release) ?? false)
        #expect(try village.caravan("a", "member", "release", "b").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        #expect(try village.sqlite("b", "SELECT id FROM project").out == "later\n")
    }
}
