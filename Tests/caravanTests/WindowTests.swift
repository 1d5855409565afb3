import Foundation
import Testing

@Suite("When and how fast a peer is dialled")
struct WindowTests {
    let village: Village

    init() throws { village = try Village() }

    private func peer(_ node: String, _ name: String, zone: String? = nil) throws -> [String: Any] {
        let listed = try Shell.run(
            Shell.command, ["--home", village.home(node), "peer", "list", "--json"],
            environment: zone.map { ["TZ": $0] } ?? [:])
        return try #require(try village.json(listed).first { $0["name"] as? String == name })
    }

    /// A window of so many hours from now on by the clock of this machine.
    private func window(from hours: Int, for length: Int, zone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let hour = calendar.component(.hour, from: Date()) + 24 + hours
        func text(_ hour: Int) -> String { hour % 24 < 10 ? "0\(hour % 24):00" : "\(hour % 24):00" }
        return "\(text(hour))-\(text(hour + length))"
    }

    /// Connections to a port of this machine that stand.
    private func connections(to address: String) throws -> Int {
        let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
        let hex = String(port, radix: 16, uppercase: true)
        let place = "0100007F:" + String(repeating: "0", count: 4 - hex.count) + hex
        return try Shell.run("cat", ["/proc/net/tcp"]).out.split(separator: "\n").count { line in
            let words = line.split(separator: " ")
            return words.count > 3 && words[2] == place && words[3] == "01"
        }
    }

    @Test("Windows and rate are listed, and replaced with the addresses when the name is added again")
    func listed() throws {
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let added = try village.caravan(
            "a", "peer", "add", "hub", "h.example:1", "--window", "02:00-05:00", "--window", "22:00-01:30",
            "--limit-rate", "32k")
        #expect(added.status == 0, "\(added.err)")
        var hub = try peer("a", "hub")
        #expect(hub["windows"] as? [String] == ["02:00-05:00", "22:00-01:30"])
        #expect(hub["limitRate"] as? Int == 32_768)
        #expect(hub["windowsChange"] is String)
        let listed = try village.caravan("a", "peer", "list").out
        #expect(listed.contains("h.example:1, 02:00-05:00 22:00-01:30 ("), "\(listed)")
        #expect(listed.contains("at most 32k/s"), "\(listed)")
        #expect(try village.caravan("a", "peer", "add", "hub", "h.example:2").status == 0)
        hub = try peer("a", "hub")
        #expect(hub["windows"] as? [String] == [])
        #expect(hub["limitRate"] is NSNull)
        #expect(hub["windowsChange"] is NSNull)
        #expect(hub["addresses"] as? [String] == ["h.example:2"])
    }

    @Test(
        "What is no window and no rate is refused with a sentence that says what to write",
        arguments: [
            (["--window", "2-5"], "02:00-05:00"), (["--window", "05:00-05:00"], "02:00-05:00"),
            (["--window", "25:00-05:00"], "02:00-05:00"), (["--limit-rate", "fast"], "32k"),
            (["--limit-rate", "100"], "from 4k on"), (["--limit-rate", "0"], "from 4k on"),
            (["--limit-rate", "3.5M"], "32k"), (["--limit-rate", "999999T"], "from 4k on"),
        ] as [([String], String)])
    func refused(words: [String], advice: String) throws {
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let outcome = try Shell.run(
            Shell.command, ["--home", village.home("a"), "peer", "add", "hub", "h.example:1"] + words)
        #expect(outcome.status == 2)
        #expect(outcome.err.contains(advice), "\(outcome.err)")
        #expect(outcome.err.split(separator: "\n").count == 1, "\(outcome.err)")
        #expect(try village.caravan("a", "peer", "list", "--json").out.isEmpty)
    }

    @Test(
        "A window is one of local time, however TZ names its zone",
        arguments: [
            ("Asia/Almaty", "Asia/Almaty"), ("America/St_Johns", "America/St_Johns"), ("CST-8", "Asia/Shanghai"),
            (":Asia/Tashkent", "Asia/Tashkent"), ("/usr/share/zoneinfo/Asia/Kathmandu", "Asia/Kathmandu"),
        ])
    func local(name: String, place: String) throws {
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let zone = try #require(TimeZone(identifier: place))
        let window = window(from: -1, for: 3, zone: zone)
        #expect(try village.caravan("a", "peer", "add", "hub", "h.example:1", "--window", window).status == 0)
        #expect(try peer("a", "hub", zone: name)["isInWindow"] as? Bool == true)
        #expect(try peer("a", "hub", zone: "Pacific/Pago_Pago")["isInWindow"] as? Bool == false)
    }

    @Test("A server dials a peer only while its window is open and parts when it closes; a sync by hand heeds none")
    func served() throws {
        let hub = try village.found("hub", others: ["a"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY);")
        let closed = window(from: 2, for: 1)
        #expect(try village.caravan("a", "peer", "add", "hub", hub, "--window", closed).status == 0)
        _ = try village.serve("a", interval: 1)
        #expect(village.waits(for: "hub: dialled again when its window opens (\(closed))", in: "a"))
        #expect(try connections(to: hub) == 0)
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('1')").status == 0)
        #expect(try village.caravan("a", "sync").status == 0)
        #expect(try village.sqlite("hub", "SELECT count(*) FROM t").out == "1\n")

        #expect(
            try village.caravan(
                "a", "peer", "add", "hub", hub, "--window", closed, "--window", window(from: -1, for: 2)
            )
            .status == 0)
        #expect(try village.sqlite("a", "INSERT INTO t VALUES ('2')").status == 0)
        #expect(try waits { try village.sqlite("hub", "SELECT count(*) FROM t").out == "2\n" })
        #expect(try waits { try connections(to: hub) == 1 })

        #expect(try village.caravan("a", "peer", "add", "hub", hub, "--window", closed).status == 0)
        #expect(try waits { try connections(to: hub) == 0 })
        let hubNow = try peer("a", "hub")
        #expect(hubNow["lastError"] is NSNull)
        #expect(hubNow["isInWindow"] as? Bool == false)
        #expect(village.stop("a") == 0)
        #expect(village.stop("hub") == 0)
        // It heard why.
        #expect(village.said("hub").isEmpty, "\(village.said("hub"))")
    }

    @Test("What goes to a peer and comes from it at a rate comes whole, and nobody takes the other for silent")
    func limited() throws {
        let hub = try village.found(
            "hub", others: ["a"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v BLOB);")
        for node in ["hub", "a"] {
            #expect(try village.sqlite(node, "INSERT INTO t VALUES ('\(node)', randomblob(30000))").status == 0)
        }
        #expect(try village.caravan("a", "peer", "add", "hub", hub, "--limit-rate", "16k").status == 0)
        let synced = try village.caravan("a", "sync")
        #expect(synced.status == 0, "\(synced.err)")
        #expect(try village.digest("a") == village.digest("hub"))
        // The other side dials, and is held to the rate as well.
        #expect(village.stop("hub") == 0)
        let a = try village.serve("a")
        #expect(try village.sqlite("hub", "UPDATE t SET v = randomblob(20000) WHERE id = 'hub'").status == 0)
        let again = try village.caravan("hub", "sync", a)
        #expect(again.status == 0, "\(again.err)")
        #expect(try village.digest("a") == village.digest("hub"))
    }
}
