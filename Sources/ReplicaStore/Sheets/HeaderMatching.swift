import ReplicaModel

/// Matches the headers of a file with the columns of a table: what is written alike stands for each other before what
/// only reads alike.
struct HeaderMatching {
    enum Match {
        case column(ColumnDefinition)
        /// Several columns may be meant.
        case oneOf([ColumnDefinition])
        case leftOut
        case unknown(advice: String?)
    }

    private let table: TableDefinition
    private let request: ImportRequest
    private let headers: [String]
    /// The places of the file that may stand for a column: those of the header, and in a workbook, whose rows end with
    /// their last value, those that an option names.
    let places: [Int]

    init(table: TableDefinition, request: ImportRequest, headers: [String]) {
        (self.table, self.request, self.headers) = (table, request, headers)
        let more = request.hasWholeRows ? [] : request.map.compactMap { Self.place($0.header) }
        places = Set(headers.indices).union(more).sorted()
    }

    /// No file has more columns.
    static let placesMax = 16_384

    /// The place that `#3` names, counted from 0; nil for a header.
    private static func place(_ given: String) -> Int? {
        guard given.hasPrefix("#"), let number = Int(given.dropFirst()), (1...placesMax).contains(number) else {
            return nil
        }
        return number - 1
    }

    private var writable: [ColumnDefinition] { table.columns.filter { $0.generated == nil } }

    /// The headers that are mapped and that the file does not have.
    var absent: [String] {
        request.map.map(\.header).filter { given in
            if headers.contains(given) || Self.place(given).map({ places.contains($0) }) ?? false { return false }
            let folded = SheetHeader.folded(given)
            return folded.isEmpty || !headers.contains { SheetHeader.folded($0) == folded }
        }
    }

    func column(of header: String, at place: Int) throws(StoreError) -> Match {
        if let column = mapped(header, place) { return try target(column) }
        guard !header.isEmpty else { return .unknown(advice: nil) }
        let folded = SheetHeader.folded(header)
        // What is mapped by its very header stands for that one alone. Signs alone fold to nothing, which is like
        // nothing.
        let alike = request.map.first {
            !folded.isEmpty && !headers.contains($0.header) && SheetHeader.folded($0.header) == folded
        }
        if let alike { return try target(alike.column) }
        if let found = table.columns.first(where: { $0.name.isSame(as: Identifier(header)) }) {
            return found.generated == nil ? .column(found) : .leftOut
        }
        guard !folded.isEmpty else { return .unknown(advice: nil) }
        let read = writable.filter { SheetHeader.folded($0.name.text) == folded }
        if !read.isEmpty { return read.count == 1 ? .column(read[0]) : .oneOf(read) }
        let named = writable.filter { isNamed($0, folded, in: request.names) }
        if named.count == 1 { return .column(named[0]) }
        let meant = writable.filter { isNamed($0, folded, in: request.words) }
        if meant.count == 1 { return .column(meant[0]) }
        if !meant.isEmpty { return .oneOf(meant) }
        if table.columns.contains(where: { SheetHeader.folded($0.name.text) == folded }) { return .leftOut }
        let nearest = Nearness.nearest(to: folded, among: writable.map { SheetHeader.folded($0.name.text) })
        return .unknown(advice: writable.first { SheetHeader.folded($0.name.text) == nearest }?.name.text)
    }

    /// The column that an option gives to the very header, or to the place; nil where none speaks of it.
    private func mapped(_ header: String, _ place: Int) -> String? {
        request.map.first { given, _ in given == header && !header.isEmpty || Self.place(given) == place }?.column
    }

    /// Whether an option speaks of the place, whatever stands there.
    func isPlaced(_ place: Int) -> Bool { request.map.contains { Self.place($0.header) == place } }

    private func target(_ column: String) throws(StoreError) -> Match {
        if column.isEmpty { return .leftOut }
        guard let found = writable.first(where: { $0.name.isSame(as: Identifier(column)) }) else {
            let names = table.columns.map(\.name).joined(separator: ", ")
            let advice = Nearness.advice(for: column, among: table.columns.map(\.name))
            throw .notFound(
                "table \(table.name) has no column \(column)\(advice) to map to: its columns are \(names)")
        }
        return .column(found)
    }

    private func isNamed(_ column: ColumnDefinition, _ folded: String, in words: [String: [String]]) -> Bool {
        (words[column.name.folded.text] ?? []).contains { SheetHeader.folded($0) == folded }
    }
}
