import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Finds the columns of a table as somebody made it that hold what nobody entered: the default of a column that was
/// dropped and added again, or that a rebuild left out when it copied the rows.
struct Unentered {
    let shape: EnteredTable
    let table: TableState
    /// Filled.
    let mirror: RowMirror
    /// The columns in the order that they had before.
    let order: [Identifier]
    let connection: Connection

    /// Rows of which nobody can tell whether somebody emptied a column or a program left it out.
    struct Doubtful {
        /// The SELECT that gives their keys and those columns, and what is bound in it.
        let rows: String
        let values: [Value]
        let columns: [Identifier]
    }

    /// The value that nobody entered of each of these places.
    func ofReadded(_ places: Set<Int>) throws(StoreError) -> [Int: Value] {
        var out: [Int: Value] = [:]
        for place in places.sorted() {
            if let column = shape.valueColumns[place] { out[place] = try Self.defaultValue(shape.columns[column]) }
        }
        return out
    }

    /// The value that nobody entered, by place, of columns that no row brought: of the rows that are known and in which
    /// nobody was seen to write the column, some have the default for another value, and none kept another.
    func ofLeftOut() throws(StoreError) -> [Int: Value] {
        var out: [Int: Value] = [:]
        for place in table.valueColumns.indices {
            guard let column = shape.valueColumns[place], let value = try lost(place, shape.columns[column]) else {
                continue
            }
            if try !finds(place, "NOT \(RowMirror.isSame("t.o\(place + 1)", "?1")) AND \(isKept(place))", value) {
                out[place] = value
            }
        }
        return out
    }

    /// The rows whose values in some of these columns give way to what the log has, though somebody may have entered
    /// them: the default there is that of the definition, so a column that he emptied looks the same.
    func doubtful(_ unentered: [Int: Value]) throws(StoreError) -> Doubtful? {
        let places = unentered.keys.sorted()
        let defaults = try DefaultValues.of(
            places.map { table.valueColumns[$0] }, added: Array(places.indices), isStrict: table.definition.isStrict)
        var columns: [Int] = []
        var terms: [String] = []
        var values: [Value] = []
        for (place, value) in zip(places, defaults) where unentered[place] == value {
            // NULL where the definition has none cannot be entered again.
            guard let column = shape.valueColumns[place], !(value.isNull && table.valueColumns[place].isNotNull) else {
                continue
            }
            let term = { (mark: Int) in "NOT \(isKept(place)) AND \(RowMirror.isSame(name(place), "?\(mark)"))" }
            guard try finds(place, term(1), value, amongAll: true) else { continue }
            columns.append(column)
            values.append(value)
            terms.append("(\(term(values.count)))")
        }
        return columns.isEmpty ? nil : doubtful(columns, where: terms, values)
    }

    /// The rows that have what CAST to the type there makes of the value that they had, where the type alone makes
    /// something else of it, and nobody was seen to write: a program copied so, or somebody entered it.
    ///
    /// - Parameter places: of columns that may have been copied so.
    func doubtfulCasts(_ places: [Int]) throws(StoreError) -> Doubtful? {
        var columns: [Int] = []
        var terms: [String] = []
        for place in places {
            guard let column = shape.valueColumns[place] else { continue }
            let cast = "CAST(k.o\(place + 1) AS \(RowMirror.type(shape.columns[column].affinity)))"
            let term = "NOT \(isKept(place)) AND \(RowMirror.isSame(name(place), cast)) AND \(isUnnoted(place))"
            guard try connection.value("SELECT 1 FROM \(known) AND \(term) LIMIT 1") != nil else { continue }
            columns.append(column)
            terms.append("(\(term))")
        }
        return columns.isEmpty ? nil : doubtful(columns, where: terms, [])
    }

    private func doubtful(_ columns: [Int], where terms: [String], _ values: [Value]) -> Doubtful {
        let names = (shape.keys.compactMap(\.self) + columns).map { "e.\(shape.columns[$0].name.quoted)" }
        return Doubtful(
            rows: "SELECT \(names.joined(separator: ", ")) FROM \(known) AND (\(terms.joined(separator: " OR ")))",
            values: values, columns: columns.map { shape.columns[$0].name })
    }

    private func lost(_ place: Int, _ column: EnteredTable.Column) throws(StoreError) -> Value? {
        guard let value = try Self.defaultValue(column) else { return nil }
        let isLost = "\(RowMirror.isSame(name(place), "?1")) AND NOT \(RowMirror.isSame("t.o\(place + 1)", "?1"))"
        if try finds(place, isLost, value) { return value }
        // Where a write is noted of every row, what was written may be the default.
        if try isAnother(place, column, value), try finds(place, isLost, value, amongAll: true) { return value }
        return try Self.isFixed(column) ? nil : computed(place, like: value)
    }

    /// Whether a column is hardly the one that was there, only made anew: it has a default that the definition has not,
    /// and another type or another place.
    private func isAnother(_ place: Int, _ column: EnteredTable.Column, _ value: Value) throws(StoreError) -> Bool {
        let isStrict = table.definition.isStrict
        let defined = table.valueColumns[place]
        guard try DefaultValues.of([defined], added: [0], isStrict: isStrict) != [value] else { return false }
        guard column.affinity == defined.affinity(isStrict: isStrict),
            let old = order.firstIndex(where: { $0.isSame(as: column.name) })
        else { return true }
        return shape.columns.prefix { !$0.name.isSame(as: column.name) }.contains { before in
            order[old...].containsSame(as: before.name)
        }
    }

    /// The value that a computed default came to: the same in all rows, for one statement copied them. Nil where there
    /// is no such value.
    private func computed(_ place: Int, like value: Value) throws(StoreError) -> Value? {
        let rows = try connection.rows("SELECT DISTINCT \(name(place)) COLLATE BINARY FROM \(rows(place)) LIMIT 2")
        guard rows.count == 1, let found = rows.first?.first else { return nil }
        return switch (found, value) {
        case (.text(let left), .text(let right)) where left.count == right.count: found
        default: nil
        }
    }

    private func finds(_ place: Int, _ condition: String, _ value: Value, amongAll: Bool = false) throws(StoreError)
        -> Bool
    {
        try connection.value("SELECT 1 FROM \(amongAll ? known : rows(place)) AND \(condition) LIMIT 1", [value]) != nil
    }

    /// Rows that are known.
    private var known: String {
        """
        \(shape.name.quoted) AS e JOIN \(mirror.typed) AS t ON \(mirror.isOne(shape)) JOIN \(mirror.known) AS k ON \
        k.row = t.row WHERE true
        """
    }

    /// Rows that are known and of which nothing else is noted than writes of other columns.
    private func rows(_ place: Int) -> String { "\(known) AND \(isUnnoted(place))" }

    private func isUnnoted(_ place: Int) -> String {
        let layout = PendingLayout(table)
        let mask = layout.mask(of: place)
        let names = layout.keyNames.joined(separator: ", ")
        let key = layout.keyNames.map { "k.\($0)" }.joined(separator: ", ")
        return
            "(\(key)) NOT IN (SELECT \(names) FROM \(layout.name) WHERE kind <> 1 OR \(mask.name) & \(mask.bit))"
    }

    private func name(_ place: Int) -> String {
        shape.valueColumns[place].map { "e.\(shape.columns[$0].name.quoted)" } ?? "NULL"
    }

    private func isKept(_ place: Int) -> String { RowMirror.isSame(name(place), "t.o\(place + 1)") }

    private static func isFixed(_ column: EnteredTable.Column) -> Bool {
        let words = SQLTokens.words(column.defaultText ?? "")
        return words.allSatisfy { !$0.hasPrefix("CURRENT_") && $0 != "(" }
    }

    /// The value that a column holds where no statement names it; nil where only another program can tell.
    private static func defaultValue(_ column: EnteredTable.Column) throws(StoreError) -> Value? {
        guard let text = column.defaultText else { return .null }
        let scratch = try Connection.scratch()
        for text in [text, "(\(text))"] {
            let sql = "CREATE TABLE t (id INTEGER, c \(RowMirror.type(column.affinity)) DEFAULT \(text))"
            guard (try? scratch.runOne(sql, under: .creating(table: "t"))) != nil else { continue }
            guard (try? scratch.run("INSERT INTO t(id) VALUES (1)")) != nil else { return nil }
            return try scratch.value("SELECT c FROM t")
        }
        return nil
    }
}
