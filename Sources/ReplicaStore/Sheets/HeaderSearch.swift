import ReplicaModel

/// Finds the header among the first rows of a file, below titles and beside a second row that belongs to it.
struct HeaderSearch {
    /// A header, with what stands behind it.
    struct Found {
        let header: SheetHeader
        let rows: [SheetRow]
        /// Sentences about a choice that was made.
        let notices: [String]
    }

    private let table: TableDefinition
    private let request: ImportRequest
    private var rows: [SheetRow] = []

    init(table: TableDefinition, request: ImportRequest) { (self.table, self.request) = (table, request) }

    /// The rows that may be a header.
    private static let headersMax = 20

    /// Takes the next row that is not empty.
    ///
    /// - Returns: whether enough is known to choose.
    mutating func take(_ row: SheetRow) -> Bool {
        if let line = request.headerLine {
            if row.line >= line { rows.append(row) }
            return !rows.isEmpty
        }
        rows.append(row)
        // The row below the last may be a second one of the header.
        return rows.count > Self.headersMax
    }

    /// - Throws: `wrongSQL` where no row is a header; `notFound` where an option names what is not there.
    func found() throws(StoreError) -> Found {
        if let line = request.headerLine {
            guard let row = rows.first, row.line == line else {
                throw .notFound("--header names line \(line), and nothing stands there")
            }
            let header = try header(row)
            guard header.named > 0 else { throw noHeader }
            return Found(header: header, rows: Array(rows.dropFirst()), notices: [])
        }
        var headers: [SheetHeader] = []
        for row in rows.prefix(Self.headersMax) { headers.append(try header(row)) }
        guard let first = headers.firstIndex(where: \.isLikely) ?? best(of: headers) else { throw noHeader }
        var (chosen, notices): (Int, [String]) = (first, [])
        for (index, other) in headers.enumerated().dropFirst(first + 1) where other.isLikely {
            let isBetter =
                index == chosen + 1 && other.words == headers[chosen].words && other.exact > headers[chosen].exact
            if other.words > headers[chosen].words || isBetter { chosen = index }
        }
        var (header, end) = (headers[chosen], chosen + 1)
        if chosen > first {
            notices = [
                "line \(header.line) names more columns than line \(headers[first].line), and is taken for the header"
            ]
        }
        if let pair = try pair(more: header.words) {
            (header, end) = (pair.header, pair.end)
            notices = ["lines \(header.line) and \(rows[end - 1].line) are taken together for the header"]
        } else if end < rows.count, try isNamesAlone(rows[end]) {
            notices.append("line \(rows[end].line) names columns as the header does, and is taken for a part of it")
            end += 1
        }
        return Found(header: header, rows: Array(rows[end...]), notices: notices)
    }

    private func header(_ row: SheetRow) throws(StoreError) -> SheetHeader {
        try SheetHeader(row, of: table, for: request)
    }

    /// The row that names most columns, where none names as many as it has other cells.
    private func best(of headers: [SheetHeader]) -> Int? {
        let most = headers.map(\.named).max() ?? 0
        return most == 0 ? nil : headers.firstIndex { $0.named == most }
    }

    /// Whether each cell of the row below a header names another column, as in a file with a header in two languages.
    private func isNamesAlone(_ row: SheetRow) throws(StoreError) -> Bool {
        let header = try header(row)
        let cells = row.cells.count { !$0.isBlank }
        return cells > 1 && header.words == cells && Set(header.columns.map(\.definition.name)).count == cells
    }

    /// The header of two rows that name more columns together than one of them does: a word that is merged over several
    /// columns, and below it what tells them apart.
    private func pair(more words: Int) throws(StoreError) -> (header: SheetHeader, end: Int)? {
        var best: (header: SheetHeader, end: Int)?
        for index in 0..<max(min(rows.count, Self.headersMax) - 1, 0) {
            let (row, places) = Self.joined(rows[index], rows[index + 1])
            guard !places.isEmpty else { continue }
            let header = try header(row)
            // What is no name of a column there is a cell of the first row of data.
            guard header.words > best?.header.words ?? words, places.isSubset(of: header.columns.map(\.place)) else {
                continue
            }
            best = (header, index + 2)
        }
        return best
    }

    /// A row of the words of both, and the places at which the second has words of its own.
    private static func joined(_ upper: SheetRow, _ lower: SheetRow) -> (row: SheetRow, places: Set<Int>) {
        var (cells, places, above): ([SheetCell], Set<Int>, [UInt8]) = ([], [], [])
        for place in 0..<max(upper.cells.count, lower.cells.count) {
            let own = place < upper.cells.count ? PlainText.trimmed(upper.cells[place].bytes) : []
            let below = place < lower.cells.count ? PlainText.trimmed(lower.cells[place].bytes) : []
            if !own.isEmpty { above = own }
            if below.isEmpty || below == own {
                cells.append(.text(own))
            } else {
                places.insert(place)
                cells.append(.text(above.isEmpty ? below : above + Array(" ".utf8) + below))
            }
        }
        return (SheetRow(line: upper.line, cells: cells), places)
    }

    private var noHeader: StoreError {
        if let first = rows.first, first.cells.count == 1, case .wrong(_, let reason?) = first.cells[0] {
            return .wrongSQL("line \(first.line) cannot be the header: \(reason)")
        }
        let first = rows.first.map { $0.cells.map { String(decoding: $0.bytes, as: UTF8.self) } } ?? []
        let shown = first.filter { !$0.isEmpty }.prefix(12).joined(separator: ", ")
        return .wrongSQL(
            first.isEmpty
                ? "the file has no rows: is it the right one, and the right sheet?"
                : """
                none of the first rows names columns of table \(table.name): the first has \(shown.prefix(400)); \
                its columns are \(table.columns.map(\.name).joined(separator: ", ")); map them with \
                --map HEADER=COLUMN
                """)
    }
}
