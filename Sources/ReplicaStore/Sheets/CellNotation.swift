import Foundation
import ReplicaModel

/// The way in which values of SQLite stand in the cells of a spreadsheet, so that a table that is exported and imported
/// again is the same, class by class.
///
/// A cell without a value is NULL. A text stands as it is, unless reading it so would come to another value, or a
/// spreadsheet program would take it for a formula: then an apostrophe stands before it, and all behind that is the
/// text. The apostrophe alone is the empty text. A blob is `x'00FF'`; bytes in a text that are no UTF-8, or no
/// character that a file can hold, make it `CAST(x'FF' AS TEXT)`; an integer that a column of dates would take for one
/// is `CAST(20240212 AS INTEGER)`; an infinity is `9e999`. A real always has a point or an exponent, and an
/// exponent where its column is for integers.
enum CellNotation {
    /// Whether `'` before a text says that the rest is the text.
    static func isMarked(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first else { return true }
        if first == apostrophe { return isMarked(rest.dropFirst()) }
        return acts(rest) || PlainText.trimmed(Array(rest)).count != rest.count || isError(rest)
            || literal(Array(rest)) != nil || NumberText.read(Array(rest), hasDecimalCommas: false) != nil
    }

    static let apostrophe: UInt8 = 0x27

    /// Whether a spreadsheet program takes a cell that begins so for a formula: with `=`, `+`, `-`, `@`, or the
    /// full-width form of one, or with a tab or a line end, which some leave out.
    private static func acts(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        if [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D].contains(first) { return true }
        guard first == 0xEF else { return false }
        return ["＝", "＋", "－", "＠"].contains { text.starts(with: $0.utf8) }
    }

    /// An error as spreadsheet programs of any language write it where they should write a value: `#REF!`, `#ИМЯ?` and
    /// the like, `Err:502`, and the signs that a program shows of a value too long for its column.
    static func isError(_ text: some Collection<UInt8>) -> Bool {
        guard let first = text.first, [0x23, 0x45, 0x65, 0xD0, 0xE9].contains(first), text.count <= errorBytesMax else {
            return false
        }
        let text = String(decoding: text, as: UTF8.self)
        guard first == 0x23 else {
            return errorHeads.contains { head in
                text.hasPrefix(head) && text.dropFirst(head.count).utf8.count == 3
                    && text.dropFirst(head.count).utf8.allSatisfy { $0 &- 0x30 < 10 }
            }
        }
        if errors.contains(text) || text.count > 2 && text.allSatisfy({ $0 == "#" }) { return true }
        let word = text.unicodeScalars.dropFirst().dropLast()
        return ["!", "?"].contains(text.last) && word.count > 2
            && word.allSatisfy { $0.properties.isUppercase || "/_0123456789".unicodeScalars.contains($0) }
            && word.contains { $0.properties.isUppercase }
    }

    /// Longer than any that a program writes.
    private static let errorBytesMax = 64

    /// Those that do not end with a sign: as Excel writes them, and LibreOffice before a number of three digits.
    private static let errors: Set<String> = [
        "#N/A", "#Н/Д", "#NV", "#GETTING_DATA", "#ОЖИДАНИЕ_ДАННЫХ", "#BUSY", "#ERROR",
    ]
    private static let errorHeads = ["Err:", "err:", "Ошибка:", "Ошиб:", "错误:", "错误："]

    /// Whether the cell is an infinity.
    static func isInfinity(_ bytes: [UInt8]) -> Bool { ["9e999", "-9e999"].contains { $0.utf8.elementsEqual(bytes) } }

    /// The value of `x'00FF'` or `CAST(x'FF' AS TEXT)`; nil for any other text.
    static func literal(_ bytes: [UInt8]) -> Value? {
        guard bytes.last == apostrophe || bytes.last == 0x29 else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        if let blob = blob(text[...]) { return .blob(blob) }
        if text.hasPrefix(castHead), text.hasSuffix(castNumberTail),
            let integer = Int64(text.dropFirst(castHead.count).dropLast(castNumberTail.count))
        {
            return .integer(integer)
        }
        guard text.hasPrefix(castHead), text.hasSuffix(castTail),
            let blob = blob(text.dropFirst(castHead.count).dropLast(castTail.count))
        else { return nil }
        return .text(blob)
    }

    private static let (castHead, castTail, castNumberTail) = ("CAST(", " AS TEXT)", " AS INTEGER)")

    private static func blob(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count >= 3, text.hasPrefix("x'") || text.hasPrefix("X'"), text.hasSuffix("'") else {
            return nil
        }
        return [UInt8](hex: text.dropFirst(2).dropLast())
    }

    /// The cell of a value of a column.
    ///
    /// - Parameter reader: of that column; nil for a value of a query, whose text is marked only where it would act.
    static func cell(_ value: Value, _ reader: ColumnReader?) -> SheetCell {
        switch value {
        case .null: return .empty
        case .integer(let integer):
            if reader?.isDay ?? false, reader?.read(.number(String(integer))).value != value {
                return .text("\(castHead)\(integer)\(castNumberTail)")
            }
            // What a double cannot hold no spreadsheet program can.
            return integer.magnitude <= 1 << 53 ? .number(String(integer)) : .text(String(integer))
        case .real(let real): return cell(real, reader)
        case .blob(let bytes): return .text("x'\(bytes.hex)'")
        case .text(let bytes):
            guard isPlain(bytes) else { return .text("\(castHead)x'\(bytes.hex)'\(castTail)") }
            let isSafe: Bool
            if let reader {
                isSafe = !acts(bytes[...]) && reader.read(.text(bytes)).value == value
            } else {
                isSafe = !acts(bytes[...]) && !bytes.isEmpty
            }
            return .text(isSafe ? bytes : [apostrophe] + bytes)
        }
    }

    /// Whether every file can hold the text: UTF-8 without NUL and without the two scalars that no XML has.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else { return false }
        return !bytes.indices.contains { index in
            bytes[index] == 0xEF && bytes[index...].starts(with: [0xEF, 0xBF])
                && (index + 2 < bytes.count && bytes[index + 2] >= 0xBE)
        }
    }

    private static func cell(_ real: Double, _ reader: ColumnReader?) -> SheetCell {
        guard real.isFinite else { return .text(real < 0 ? "-9e999" : "9e999") }
        let text = "\(real)"
        if reader?.kind == .integer { return .text(text.contains("e") ? text : text + "e0") }
        if reader?.kind == .any, Int64(exactly: real) != nil { return .text(text) }
        // A workbook is written with sixteen digits, which is one less than some numbers need.
        return Double(String(format: "%.16G", real)) == real ? .number(text) : .text(text)
    }
}
