import SQLiteAccess

/// The number of rows and the sum of their hashes: the same for the same rows in whatever order they are read.
///
/// The hash is Swift's, whose key is drawn anew in each process: rows that differ have the same sum by one chance in
/// 2^64, and nobody can make any that have.
struct RowSum: Equatable {
    private var count = 0
    private var sum: UInt64 = 0

    /// Reads all rows of a statement.
    init(of rows: Statement) throws(StoreError) {
        let columns = rows.columnCount
        while try rows.step() {
            var hasher = Hasher()
            for column in 0..<columns { Self.add(rows.cell(at: column), to: &hasher) }
            count += 1
            sum &+= UInt64(bitPattern: Int64(hasher.finalize()))
        }
    }

    private static func add(_ cell: RowCell, to hasher: inout Hasher) {
        switch cell {
        case .null: hasher.combine(0)
        case .integer(let integer):
            hasher.combine(1)
            hasher.combine(integer)
        case .real(let real):
            hasher.combine(2)
            hasher.combine(real.bitPattern)
        case .text(let bytes), .blob(let bytes):
            if case .text = cell { hasher.combine(3) } else { hasher.combine(4) }
            // Or bytes could move from one value to the next.
            hasher.combine(bytes.count)
            hasher.combine(bytes: bytes)
        }
    }
}
