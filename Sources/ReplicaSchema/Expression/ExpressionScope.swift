import ReplicaModel

/// The columns that an expression may read, each with what is known of its values.
final class ExpressionScope {
    private let columns: [ColumnDefinition]
    /// The places of the columns by their folded names; empty until something reads a column.
    private var places: [Identifier: Int] = [:]
    /// The results of generated columns that are known, by their places.
    private var known: [Int: ExpressionResult] = [:]
    /// The generated columns that are being looked at, each read by the one before it.
    private var path: [Int] = []

    /// Generated columns that read generated columns: SQLite computes the whole chain anew for each that is asked for.
    static let chainMax = 8

    private let isStrict: Bool

    /// - Parameter table: nil for no columns.
    init(_ table: TableDefinition?) {
        columns = table?.columns ?? []
        isStrict = table?.isStrict ?? false
    }

    func has(_ name: Identifier) -> Bool { place(of: name) != nil }

    /// The result that a column gives.
    func column(_ name: Identifier) throws(ExpressionRefusal) -> ExpressionResult {
        guard let place = place(of: name) else {
            throw ExpressionRefusal("cannot be read: no such column: \(name.text.prefix(80))")
        }
        return columns[place].generated == nil
            ? ExpressionResult(column: affinity(at: place), at: place) : try generated(at: place)
    }

    /// The result that the generated column at a place gives.
    func generated(at place: Int) throws(ExpressionRefusal) -> ExpressionResult {
        if let result = known[place] { return result }
        guard let expression = columns[place].generated?.expression else {
            return ExpressionResult(column: affinity(at: place), at: place)
        }
        guard !path.contains(place) else {
            throw ExpressionRefusal("reads itself: a generated column is made of others")
        }
        guard path.count < Self.chainMax else {
            throw ExpressionRefusal(
                """
                reads generated columns that read generated columns, more than \(Self.chainMax) deep: read the columns \
                that they are made of
                """
            )
        }
        path.append(place)
        defer { path.removeLast() }
        let rules = ExpressionRules(use: .computed, scope: self)
        let result = try rules.stored(try ExpressionParser.result(of: expression, rules), as: affinity(at: place))
        known[place] = result
        return result
    }

    private func affinity(at place: Int) -> Affinity { columns[place].affinity(isStrict: isStrict) }

    private func place(of name: Identifier) -> Int? {
        if places.isEmpty, !columns.isEmpty {
            for (place, column) in columns.enumerated() where places[column.name.folded] == nil {
                places[column.name.folded] = place
            }
        }
        return places[name.folded]
    }
}
