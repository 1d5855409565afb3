import Hummingbird
import ReplicaModel
import SyncNode

/// All tables, with how many records each has.
enum RecordTablesPage {
    static func show(_ visit: Visit) async throws -> Response {
        let tally = try await visit.reader().tables.tally()
        return await visit.page(
            "tables", title: visit.text("place_records"), at: .records, ["tables": rows(tally.rows, visit)])
    }

    /// The tables in the order of the alliance's schema, others behind them by name.
    static func rows(_ counts: [Identifier: Int], _ visit: Visit) -> [Facts] {
        let known = RecordNames.tables.map(\.name).filter { counts[$0] != nil }
        let others = counts.keys.filter { !known.contains($0) }.sorted()
        return (known + others).map { name in
            var row: Facts = [
                "name": visit.labels.table(name), "link": RecordLink.list(name),
                "count": visit.language.text("n_records", count: counts[name] ?? 0),
            ]
            if let about = visit.labels.about(name) { row["about"] = about }
            return row
        }
    }
}
