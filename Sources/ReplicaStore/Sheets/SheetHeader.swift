import ReplicaModel

/// The row of a spreadsheet that names its columns, matched with those of a table.
struct SheetHeader {
    /// A column of the file that is one of the table.
    struct Column {
        /// The place of the cell in a row; the first is 0.
        let place: Int
        let definition: ColumnDefinition
        /// The header as the file has it.
        let header: String
    }

    /// A header that names no column of the table.
    struct Unknown {
        let place: Int
        let header: String
        /// The column that may be meant.
        let advice: String?
    }

    let line: Int
    let columns: [Column]
    let unknown: [Unknown]
    /// The cells of the header up to its last that has a value.
    let width: Int

    /// - Throws: `notFound` where an option names a column that the table lacks; `wrongSQL` where two headers mean one
    ///   column.
    init(_ row: SheetRow, of table: TableDefinition, for request: ImportRequest) throws(StoreError) {
        let names = row.cells.map { PlainText.trimmed($0.bytes) }
        let headers = names.map { String(decoding: $0, as: UTF8.self) }
        let matching = Matching(table: table, request: request)
        var (columns, unknown): ([Column], [Unknown]) = ([], [])
        var doubtful: [(place: Int, header: String, among: [ColumnDefinition])] = []
        for (place, header) in headers.enumerated() where !header.isEmpty {
            switch try matching.column(of: header, at: place) {
            case .column(let definition): columns.append(Column(place: place, definition: definition, header: header))
            case .oneOf(let definitions): doubtful.append((place, header, definitions))
            case .leftOut: break
            case .unknown(let advice): unknown.append(Unknown(place: place, header: header, advice: advice))
            }
        }
        // A word for several columns means the one that no other header stands for.
        for (place, header, among) in doubtful {
            let left = among.filter { column in !columns.contains { $0.definition.name == column.name } }
            if left.count == 1 {
                columns.append(Column(place: place, definition: left[0], header: header))
            } else {
                unknown.append(Unknown(place: place, header: header, advice: among[0].name.text))
            }
        }
        columns.sort { $0.place < $1.place }
        unknown.sort { $0.place < $1.place }
        line = row.line
        self.unknown = unknown
        self.columns = columns
        width = headers.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    }

    /// Whether the row is the header rather than a title above it: at least half of its cells name columns.
    var isLikely: Bool { !columns.isEmpty && columns.count >= unknown.count }

    /// - Throws: `wrongSQL` where two headers mean one column.
    func check() throws(StoreError) {
        for (index, column) in columns.enumerated() {
            if let other = columns[..<index].first(where: { $0.definition.name == column.definition.name }) {
                throw .wrongSQL(
                    """
                    columns \(other.place + 1) (\(other.header)) and \(column.place + 1) (\(column.header)) of the file \
                    both stand for \(column.definition.name): name one of them with --map '#\(column.place + 1)=COLUMN', \
                    or leave it out with --map '#\(column.place + 1)='
                    """)
            }
        }
    }

    private enum Match {
        case column(ColumnDefinition)
        /// Several columns may be meant.
        case oneOf([ColumnDefinition])
        case leftOut
        case unknown(advice: String?)
    }

    private struct Matching {
        let table: TableDefinition
        let request: ImportRequest

        var writable: [ColumnDefinition] { table.columns.filter { $0.generated == nil } }

        func column(of header: String, at place: Int) throws(StoreError) -> Match {
            let folded = SheetHeader.folded(header)
            for (given, column) in request.map
            where given == "#\(place + 1)" || given == header || SheetHeader.folded(given) == folded {
                if column.isEmpty { return .leftOut }
                guard let found = writable.first(where: { $0.name.isSame(as: Identifier(column)) }) else {
                    let names = table.columns.map(\.name).joined(separator: ", ")
                    let advice = Nearness.advice(for: column, among: table.columns.map(\.name))
                    throw .notFound(
                        "table \(table.name) has no column \(column)\(advice) to map to: its columns are \(names)")
                }
                return .column(found)
            }
            if let found = writable.first(where: { SheetHeader.folded($0.name.text) == folded }) {
                return .column(found)
            }
            let named = writable.filter { isNamed($0, folded, in: request.names) }
            if named.count == 1 { return .column(named[0]) }
            let meant = writable.filter { isNamed($0, folded, in: request.words) }
            if meant.count == 1 { return .column(meant[0]) }
            if !meant.isEmpty { return .oneOf(meant) }
            if table.columns.contains(where: { SheetHeader.folded($0.name.text) == folded }) { return .leftOut }
            let nearest = Nearness.nearest(to: folded, among: writable.map { SheetHeader.folded($0.name.text) })
            return .unknown(advice: writable.first { SheetHeader.folded($0.name.text) == nearest }?.name.text)
        }

        private func isNamed(_ column: ColumnDefinition, _ folded: String, in words: [String: [String]]) -> Bool {
            (words[column.name.folded.text] ?? []).contains { SheetHeader.folded($0) == folded }
        }
    }

    /// A header or a name of a column without case, width, blanks and what stands between words.
    static func folded(_ text: String) -> String {
        var out = ""
        for scalar in NameFold.light(Array(text.utf8)).unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
        {
            out.unicodeScalars.append(scalar)
        }
        return out
    }
}
