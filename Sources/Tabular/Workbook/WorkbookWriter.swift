import CXLSXWriter
import Foundation

/// Writes a workbook of one sheet, row by row, in constant memory.
package final class WorkbookWriter {
    private let path: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private var row: UInt32 = 0

    /// - Parameter sheetName: shortened, and without what no sheet's name may have.
    /// - Throws: `unwritable`.
    package init(path: String, sheetName: String) throws(TabularError) {
        self.path = path
        let temporary = NSTemporaryDirectory()
        let opened = temporary.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard let opened, let added = workbook_add_worksheet(opened, Self.name(sheetName)) else {
            throw .unwritable(path: path, reason: "the workbook could not be begun")
        }
        workbook = opened
        sheet = added
    }

    deinit { if let workbook { workbook_close(workbook) } }

    private static func name(_ text: String) -> String {
        let plain = String(text.unicodeScalars.filter { !"[]:*?/\\'".unicodeScalars.contains($0) && $0.value >= 32 })
        // Programs count in units of UTF-16, of which a character has two at most.
        return plain.isEmpty ? "table" : String(plain.unicodeScalars.prefix(15).map(Character.init))
    }

    /// Writes the next row.
    ///
    /// - Throws: `tooMuch` for more than 1,048,576 rows, 16,384 columns, or a text of more than 32,767 characters.
    package func write(_ cells: [Cell]) throws(TabularError) {
        guard row < Self.rowsMax else { throw .tooMuch("more than \(Self.rowsMax) rows") }
        guard cells.count <= Self.columnsMax else { throw .tooMuch("more than \(Self.columnsMax) columns") }
        for (index, cell) in cells.enumerated() {
            let column = UInt16(index)
            let code: lxw_error
            switch cell {
            case .empty: continue
            case .number(let text):
                code = worksheet_write_number(sheet, row, column, Double(text) ?? 0, nil)
            case .flag(let flag): code = worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, nil)
            case .date(let text): code = worksheet_write_string(sheet, row, column, text, nil)
            case .text(let bytes), .wrong(let bytes, _):
                guard
                    bytes.count <= Self.charactersMax
                        || String(decoding: bytes, as: UTF8.self).utf16.count
                            <= Self.charactersMax
                else { throw .tooMuch("a text of more than \(Self.charactersMax) characters, as in row \(row + 1)") }
                let text = StringCollector.escaped(String(decoding: bytes, as: UTF8.self))
                code = worksheet_write_string(sheet, row, column, text, nil)
            }
            guard code == LXW_NO_ERROR else {
                throw .tooMuch("a cell of row \(row + 1) (\(String(cString: lxw_strerror(code))))")
            }
        }
        row += 1
    }

    private static let (rowsMax, columnsMax, charactersMax) = (UInt32(1_048_576), 16_384, 32_767)

    /// Writes the file.
    package func finish() throws(TabularError) {
        guard let workbook else { return }
        self.workbook = nil
        let code = workbook_close(workbook)
        guard code == LXW_NO_ERROR else {
            throw .unwritable(path: path, reason: String(cString: lxw_strerror(code)))
        }
    }
}
