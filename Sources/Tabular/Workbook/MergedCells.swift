import Foundation

/// The cells of a sheet that are merged downwards. A workbook gives the value to the first of them alone, and to a
/// person it stands in every row.
///
/// A sheet names them behind its rows, so its bytes are looked through once before it is read.
struct MergedCells {
    private struct Range {
        let rows: ClosedRange<Int>
        let column: Int
        var cell = Cell.empty
    }

    /// Ranges that have not begun, the first last.
    private var coming: [Range]
    /// By their columns: where two overlap, which no program lets people make, the later one counts.
    private var open: [Int: Range] = [:]

    /// The most ranges that are filled: more are no table that people made, and are left as they stand.
    static let rangesMax = 100_000

    init(_ stream: ZipStream) {
        let found = XMLEvents.attributes(of: "mergeCell", in: Self.list(stream)).compactMap { attributes in
            attributes["ref"].flatMap { Self.range($0) }
        }
        coming = found.count > Self.rangesMax ? [] : found.sorted { $0.rows.lowerBound > $1.rows.lowerBound }
    }

    private static let name = Array("mergeCells".utf8)
    /// More than as many ranges take.
    private static let bytesMax = 1 << 24
    /// More than a prefix of a namespace takes.
    private static let prefixMax = 64

    /// The element that lists the ranges, with what stands behind it; empty where the sheet has none.
    private static func list(_ stream: ZipStream) -> [UInt8] {
        var (bytes, isInList) = ([UInt8](), false)
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = stream.read(&block, maxLength: block.count)
            guard count > 0 else { return isInList ? bytes : [] }
            bytes += block[..<count]
            if isInList {
                if bytes.count > bytesMax { return [] }
            } else if let start = start(in: bytes) {
                bytes.removeFirst(start)
                isInList = true
            } else {
                // A name may be cut at the end of what has come.
                bytes.removeFirst(max(bytes.count - name.count - prefixMax, 0))
            }
        }
    }

    /// The place at which the element begins.
    private static func start(in bytes: [UInt8]) -> Int? {
        var from = 0
        while let place = place(of: name, in: bytes, from: from) {
            let tag = bytes[max(place - prefixMax, 0)..<place].lastIndex(of: UInt8(ascii: "<"))
            // A prefix may stand before the name, and nothing else.
            if let tag, place == tag + 1 || bytes[place - 1] == UInt8(ascii: ":"),
                bytes[tag..<place].allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") })
            {
                return tag
            }
            from = place + 1
        }
        return nil
    }

    private static func place(of pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { all in
            var start = start
            // The fourth letter is rare in a sheet, and found quickly.
            while let base = all.baseAddress, start + pattern.count <= all.count,
                let found = memchr(base + start + 3, Int32(pattern[3]), all.count - start - 3)
            {
                let place = UnsafeRawPointer(found) - base - 3
                if all[place...].starts(with: pattern) { return place }
                start = place + 1
            }
            return nil
        }
    }

    /// The range that a reference such as `A2:B9` names; nil for one of a single row.
    private static func range(_ text: String) -> Range? {
        let corners = text.split(separator: ":")
        guard corners.count == 2, let column = SheetReader.column(String(corners[0])),
            let first = row(corners[0]), let last = row(corners[1]), first < last
        else { return nil }
        return Range(rows: first...last, column: column)
    }

    private static func row(_ corner: Substring) -> Int? { Int(corner.drop { $0.isLetter }) }

    /// The row with what stands in it by the cells above; one that is empty stays so.
    mutating func filled(_ row: Row) -> Row {
        guard !coming.isEmpty || !open.isEmpty else { return row }
        for (column, range) in open where range.rows.upperBound < row.line { open[column] = nil }
        var cells = row.cells
        if cells.contains(where: { $0 != .empty }) {
            for range in open.values where range.column >= cells.count || cells[range.column] == .empty {
                if range.cell == .empty { continue }
                if cells.count <= range.column {
                    cells += [Cell](repeating: .empty, count: range.column + 1 - cells.count)
                }
                cells[range.column] = range.cell
            }
        }
        while let next = coming.last, next.rows.lowerBound <= row.line {
            coming.removeLast()
            var range = next
            if range.rows.lowerBound == row.line, range.column < row.cells.count {
                range.cell = row.cells[range.column]
            }
            open[range.column] = range
        }
        return Row(line: row.line, cells: cells)
    }
}
