import ReplicaModel
import SyncWire
import Testing

@testable import ReplicaStore

@Suite("The history of a row is whole wherever chunks are cut")
struct HistoryBorderTests {
    @Test("A key that lies across the border of two chunks is found like any other")
    func border() throws {
        let world = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, a TEXT)", skews: [0, 0])
        var keys: [Value] = []
        for number in 0..<24 {
            let key = "the key of row \(number + 10)"
            keys.append(.text(key))
            // What comes before the key moves by less than its length each time.
            let size = WireLimits.cutBytes - 20 - number * 5
            try world.write(
                0,
                [
                    "BEGIN", "INSERT INTO t VALUES ('a\(number)', printf('%.*c', \(size), 'x'))",
                    "INSERT INTO t VALUES ('\(key)', 'y')", "COMMIT",
                ])
            try world.seal(0)
        }
        let chunks = try world.batch(for: 1, from: 0).flatMap(\.chunks)
        let cut = keys.filter { key in
            var writer = CBORWriter()
            writer.write(key)
            return !chunks.contains { ByteSearch.contains($0, writer.bytes) }
        }
        #expect(!cut.isEmpty, "no key was cut, so nothing was tried")
        #expect(cut.count < keys.count)
        for key in keys {
            #expect(try world.sites[0].replica.reports.history(table: "t", key: [key]).count == 1, "\(key)")
        }
        #expect(try world.sites[0].replica.reports.history(table: "t", key: [.text("the key of row")]).isEmpty)
    }
}
