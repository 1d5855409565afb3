import ReplicaModel
import SQLiteAccess

/// Lets what refers to one row refer to another of its table, as merging two rows needs.
struct ReferenceMove {
    let table: TableState
    let state: ReplicaState
    /// Runs a statement on the connection that writes, and returns its first row.
    let run: (String, [Value]) throws(StoreError) -> [Value]?

    /// - Throws: `wrongSQL`, with the two that a person has to merge first, where a row that refers to the one and a row
    ///   that refers to the other would be equal in a UNIQUE.
    func move(from key: [Value], to other: [Value]) throws(StoreError) {
        for link in state.references.to(table.id) {
            guard let source = state.table(id: link.source) else { continue }
            let sets = link.columns.enumerated().map { "\($1.quoted) = ?\($0 + 1 + key.count)" }
            let term = link.columns.enumerated().map { "\($1.quoted) = ?\($0 + 1)" }
            do {
                _ = try run(
                    """
                    UPDATE \(source.name.quoted) SET \(sets.joined(separator: ", ")) WHERE \
                    \(term.joined(separator: " AND "))
                    """, key + other)
            } catch {
                guard case .sqlite(let code, _, _) = error, code & 0xFF == ResultCode.constraintFailed,
                    let (left, right) = try equal(in: source, by: link.columns, key, other)
                else { throw error }
                throw .wrongSQL(
                    """
                    rows \(left.sentenceText) and \(right.sentenceText) of \(source.name) would then be equal in a \
                    UNIQUE: merge those first, by `caravan resolve` with --merge-into
                    """
                )
            }
        }
    }

    /// The keys of two rows that differ, of what is unique there, in nothing but which of the two rows they refer to.
    private func equal(
        in source: TableState, by link: [Identifier], _ key: [Value], _ other: [Value]
    ) throws(StoreError) -> ([Value], [Value])? {
        let indexes = state.indexes.map(\.definition).filter { index in
            index.isUnique && index.table == source.name && index.condition == nil
                && index.parts.allSatisfy { $0.column != nil }
        }
        let keys = source.keyColumns.map(\.name)
        for unique in indexes.map({ $0.parts.compactMap(\.column) }) + [keys] {
            guard unique.contains(where: { link.containsSame(as: $0) }) else { continue }
            let rest = unique.filter { !link.containsSame(as: $0) }.map { "a.\($0.quoted) = b.\($0.quoted)" }
            let sides = ["a", "b"].enumerated().flatMap { side, name in
                link.enumerated().map { "\(name).\($1.quoted) = ?\($0 + 1 + side * link.count)" }
            }
            let names = ["a", "b"].flatMap { name in keys.map { "\(name).\($0.quoted)" } }
            let table = source.name.quoted
            let found = try run(
                """
                SELECT \(names.joined(separator: ", ")) FROM \(table) AS a, \(table) AS b WHERE \
                \((sides + rest).joined(separator: " AND ")) LIMIT 1
                """, key + other)
            if let found { return (Array(found.prefix(keys.count)), Array(found.dropFirst(keys.count))) }
        }
        return nil
    }
}
