import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

struct At: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at", abstract: "Query the replica as it was.",
        discussion: """
            WHEN is a time as `log` prints it, RFC 3339, YYYY-MM-DD, a duration back such as 7d, or a version vector \
            as `status --json` prints it. The log up to there is \
            folded into a replica of its own, on which the SQL runs; it can only read.

            EXAMPLE
              caravan at 7d -- "SELECT title_en FROM project"
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The time, or a version vector in JSON.")
    var when: String

    @Argument(help: "What to run.")
    var sql: [String]

    func run() async throws {
        let opened = try await node.open()
        let (instant, vector) = try extent()
        let rows = SQLRows(isJSON: report.json)
        let bar = ProgressBar()
        try await opened.reports.query(
            sql.joined(separator: " "), at: instant, vector: vector,
            progress: { bar.show(done: $0, of: $1, "changesets folded") }
        ) { names, values in
            rows.add(names, values)
        }
        bar.clear()
        rows.finish()
    }

    private func extent() throws(NodeError) -> (Int64?, [String: UInt64]?) {
        if when.hasPrefix("{") {
            guard let vector = try? JSONDecoder().decode([String: UInt64].self, from: Data(when.utf8)) else {
                throw NodeError(kind: .usage, message: "the version vector cannot be read: write {\"<feed>\": 12, …}")
            }
            return (nil, vector)
        }
        guard let instant = Times.instant(when, now: Times.now) else {
            throw NodeError(
                kind: .usage,
                message: "\(when) is no time: write 2026-05-12T08:00:00Z, 2026-05-12, 7d, or a version vector in JSON")
        }
        return (instant, nil)
    }
}
