import Foundation
import Testing

@Suite("The pages by which a node is observed")
struct MetricsPageTests {
    private static let reader = """
        import http.client, sys
        place, path, method, host = sys.argv[1:]
        client = http.client.HTTPConnection(place, timeout=30)
        try:
            client.request(method, path, headers={"Host": host or place})
            answer = client.getresponse()
            print(f"HTTP/1.1 {answer.status}", *(": ".join(pair) for pair in answer.getheaders()), sep="\\n", end="\\n\\n")
            print(answer.read().decode(), end="")
        except OSError as error: print(error)
        """

    /// Reads a page by HTTP with another program.
    private func page(
        _ place: String, _ path: String, method: String = "GET", host: String = ""
    ) throws -> (head: String, body: String) {
        let outcome = try Shell.run("python3", ["-c", Self.reader, place, path, method, host])
        let parts = outcome.out.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
    }

    private func observed(_ village: Village, _ node: String) throws -> (Process, address: String, pages: String) {
        let (process, out, _) = try Shell.start(
            Shell.command,
            ["--home", village.home(node), "serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0"])
        let address = try #require(Shell.firstLine(of: out)?.split(separator: " ").last)
        let line = try #require(Shell.firstLine(of: out))
        #expect(line.hasPrefix("metrics on http://127.0.0.1:"))
        #expect(line.hasSuffix("/metrics"))
        return (process, String(address), String(line.dropFirst("metrics on http://".count).dropLast("/metrics".count)))
    }

    @Test("Every measure has its help and its kind, and those of a session have their values")
    func measures() throws {
        let village = try Village()
        _ = try village.found(
            "a", others: ["b"], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, x TEXT);")
        _ = village.stop("a")
        let (process, address, pages) = try observed(village, "a")
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        #expect(try village.caravan("b", "sql", "INSERT INTO t(id) VALUES ('secret')").status == 0)
        #expect(try village.caravan("b", "sync", address).status == 0)
        let (head, text) = try page(pages, "/metrics")
        #expect(head.hasPrefix("HTTP/1.1 200"))
        #expect(head.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8"))
        #expect(text.contains("caravan_changesets_applied_total 1\n"))
        #expect(text.contains("caravan_rows_applied_total 1\n"))
        #expect(text.contains("caravan_sessions_ended_total{reason=\"done\"} 1\n"))
        #expect(text.contains("caravan_changesets_received_total{peer=\"b\",site=\""))
        #expect(text.contains("caravan_peer_lag_changesets{peer=\"b\",site=\""))
        #expect(text.contains("caravan_conflicts_open 0\n"))
        #expect(text.contains("caravan_fold_seconds_bucket{le=\"+Inf\"}"))
        #expect(!text.contains("secret"))
        let article = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../../Sources/SyncNode/Caravan.docc/Operating.md"), encoding: .utf8)
        let table = article.split(separator: "\n").filter { $0.hasPrefix("| `caravan_") }
        let names = table.flatMap { row in
            row.split(separator: "|")[0].split(separator: "`").filter { $0.hasPrefix("caravan_") }
        }
        #expect(names.count > 20)
        for name in names {
            #expect(text.contains("# HELP \(name) "), "\(name)")
            #expect(text.contains("# TYPE \(name) "), "\(name)")
        }
    }

    @Test("Health and readiness are told; other pages, acts and hosts are refused")
    func health() throws {
        let village = try Village()
        #expect(try village.foundSmall("a"))
        let (process, address, pages) = try observed(village, "a")
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        for path in ["/healthz", "/readyz"] {
            let (head, text) = try page(pages, path)
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(text == "serving at \(address), connected with nobody\n")
        }
        #expect(try page(pages, "/").head.hasPrefix("HTTP/1.1 404"))
        #expect(try page(pages, "/../replica.sqlite").head.hasPrefix("HTTP/1.1 404"))
        #expect(try page(pages, "/metrics", method: "POST").head.hasPrefix("HTTP/1.1 405"))
        #expect(try page(pages, "/metrics", host: "evil.example").head.hasPrefix("HTTP/1.1 403"))
        let head = try page(pages, "/metrics", method: "HEAD")
        #expect(head.head.hasPrefix("HTTP/1.1 200"))
        #expect(head.body.isEmpty)
    }

    @Test("A node that waits for its replica is healthy and not ready, and its measures are those that are known")
    func waiting() throws {
        let village = try Village()
        #expect(try village.foundSmall("a"))
        let (locker, key) = try village.lock("a")
        let port = try Shell.run(
            "python3",
            ["-c", "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"])
        let pages = "127.0.0.1:" + port.out.trimmingCharacters(in: .newlines)
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve", "--listen", "127.0.0.1:0", "--metrics", pages])
        var text = ""
        try waits {
            text = try page(pages, "/healthz").body
            return text.hasPrefix("waiting")
        }
        #expect(text.hasPrefix("waiting, for the replica was locked by another program"))
        #expect(try page(pages, "/readyz").head.hasPrefix("HTTP/1.1 503"))
        #expect(try page(pages, "/healthz").head.hasPrefix("HTTP/1.1 200"))
        #expect(try page(pages, "/metrics").body.contains("# TYPE caravan_conflicts_open gauge\n"))
        try key.close()
        locker.waitUntilExit()
        #expect(Shell.firstLine(of: out)?.hasPrefix("listening on") == true)
        #expect(Shell.firstLine(of: out) == "metrics on http://\(pages)/metrics")
        #expect(try page(pages, "/readyz").head.hasPrefix("HTTP/1.1 200"))
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("Other machines are not told: an address that is not this machine's loopback is refused")
    func loopback() throws {
        let village = try Village()
        #expect(try village.foundSmall("a"))
        for wrong in ["0.0.0.0:9410", "[::]:9410", "192.0.2.1:9410", "example.org:9410"] {
            let refused = try village.caravan("a", "serve", "--listen", "127.0.0.1:0", "--metrics", wrong)
            #expect(refused.status == 2, "\(wrong)")
            #expect(refused.err.contains("to this machine alone; write 127.0.0.1:PORT"), "\(refused.err)")
        }
        #expect(try village.caravan("a", "serve", "--metrics", "9410").status == 2)
    }
}
