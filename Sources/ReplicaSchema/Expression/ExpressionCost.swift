import ReplicaModel

/// The cost of computing expressions for one row, as far as it hangs on how long the row's values are.
///
/// SQLite reads a value each time that its column is named, and keeps room for each value that it makes until the row
/// is written: what single expressions may cost says nothing of a table that has many.
struct ExpressionCost {
    /// Operators, calls and columns.
    var steps = 0
    /// How often each column is named, by its place in the table.
    private(set) var named: [Int: Int] = [:]
    /// The length of all texts and blobs that are made, in lengths of each column, by its place.
    private(set) var made: [Int: Int] = [:]
    /// The bytes that are made beside those lengths.
    private(set) var madeBytes = 0

    /// People name a column some tens of times, in all checks together.
    static let namedMax = 512
    /// A chain that puts one letter for another, over an alphabet, in a generated column that an index keeps, makes
    /// some seventy.
    static let madeMax = 96
    static let madeBytesMax = 16 << 20

    /// Whether nothing is read or made.
    var isNothing: Bool { named.isEmpty && madeBytes == 0 }

    /// The cost of naming a column.
    static func column(at place: Int) -> ExpressionCost {
        var out = ExpressionCost()
        out.named[place] = 1
        return out
    }

    /// Adds what it costs to make a value.
    mutating func make(_ size: ExpressionResult.Size) {
        made.merge(size.lengths, uniquingKeysWith: +)
        madeBytes += size.bytes
    }

    static func += (left: inout ExpressionCost, right: ExpressionCost) {
        left.steps += right.steps
        left.named.merge(right.named, uniquingKeysWith: +)
        left.made.merge(right.made, uniquingKeysWith: +)
        left.madeBytes += right.madeBytes
    }

    /// Why a table cannot have expressions that cost so much together; nil if it can.
    func refusal(of table: Identifier) -> String? {
        if named.values.contains(where: { $0 > Self.namedMax }) {
            return
                """
                the checks, generated columns and indexes of table \(table) name a column more than \(Self.namedMax) \
                times in all: write fewer or simpler ones
                """
        }
        guard made.values.contains(where: { $0 > Self.madeMax }) || madeBytes > Self.madeBytesMax else { return nil }
        return
            """
            the checks, generated columns and indexes of table \(table) make texts, by || and functions, that may come to \
            more than \(Self.madeMax) times the length of a column in all: write fewer or simpler ones
            """
    }
}
