import ReplicaModel
import SQLiteAccess

/// Reads a table and the same table of another replica side by side, in the order of their keys.
struct RowComparison {
    enum Difference {
        /// A row that is there and not here: its key, and its other values by place.
        case missing([Value], [Value])
        /// A row that is here and not there.
        case unknown([Value])
        /// A row that shows other values here in these columns, by place.
        case other([Value], [Int])
    }

    private let here: Statement
    private let there: Statement
    private let keyCount: Int
    private var mine: [Value]?
    private var other: [Value]?

    init(of table: TableState, here: Transaction, there: Transaction) throws(StoreError) {
        let keys = table.keyColumns.map(\.name.quoted)
        let names = (keys + table.valueColumns.map(\.name.quoted)).joined(separator: ", ")
        let sql = "SELECT \(names) FROM \(table.name.quoted) ORDER BY \(keys.joined(separator: ", "))"
        (self.here, self.there) = (try here.connection.prepare(sql), try there.connection.prepare(sql))
        keyCount = table.keyColumns.count
        mine = try Self.row(self.here)
        other = try Self.row(self.there)
    }

    private static func row(_ rows: Statement) throws(StoreError) -> [Value]? { try rows.step() ? rows.row : nil }

    /// Goes on to the next difference; nil at the end.
    mutating func next() throws(StoreError) -> Difference? {
        while mine != nil || other != nil {
            let (left, right) = (mine.map(key), other.map(key))
            if let left, left == right {
                let columns = differing()
                mine = try Self.row(here)
                other = try Self.row(there)
                if !columns.isEmpty { return .other(left, columns) }
            } else if let left, right.map({ left.lexicographicallyPrecedes($0) }) ?? true {
                mine = try Self.row(here)
                return .unknown(left)
            } else if let row = other, let right {
                other = try Self.row(there)
                return .missing(right, Array(row.dropFirst(keyCount)))
            }
        }
        return nil
    }

    private func key(_ row: [Value]) -> [Value] { Array(row.prefix(keyCount)) }

    private func differing() -> [Int] {
        guard let mine, let other else { return [] }
        return (keyCount..<mine.count).filter { mine[$0] != other[$0] }.map { $0 - keyCount }
    }
}
