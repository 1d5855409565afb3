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

        /// A number, also as text.
        static let number = Size(columns: 0, bytes: 24)
        static let column = Size(columns: 1, bytes: 24)

        static func + (l: Size, r: Size) -> Size { Size(columns: l.columns + r.columns, bytes: l.bytes + r.bytes) }
        static func * (l: Size, factor: Int) -> Size { Size(columns: l.columns * factor, bytes: l.bytes * factor) }

        func union(_ other: Size) -> Size { Size(columns: max(columns, other.columns), bytes: max(bytes, other.bytes)) }
    }

    var classes: Classes
    /// The affinity with which it is compared; nil for none.
    var affinity: Affinity?
    var size: Size
    /// Operators, calls and columns that are computed for it.
    var steps: Int
    /// The value, if it is a literal.
    var literal: Value?
    /// Whether the expression is TRUE or FALSE, as a word: behind IS that asks for what the other side is taken for.
    var isTruth = false
    /// The magnitude that its numbers do not pass, in either direction; nil if any number may be.
    var bound: Double?

    init(_ classes: Classes, affinity: Affinity? = nil, size: Size = .number, steps: Int = 0, bound: Double? = nil) {
        self.classes = classes
        self.affinity = affinity
        self.size = size
        self.steps = steps
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

    /// The result that a column gives that is stored with this affinity. An INTEGER column counts as one of integers.
    init(column affinity: Affinity, size: Size = .column, steps: Int = 1) {
        let classes: Classes
        switch affinity {
        case .integer: classes = [.integer, .blob]
        case .real: classes = [.real, .blob]
        case .numeric: classes = [.integer, .real, .blob]
        case .text: classes = [.text, .blob]
        case .blob: classes = .any
        }
        self.init(classes, affinity: affinity, size: size, steps: steps)
    }

    /// One of several, whichever it is.
    static func either(_ results: [ExpressionResult]) -> ExpressionResult {
        var out = ExpressionResult([], size: .init(columns: 0, bytes: 0))
        out.bound = results.contains { $0.bound == nil } ? nil : results.compactMap(\.bound).max()
        for result in results {
            out.classes.formUnion(result.classes)
            out.size = out.size.union(result.size)
            out.steps += result.steps
        }
        return out
    }
}
