import ReplicaModel
import SQLiteAccess

/// The bytes that went through the node's sockets, by day and by month. Local to the node: never sealed.
struct TrafficBook {
    let transaction: Transaction

    /// Periods that are kept: two months with their days, and none for ever.
    private static let periodsMax = 64

    /// The bytes of each of these periods.
    ///
    /// - Parameter periods: `2026-11-29` or `2026-11`.
    func bytes(in periods: [String]) throws(StoreError) -> [Int] {
        var out: [Int] = []
        for period in periods {
            let value = try transaction.connection.value(
                "SELECT bytes FROM caravan_traffic WHERE period = ?1", [.text(period)])
            let count: Int64 = if case .integer(let count)? = value { count } else { 0 }
            out.append(Int(count))
        }
        return out
    }

    /// Adds bytes to each of these periods.
    func add(_ count: Int, to periods: [String]) throws(StoreError) {
        for period in periods {
            try transaction.connection.rows(
                "INSERT INTO caravan_traffic VALUES (?1, ?2) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes",
                [.text(period), .integer(Int64(count))])
        }
        try transaction.connection.rows(
            """
            DELETE FROM caravan_traffic WHERE period NOT IN (SELECT period FROM caravan_traffic ORDER BY period DESC \
            LIMIT ?1)
            """, [.integer(Int64(Self.periodsMax))])
    }
}
