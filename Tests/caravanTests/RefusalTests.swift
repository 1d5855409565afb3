import Foundation
import Testing

@Suite("What peers do wrong is counted and told")
struct RefusalTests {
    let village: Village

    init() throws { village = try Village() }

    private func refusals(_ node: String) throws -> [String: Int] {
        try village.json(village.caravan(node, "status", "--json")).first?["refusals"] as? [String: Int] ?? [
            "no such member": 1
        ]
    }

    private func findings(_ node: String) throws -> [String] {
        try village.json(village.caravan(node, "doctor", "--json")).compactMap {
            $0["kind"] as? String == "refused" ? $0["message"] as? String : nil
        }
    }

    /// Waits until a server that counts each second has counted; the count is not the last word on how long it took.
    private func counted(_ node: String, _ name: String, _ count: Int) throws -> Int? {
        try waits { try refusals(node)[name] ?? 0 >= count }
        return try refusals(node)[name]
    }

    @Test("Clients that speak something else, and strangers, are counted by name, and are no finding")
    func strangers() throws {
        let address = try village.found("almaty", others: [])
        #expect(try refusals("almaty") == [:])
        let port = try #require(address.split(separator: ":").last)
        for _ in 0..<3 {
            let spoken = try Shell.run(
                "bash",
                [
                    "-c",
                    "exec 3<>/dev/tcp/127.0.0.1/\(port); printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3 >/dev/null",
                ])
            #expect(spoken.status == 0, "\(spoken.err)")
        }
        #expect(try counted("almaty", "handshake", 3) == 3)
        #expect(village.said("almaty").contains("clients came to no session: handshake: "))

        _ = try village.found("elsewhere", others: [])
        #expect(try village.caravan("elsewhere", "sync", address).status == 3)
        #expect(try refusals("almaty") == ["handshake": 3, "stranger": 1])
        #expect(try findings("almaty") == [])
        #expect(try village.caravan("almaty", "status").out.contains("handshake 3, stranger 1"))
    }

    @Test("A machine that went back to an image and wrote on: both ways come together, and each side names the fork")
    func member() throws {
        let address = try village.found("almaty", others: ["bishkek"])
        // A machine that goes back to an image of its whole disk cannot know it.
        let home = village.home("bishkek")
        #expect(try village.sqlite("bishkek", "INSERT INTO project(id, title_en) VALUES ('0', 'before')").status == 0)
        #expect(try village.caravan("bishkek", "sync", address).status == 0)
        try village.sqlite("bishkek", "PRAGMA wal_checkpoint(TRUNCATE)")
        #expect(try Shell.run("cp", ["-r", home, home + ".image"]).status == 0)
        #expect(try village.sqlite("bishkek", "INSERT INTO project(id, title_en) VALUES ('1', 'one')").status == 0)
        #expect(try village.caravan("bishkek", "sync", address).status == 0)
        #expect(try findings("almaty") == [])
        #expect(
            try Shell.run(
                "bash",
                [
                    "-c",
                    "rm -f '\(home)'/*-wal '\(home)'/*-shm; for f in '\(home)'.image/*; do cat \"$f\" > '\(home)'/${f##*/}; done",
                ]
            ).status == 0)
        #expect(try village.sqlite("bishkek", "INSERT INTO project(id, title_en) VALUES ('1', 'other')").status == 0)
        #expect(try village.caravan("bishkek", "sync", address).status == 0)
        for node in ["almaty", "bishkek"] {
            let told = try village.json(village.caravan(node, "doctor", "--json")).compactMap {
                $0["message"] as? String
            }
            #expect(told.contains { $0.contains("went two ways") && $0.contains("member retire bishkek") }, "\(told)")
        }
    }
}
