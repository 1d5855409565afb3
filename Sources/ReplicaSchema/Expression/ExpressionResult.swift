import ReplicaModel

/// The knowledge of the values that an expression gives, without computing any.
struct ExpressionResult {
    /// Storage classes. NULL may always be.
    struct Classes: OptionSet {
        let rawValue: Int

        static let integer = Classes(rawValue: 1)
        static let real = Classes(rawValue: 2)
        static let text = Classes(rawValue: 4)
        static let blob = Classes(rawValue: 8)
        static let any: Classes = [.integer, .real, .text, .blob]
    }

    /// How long a value may be.
    struct Size {
        /// The part that is counted in lengths of the longest value that a column holds.
        var columns: Int
        /// The bytes beside those lengths.
        var bytes: Int
        /// The same lengths by the place of the column in the table.
        var lengths: [Int: Int] = [:]

        /// A number, also as text.
        static let number = Size(columns: 0, bytes: 24)

        static func column(at place: Int) -> Size { Size(columns: 1, bytes: 24, lengths: [place: 1]) }

        static func + (l: Size, r: Size) -> Size {
            Size(
                columns: l.columns + r.columns, bytes: l.bytes + r.bytes,
                lengths: l.lengths.merging(r.lengths, uniquingKeysWith: +))
        }

        static func * (l: Size, factor: Int) -> Size {
            Size(columns: l.columns * factor, bytes: l.bytes * factor, lengths: l.lengths.mapValues { $0 * factor })
        }

        func union(_ other: Size) -> Size {
            Size(
                columns: max(columns, other.columns), bytes: max(bytes, other.bytes),
                lengths: lengths.merging(other.lengths) { max($0, $1) })
        }
    }

    var classes: Classes
    /// The affinity with which it is compared; nil for none.
    var affinity: Affinity?
    var size: Size
    /// The cost of computing it.
    var cost: ExpressionCost
    /// The value, if it is a literal.
    var literal: Value?
    /// Whether the expression is TRUE or FALSE, as a word: behind IS that asks for what the other side is taken for.
    var isTruth = false
    /// The magnitude that its numbers do not pass, in either direction; nil if any number may be.
    var bound: Double?

    init(
        _ classes: Classes, affinity: Affinity? = nil, size: Size = .number, cost: ExpressionCost = ExpressionCost(),
        bound: Double? = nil
    ) {
        self.classes = classes
        self.affinity = affinity
        self.size = size
        self.cost = cost
        self.bound = bound
    }

    init(literal value: Value) {
        switch value {
        case .null: self.init([], bound: 0)
        case .integer(let integer): self.init(.integer, bound: Double(integer).magnitude)
        case .real(let real): self.init(.real, bound: real.magnitude)
        case .text(let bytes): self.init(.text, size: Size(columns: 0, bytes: bytes.count))
        case .blob(let bytes): self.init(.blob, size: Size(columns: 0, bytes: bytes.count))
        }
        literal = value
    }

    /// The result that the column at a place gives that is stored with this affinity.
    init(column affinity: Affinity, at place: Int) {
        self.init(column: affinity, size: .column(at: place), cost: .column(at: place))
        cost.steps = 1
    }

    /// The same of a column of which it is known how long its values are. An INTEGER column counts as one of integers.
    init(column affinity: Affinity, size: Size, cost: ExpressionCost) {
        let classes: Classes
        switch affinity {
        case .integer: classes = [.integer, .blob]
        case .real: classes = [.real, .blob]
        case .numeric: classes = [.integer, .real, .blob]
        case .text: classes = [.text, .blob]
        case .blob: classes = .any
        }
        self.init(classes, affinity: affinity, size: size, cost: cost)
    }

    /// The same where it is a value that is made, with what that costs.
    var made: ExpressionResult {
        var out = self
        out.cost.make(size)
        return out
    }

    /// One of several, whichever it is.
    static func either(_ results: [ExpressionResult]) -> ExpressionResult {
        var out = ExpressionResult([], size: .init(columns: 0, bytes: 0))
        out.bound = results.contains { $0.bound == nil } ? nil : results.compactMap(\.bound).max()
        for result in results {
            out.classes.formUnion(result.classes)
            out.size = out.size.union(result.size)
            out.cost += result.cost
        }
        return out
    }
}
