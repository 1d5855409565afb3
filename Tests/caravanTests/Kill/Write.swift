/// Write of the siege.
struct Write {
    enum Place: Hashable {
        /// A row that only one node writes.
        case own(String)
        /// A row that every node writes.
        case shared(String, by: String)
        /// Rows, many in one transaction: all of them are there or none.
        case many(String)
    }

    let place: Place
    /// Nil: the row is deleted.
    let value: String?
    /// The value that must be unique among the rows that everybody writes, and will not be; nil: it is left as it was.
    var room: Int? = nil

    /// The random bytes in each of many rows: with the greater number they are more than what a session takes into
    /// memory, and travel through the file.
    var width = 60
    static let widthOfLarge = 2000

    static let manyCount = 1500

    static let schema = """
        CREATE TABLE own (id TEXT NOT NULL PRIMARY KEY, v TEXT);
        CREATE TABLE shared (id TEXT NOT NULL PRIMARY KEY, v TEXT, room INT);
        CREATE UNIQUE INDEX shared_room ON shared(room);
        CREATE TABLE many (batch TEXT NOT NULL, i INTEGER NOT NULL, v TEXT, PRIMARY KEY (batch, i));
        """

    var sql: String {
        switch (place, value) {
        case (.own(let id), let value?):
            "INSERT INTO own(id, v) VALUES ('\(id)', '\(value)') ON CONFLICT DO UPDATE SET v = excluded.v"
        case (.own(let id), nil): "DELETE FROM own WHERE id = '\(id)'"
        case (.shared(let id, _), let value):
            """
            INSERT INTO shared(id, v, room) VALUES ('\(id)', '\(value ?? "")', \(room.map(String.init) ?? "NULL")) \
            ON CONFLICT(id) DO UPDATE SET v = excluded.v, room = coalesce(excluded.room, room)
            """
        case (.many(let batch), _):
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(Self.manyCount)) \
            INSERT INTO many(batch, i, v) SELECT '\(batch)', i, hex(randomblob(\(width))) FROM n
            """
        }
    }
}

/// The values that each place may hold by what was said of the writes to it: what was acknowledged, or what came later
/// and was killed.
struct Acknowledged {
    /// The values that a place may hold, nil for no row. A place that is absent was never written.
    private(set) var possible: [Write.Place: [String?]] = [:]
    private(set) var acknowledged = 0

    mutating func note(_ write: Write, isAcknowledged: Bool) {
        if isAcknowledged {
            acknowledged += 1
            possible[write.place] = [write.value]
        } else {
            possible[write.place, default: [nil]].append(write.value)
        }
    }
}
