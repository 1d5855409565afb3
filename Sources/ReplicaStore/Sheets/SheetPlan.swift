import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// The knowledge of a table and a header before the first row is read: which cell goes where, and how rows are
/// recognised.
struct SheetPlan {
    /// A column that is read from the file.
    struct Column {
        let place: Int
        let definition: ColumnDefinition
        let header: String
        let isKey: Bool
        let reader: ColumnReader
        /// The names, where the column alone refers to another row.
        let reference: ReferenceNames?
        /// Whether an empty cell of a new row is what the table puts there itself.
        let takesDefault: Bool

        /// Whether the cells name rows of a table.
        func refers(to table: TableState) -> Bool { reference?.target.name == table.name }
    }

    /// The way in which rows are recognised.
    enum Recognition {
        /// Columns that tell rows apart, as indexes in `columns`.
        case columns([Int])
        /// The whole row, for nothing in the file is unique.
        case wholeRow
    }

    /// The places in `columns` by which rows are recognised.
    var wanted: [Int] { if case .columns(let indexes) = recognition { indexes } else { Array(columns.indices) } }

    /// Whether rows are recognised by the key.
    var isRecognisedByKey: Bool { key.map { Set($0) == Set(wanted) } ?? false }

    let columns: [Column]
    let recognition: Recognition
    let finder: RowFinder
    /// Every UNIQUE of the table beside the key.
    let uniques: [IndexDefinition]
    /// The places of the key's columns in `columns`; nil where one is not in the file.
    let key: [Int]?

    init(
        _ header: SheetHeader, of table: TableState, for request: ImportRequest, uniques: [IndexDefinition],
        tables: [TableState], probe: CheckProbe, connection: Connection
    ) throws(StoreError) {
        let definition = table.definition
        var columns: [Column] = []
        for (number, found) in header.columns.enumerated() {
            let own = found.definition
            let link = definition.references.first { $0.columns == [own.name] }
            let target = link.flatMap { link in tables.first { $0.name == link.table } }
            columns.append(
                Column(
                    place: found.place, definition: own, header: found.header,
                    isKey: definition.key.contains(own.name),
                    reader: ColumnReader(
                        own, isStrict: definition.isStrict, isKey: definition.key.contains(own.name),
                        hasDecimalCommas: request.hasDecimalCommas, hasDaysFrom1904: request.hasDaysFrom1904,
                        passes: try probe.passes(own.name)),
                    reference: try target.map { (target) throws(StoreError) in
                        try ReferenceNames(of: target, number: number, connection: connection)
                    },
                    takesDefault: own.isNotNull && own.defaultExpression != nil))
        }
        self.columns = columns
        self.uniques = uniques
        let names = columns.map(\.definition.name)
        let keyPlaces = definition.key.compactMap { names.firstIndex(of: $0) }
        key = keyPlaces.count == definition.key.count ? keyPlaces : nil
        let (recognition, isIndexed) = try Self.recognition(names, key, definition, request, uniques)
        self.recognition = recognition
        let found = if case .columns(let indexes) = recognition { indexes } else { Array(columns.indices) }
        finder = try RowFinder(
            found.map { columns[$0].definition }, of: table, reading: columns.map(\.definition), isIndexed: isIndexed,
            number: 0, connection: connection)
    }

    /// Chooses the columns by which rows are recognised: those that a person named; else the key; else a UNIQUE; else
    /// all.
    private static func recognition(
        _ names: [Identifier], _ key: [Int]?, _ table: TableDefinition, _ request: ImportRequest,
        _ uniques: [IndexDefinition]
    ) throws(StoreError) -> (Recognition, isIndexed: Bool) {
        let indexed = uniques.filter { $0.condition == nil }.map { $0.parts.compactMap(\.column) }
        guard request.key.isEmpty else {
            var indexes: [Int] = []
            for column in request.key {
                guard let index = names.firstIndex(where: { $0.isSame(as: Identifier(column)) }) else {
                    let isThere = table.columns.contains { $0.name.isSame(as: Identifier(column)) }
                    let advice = Nearness.advice(for: column, among: table.columns.map(\.name))
                    throw .notFound(
                        isThere
                            ? "no column of the file stands for \(column), by which rows are to be recognised"
                            : """
                            table \(table.name) has no column \(column)\(advice) by which rows could be recognised
                            """)
                }
                if !indexes.contains(index) { indexes.append(index) }
            }
            let wanted = Set(indexes.map { names[$0] })
            return (.columns(indexes), wanted == Set(table.key) || indexed.contains { Set($0) == wanted })
        }
        if let key { return (.columns(key), true) }
        let unique = uniques.first { index in
            index.condition == nil && index.parts.allSatisfy { $0.column.map { names.contains($0) } ?? false }
        }
        if let unique {
            return (.columns(unique.parts.compactMap { part in names.firstIndex { $0 == part.column } }), true)
        }
        return (.wholeRow, false)
    }
}
