import Foundation
import Testing

@Suite("A server that was stopped for a while, as a laptop that sleeps")
struct WakeTests {
    @Test("Notices it, and what was written meanwhile arrives")
    func wakes() throws {
        let village = try Village()
        _ = try village.found("a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        _ = try village.serve("b")
        // It looks about from the start on, and has begun to once something came.
        try arrives("first", in: village)
        #expect(village.signal(SIGSTOP, to: "b"))
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('meanwhile')").status == 0)
        // More than a look may be late. A signal cuts a rest short, so there are many.
        for _ in 0..<160 { usleep(50_000) }
        #expect(village.signal(SIGCONT, to: "b"))
        #expect(village.waits(for: "nothing ran here for", in: "b"))
        try arrives("last", in: village)
        #expect(try village.sqlite("b", "SELECT count(*) FROM t").out == "3\n")
        #expect(village.stop("b") == 0)
    }

    private func arrives(_ id: String, in village: Village) throws {
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('\(id)')").status == 0)
        let sought = "SELECT count(*) FROM t WHERE id = '\(id)'"
        #expect(try waits { try village.sqlite("b", sought).out == "1\n" })
    }
}
