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

    /// Bytes of a header that are looked at.
    private static let nameBytesMax = 1_000

    let line: Int
    let columns: [Column]
    let unknown: [Unknown]
    /// The cells of the header up to its last that has a value, or is mapped by its place.
    let width: Int
    /// The places without a header that no option speaks of.
    let unnamed: Set<Int>
    /// Places behind the header's last cell that an option names.
    let beyond: Set<Int>
    /// The headers and places that `--map` names and the file does not have.
    private let absent: [String]
    private let headers: [String]

    /// - Throws: `notFound` where an option names a column that the table lacks; `wrongSQL` where two headers mean one
    ///   column.
    init(_ row: SheetRow, of table: TableDefinition, for request: ImportRequest) throws(StoreError) {
        // What is longer names no column: it is a record's, before the header was found.
        let names = row.cells.map { cell in
            let name = PlainText.trimmed(cell.bytes)
            return name.count > Self.nameBytesMax ? Array(name.prefix(Self.nameBytesMax)) : name
        }
        let headers = names.map { String(decoding: $0, as: UTF8.self) }
        let matching = HeaderMatching(table: table, request: request, headers: headers)
        var (columns, unknown): ([Column], [Unknown]) = ([], [])
        var doubtful: [(place: Int, header: String, among: [ColumnDefinition])] = []
        var (unnamed, known): (Set<Int>, Set<Int>) = ([], [])
        for place in matching.places {
            let header = place < headers.count ? headers[place] : ""
            switch try matching.column(of: header, at: place) {
            case .column(let definition): columns.append(Column(place: place, definition: definition, header: header))
            case .oneOf(let definitions): doubtful.append((place, header, definitions))
            case .leftOut: known.insert(place)
            case .unknown(let advice):
                if header.isEmpty {
                    unnamed.insert(place)
                } else {
                    unknown.append(Unknown(place: place, header: header, advice: advice))
                }
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
        self.headers = headers
        let named = headers.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
        let width = max(named, (columns.map(\.place) + known).max().map { $0 + 1 } ?? 0)
        self.width = width
        self.unnamed = unnamed.filter { $0 < width }
        beyond = Set(columns.map(\.place).filter { $0 >= headers.count })
        absent = matching.absent
        let worded = columns.filter { !$0.header.isEmpty && !matching.isPlaced($0.place) }
        words = worded.count
        exact = worded.count { $0.definition.name.isSame(as: Identifier($0.header)) }
    }

    /// Columns that are named by words in the row, and not by an option for their places.
    let words: Int
    /// Those that are named by the very name of the column.
    let exact: Int

    /// The columns that their headers name, and not their places alone.
    var named: Int { columns.count { !$0.header.isEmpty } }

    /// Whether the row is the header rather than a title above it: at least half of its cells name columns.
    var isLikely: Bool { named > 0 && named >= unknown.count }

    /// - Throws: `wrongSQL` where two headers mean one column; `notFound` where `--map` names a header that is none.
    func check() throws(StoreError) {
        if let header = absent.first {
            let shown = headers.filter { !$0.isEmpty }.prefix(20).joined(separator: ", ")
            throw .notFound(
                "--map names \(header), and the file has no such column: its headers are \(shown.prefix(400))")
        }
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
