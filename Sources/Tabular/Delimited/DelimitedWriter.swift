/// Writes rows as RFC 4180 has them, in UTF-8, each ended with LF.
package struct DelimitedWriter {
    private let delimiter: UInt8
    private var bytes: [UInt8]
    private let write: ([UInt8]) throws -> Void

    /// - Parameters:
    ///   - hasMark: begins with the mark by which spreadsheet programs know UTF-8.
    ///   - write: takes the bytes, block by block.
    package init(delimiter: Delimiter = .comma, hasMark: Bool, to write: @escaping ([UInt8]) throws -> Void) {
        self.delimiter = delimiter.rawValue
        self.write = write
        bytes = hasMark ? TextEncoding.utf8.mark : []
    }

    package mutating func write(_ cells: [[UInt8]]) throws {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            // A row of one empty cell would be an empty line, which is no row.
            if cells.count == 1, cell.isEmpty { bytes += [0x22, 0x22] } else { append(cell) }
        }
        bytes.append(10)
        if bytes.count >= Self.blockBytes { try finish() }
    }

    private static let blockBytes = 1 << 16

    private mutating func append(_ cell: [UInt8]) {
        guard cell.contains(where: { $0 == delimiter || $0 == 0x22 || $0 == 10 || $0 == 13 }) else {
            bytes += cell
            return
        }
        bytes.append(0x22)
        for byte in cell {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// Writes what is left.
    package mutating func finish() throws {
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
