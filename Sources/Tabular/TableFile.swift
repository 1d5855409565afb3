import Foundation

/// A file that holds a table: a text whose cells stand between delimiters, or a workbook. What it is its bytes say, not
/// its name.
package struct TableFile {
    /// The choices that a person makes; what is nil is found out.
    package struct Choices: Sendable {
        package var encoding: String?
        package var delimiter: Delimiter?
        package var sheet: String?

        package init(encoding: String? = nil, delimiter: Delimiter? = nil, sheet: String? = nil) {
            self.encoding = encoding
            self.delimiter = delimiter
            self.sheet = sheet
        }
    }

    private enum Content {
        /// - namesDelimiter: the first line does, and is no row.
        case text(FileBytes, TextEncoding, Delimiter, namesDelimiter: Bool)
        case workbook(Workbook, Workbook.Sheet)
    }

    private let content: Content

    /// Opens a file, and finds out what it is.
    ///
    /// - Throws: `unreadable`, `otherKind`, `unknownEncoding`, `doubtfulEncoding`, `noSheet`, `damaged`.
    package init(path: String, choices: Choices = .init()) throws(TabularError) {
        let file = try FileBytes(path: path)
        let head = try file.read(at: 0, count: OtherFormat.headLength)
        if let kind = OtherFormat.name(ofFileBeginning: head) { throw .otherKind(path: path, kind: kind) }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            let workbook = try Workbook(path: path)
            content = .workbook(workbook, try workbook.sheet(named: choices.sheet))
            return
        }
        let encoding =
            if let name = choices.encoding { try TextEncoding(named: name) } else {
                try EncodingDetector.encoding(of: file)
            }
        let begin = Array(try DecodedText(file, encoding: encoding).next().prefix(1 << 16))
        let named = Delimiter.named(in: begin)
        content = .text(
            file, encoding, choices.delimiter ?? named ?? .detected(in: begin), namesDelimiter: named != nil)
    }

    /// The name of the encoding; nil for a workbook.
    package var encoding: String? { if case .text(_, let encoding, _, _) = content { encoding.name } else { nil } }

    /// Nil for a workbook.
    package var delimiter: Delimiter? { if case .text(_, _, let delimiter, _) = content { delimiter } else { nil } }

    /// The name of the sheet; nil for a text.
    package var sheet: String? { if case .workbook(_, let sheet) = content { sheet.name } else { nil } }

    /// Whether a short row lacks cells: a workbook leaves out the empty ones at the end of a row, a text does not.
    package var hasWholeRows: Bool { if case .text = content { true } else { false } }

    /// Whether the file is a workbook that counts days from 1904 on.
    package var hasDaysFrom1904: Bool {
        if case .workbook(let book, _) = content { book.counting == .from1904 } else { false }
    }

    /// Reads every row, empty ones too.
    ///
    /// - Parameter take: takes a row, and how much of the file was read when it was, from 0 to 1.
    /// - Throws: `TabularError`, and what `take` throws.
    package func forEach(_ take: (Row, _ done: Double) throws -> Void) throws {
        switch content {
        case .workbook(let workbook, let sheet): try workbook.forEachRow(of: sheet, take)
        case .text(let file, let encoding, let delimiter, let namesDelimiter):
            var reader = DelimitedReader(
                try DecodedText(file, encoding: encoding), delimiter: delimiter, encoding: encoding)
            if namesDelimiter { _ = try reader.next() }
            while let row = try reader.next() { try take(row, Double(reader.offset) / Double(max(file.size, 1))) }
        }
    }
}
