import Foundation
import Testing

/// The benchmark, run small: whether it measures all that it should, never how long anything takes.
@Suite("The benchmark")
struct BenchmarkTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Builds it in a folder of its own, which no other build waits for, and runs it.
    private func run(
        _ arguments: [String], command: String = Shell.command, environment: [String: String] = [:]
    ) throws -> Shell.Outcome {
        let place = { (path: String) in Self.root.appendingPathComponent(path).path }
        let package = ["--package-path", place("Tests/Benchmarks"), "--scratch-path", place(".build/benchmarks")]
        return try Shell.run(
            "swift", ["run", "--quiet"] + package + ["benchmarks", "--caravan", command] + arguments,
            environment: environment)
    }

    @Test("It takes every figure, and the receiving node holds the rows that it holds on every machine")
    func all() throws {
        let outcome = try run(["--rows", "300", "--runs", "1", "--json"])
        #expect(outcome.status == 0, "\(outcome.err)")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
        let figures = report["figures"] as? [[String: Any]] ?? []
        let names = [
            "cell", "exchange", "exchange-updates", "idle", "insert", "lists", "many", "seal", "singles", "size",
            "start",
            "update", "verify", "wire",
        ]
        #expect(Set(figures.compactMap { $0["name"] as? String }).sorted() == names)
        for figure in figures { #expect(figure["median"] is Double, "\(figure)") }
        #expect(report["rowsHeld"] as? Int == 900)
        #expect(report["hash"] as? String == "03e09bbf69466e03")
    }

    @Test("What it printed of several runs is drawn, a panel for each ratio, and what is no report is named")
    func plot() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["a<b", "second"].map { folder.appendingPathComponent("\($0).json").path }
        for (file, median) in zip(files, [1.5, 3]) {
            try Data(
                """
                {"rows": 1, "runs": 1, "cache": 1, "hash": "", "rowsHeld": 1, "figures": [
                {"name": "seal", "measure": "cpu", "unit": "ratio", "median": \(median), "min": 1, "max": 3,
                "amount": 1, "amountUnit": "seconds"},
                {"name": "wire", "measure": "bytes up", "unit": "bytes", "median": 1, "min": 1, "max": 1,
                "amount": 1, "amountUnit": "bytes"}]}
                """.utf8
            ).write(to: URL(fileURLWithPath: file))
        }
        let drawn = try run(["--plot"] + files)
        #expect(drawn.status == 0, "\(drawn.err)")
        #expect(drawn.out.contains("<title>a&lt;b: 1.50</title>"))
        #expect(drawn.out.contains("<title>second: 3.00</title>"))
        #expect(drawn.out.contains(">seal: cpu<"))
        #expect(!drawn.out.contains("bytes up"))
        let other = folder.appendingPathComponent("other.json").path
        try Data("{}".utf8).write(to: URL(fileURLWithPath: other))
        let refused = try run(["--plot", other])
        #expect(refused.status == 1)
        #expect(refused.err.contains("other.json is no report"))
    }

    @Test("A command that fails ends it with status 1 and one sentence, and nothing is left of it")
    func failure() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try run(["--rows", "10", "--runs", "1"], command: "false", environment: ["TMPDIR": folder.path])
        #expect(outcome.status == 1)
        #expect(outcome.err.contains("`false --home author init"), "\(outcome.err)")
        #expect(outcome.out.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.filter { $0.hasPrefix("caravan") } == [])
    }
}
