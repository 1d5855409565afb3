import Foundation
import Testing

@Suite("Files that wait in a node's folder for what comes before them")
struct ShelfTests {
    let village: Village

    init() throws {
        village = try Village()
        try village.foundApart("a", others: ["b", "c"])
    }

    private func path(_ name: String) -> String { village.folder.appendingPathComponent(name).path }

    private func waiting(_ node: String) throws -> [String] {
        let folder = village.home(node) + "/bundles"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".waiting") }.map {
            folder + "/" + $0
        }
    }

    private func export(_ node: String, _ name: String, _ arguments: String...) throws {
        let command = ["--home", village.home(node), "bundle", "export", path(name)] + arguments
        try village.done(try Shell.run(Shell.command, command))
    }

    /// Two files of `writer`: everything up to the first row, and the second row alone, of so many bytes.
    private func twoFiles(of writer: String, bytes: Int = 10) throws {
        try village.insert(writer, "1")
        try export(writer, "first", "--all")
        let vector = try village.object(village.caravan(writer, "status", "--json"))["versionVector"] as? [String: Int]
        let since = String(decoding: try JSONSerialization.data(withJSONObject: vector ?? [:]), as: UTF8.self)
        try village.done(
            village.sqlite(writer, "INSERT INTO t VALUES ('2', hex(randomblob(\(bytes))))"))
        try export(writer, "second", "--since", since)
    }

    @Test(
        "One whose writer's right was ended goes on waiting, which is told, and is held once that writer belongs again")
    func retired() throws {
        try twoFiles(of: "c")
        #expect(try village.caravan("b", "bundle", "import", path("second")).status == 1)
        try village.done(village.caravan("a", "bundle", "import", path("first")))
        try village.done(village.caravan("a", "member", "retire", "c"))
        try export("a", "retired", "--to", "b")
        let told = try village.caravan("b", "bundle", "import", path("retired"))
        #expect(told.status == 1)
        #expect(told.err.contains("goes on waiting"), "\(told.err)")
        #expect(told.err.contains("whose right an admin ended"), "\(told.err)")
        #expect(try waiting("b").count == 1)
        try village.done(village.caravan("a", "member", "role", "c", "member"))
        try export("a", "again", "--to", "b")
        try village.done(village.caravan("b", "bundle", "import", path("again")))
        #expect(try waiting("b") == [])
        // It lies beyond the end of the right that its writer had.
        #expect(try village.caravan("b", "log").out.contains("c 2"))
    }

    @Test("One that the disk altered is deleted, which is told once, and its like is taken when it comes again")
    func altered() throws {
        try twoFiles(of: "c")
        #expect(try village.caravan("b", "bundle", "import", path("second")).status == 1)
        let place = URL(fileURLWithPath: try #require(try waiting("b").first))
        var content = try Data(contentsOf: place)
        content[content.count / 2] ^= 1
        try content.write(to: place)
        let told = try village.caravan("b", "bundle", "import", path("first"), "--json")
        #expect(told.status == 1)
        let removed = try #require(try village.object(told)["removed"] as? [String])
        #expect(removed.count == 1)
        #expect(removed.first?.hasPrefix(place.path) == true)
        #expect(try waiting("b") == [])
        try village.done(village.caravan("b", "bundle", "import", path("second")))
        #expect(try village.digest("b") == village.digest("c"))
    }

    @Test("A disk without room for one more copy of it loses none")
    func full() throws {
        try twoFiles(of: "c", bytes: 600_000)
        #expect(try village.caravan("b", "bundle", "import", path("second")).status == 1)
        try village.done(village.caravan("c", "bundle", "request", path("c.request")))
        let words = "'\(Shell.command)' --home '\(village.home("b"))' bundle import '\(path("c.request"))'"
        let limited = try Shell.run("bash", ["-c", "ulimit -f 400; exec \(words)"])
        #expect(limited.status == 1, "\(limited.err)")
        #expect(try waiting("b").count == 1)
        try village.done(village.caravan("b", "bundle", "import", path("first")))
        #expect(try village.digest("b") == village.digest("c"))
    }
}
