/// Reads the rows of a text whose cells stand between delimiters, as RFC 4180 has them and as spreadsheet programs
/// write them: lines end with LF, CRLF or CR; a cell in quotes may hold all three, and a quote doubled.
///
/// A stream of its own, so that a file of any size passes through little memory, bytes stay bytes, and every row knows
/// its line.
struct DelimitedReader {
    private let text: DecodedText
    private let delimiter: UInt8
    private let encodingName: String
    private var buffer: [UInt8] = []
    /// The place in the buffer at which the next row begins.
    private var start = 0
    private var line = 1
    private var isAtEnd = false

    init(_ text: DecodedText, delimiter: Delimiter, encoding: TextEncoding) {
        self.text = text
        self.delimiter = delimiter.rawValue
        encodingName = encoding.name
    }

    /// The bytes of the file that were read.
    var offset: Int { text.offset }

    /// The next row, an empty line too; nil at the end.
    mutating func next() throws(TabularError) -> Row? {
        var scan = Scan()
        while true {
            switch scan.run(buffer, from: start, delimiter: delimiter, isAtEnd: isAtEnd) {
            case .row(let end):
                let cells =
                    scan.isTooWide
                    ? [.wrong("the line has more than \(Self.cellsMax) cells")] : scan.cells.map(cell)
                let row = Row(line: line, cells: cells)
                line += scan.lines
                start = end
                return row
            case .end:
                return nil
            case .openQuote:
                return try badLine("a quotation mark that nothing closes")
            case .more:
                guard buffer.count - start < Self.rowBytesMax else {
                    return try badLine("more than 64 MiB in a line, or behind a quotation mark that nothing closes")
                }
                scan = Scan()
                try fill()
            }
        }
    }

    /// Larger than any row that a replica holds, so nothing sound is refused for it.
    private static let rowBytesMax = 1 << 26
    /// As many as a row of a workbook has.
    fileprivate static let cellsMax = 16_384

    private mutating func fill() throws(TabularError) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        // A row that is longer than what was read is read again from its beginning, so each time twice as much is read.
        let wanted = max(min(buffer.count, Self.rowBytesMax + 1 - buffer.count), 1)
        var read = 0
        while read < wanted {
            let block = try text.next()
            if block.isEmpty {
                isAtEnd = true
                return
            }
            read += block.count
            buffer += block
        }
    }

    /// A line with a quote that nothing closes: it alone is lost, and the next is read as if it had ended.
    private mutating func badLine(_ reason: String) throws(TabularError) -> Row {
        let row = Row(line: line, cells: [.wrong(reason)])
        var end = buffer[start...].firstIndex { $0 == 10 || $0 == 13 } ?? buffer.count
        while end == buffer.count, !isAtEnd {
            (buffer, start) = ([], 0)
            try fill()
            end = buffer.firstIndex { $0 == 10 || $0 == 13 } ?? buffer.count
        }
        start = min(end + 1, buffer.count)
        if end < buffer.count, buffer[end] == 13, start < buffer.count, buffer[start] == 10 { start += 1 }
        line += 1
        return row
    }

    private func cell(_ bytes: [UInt8]) -> Cell {
        if bytes.isEmpty { return .empty }
        guard bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil else {
            return .text(bytes)
        }
        return .wrong(bytes, reason: "bytes that are no \(encodingName)")
    }

    /// Passes once over the bytes of a row.
    private struct Scan {
        enum Outcome {
            /// A row, and where the next begins.
            case row(end: Int)
            case more, end, openQuote
        }

        var cells: [[UInt8]] = []
        /// Whether there were more cells than are kept.
        var isTooWide = false
        /// The line ends within the row and at its end.
        var lines = 0

        mutating func run(_ buffer: [UInt8], from start: Int, delimiter: UInt8, isAtEnd: Bool) -> Outcome {
            if start == buffer.count { return isAtEnd ? .end : .more }
            var index = start
            while true {
                var cell: [UInt8] = []
                if index < buffer.count, buffer[index] == 0x22 {
                    guard let after = quoted(buffer, from: index + 1, into: &cell) else {
                        return isAtEnd ? .openQuote : .more
                    }
                    index = after
                }
                let plain = index
                while index < buffer.count, buffer[index] != delimiter, buffer[index] != 10, buffer[index] != 13 {
                    index += 1
                }
                cell += buffer[plain..<index]
                // Whether a CR is followed by a LF, or a quote by another, is known only with the next byte.
                if index + 1 >= buffer.count, !isAtEnd { return .more }
                if cells.count < DelimitedReader.cellsMax { cells.append(cell) } else { isTooWide = true }
                if index == buffer.count { return .row(end: index) }
                index += 1
                if buffer[index - 1] == delimiter { continue }
                if buffer[index - 1] == 13, index < buffer.count, buffer[index] == 10 { index += 1 }
                lines += 1
                return .row(end: index)
            }
        }

        /// The place behind the closing quote; nil where there is none.
        private mutating func quoted(_ buffer: [UInt8], from start: Int, into cell: inout [UInt8]) -> Int? {
            var (index, begin) = (start, start)
            while index < buffer.count {
                switch buffer[index] {
                case 0x22:
                    cell += buffer[begin..<index]
                    guard index + 1 < buffer.count, buffer[index + 1] == 0x22 else { return index + 1 }
                    index += 1
                    begin = index
                case 10: lines += 1
                case 13: if index + 1 < buffer.count, buffer[index + 1] != 10 { lines += 1 }
                default: break
                }
                index += 1
            }
            return nil
        }
    }
}
