import ReplicaModel

/// Reads the cells of one column: what each comes to in a table, or why it cannot be meant.
struct ColumnReader {
    enum Kind: Sendable {
        case text, integer, real, numeric
        /// A column that keeps every class as it is.
        case any
    }

    /// The result of reading a cell.
    enum Reading: Equatable {
        case value(Value)
        case refused(String)

        var value: Value? { if case .value(let value) = self { value } else { nil } }
    }

    let kind: Kind
    private let column: ColumnDefinition
    private let isStrict: Bool
    private let isKey: Bool
    private let hasDecimalCommas: Bool
    private let hasDaysFrom1904: Bool
    /// Whether the column holds days in ISO 8601.
    let isDay: Bool
    /// Whether the checks that speak of this column alone let a value pass; nil where there are none.
    private let passes: ((Value) -> Bool)?
    /// Whether the column takes texts beside numbers, as one of a type such as DATETIME does.
    private let takesTexts: Bool

    /// Whether an apostrophe always says that the rest is the text: where a plain text may come to something else.
    private var isAlwaysMarked: Bool { kind != .text && kind != .any || isDay || passes != nil }

    init(
        _ column: ColumnDefinition, isStrict: Bool, isKey: Bool, hasDecimalCommas: Bool = false,
        hasDaysFrom1904: Bool = false, passes: ((Value) -> Bool)? = nil
    ) {
        self.column = column
        self.isStrict = isStrict
        self.isKey = isKey
        self.hasDecimalCommas = hasDecimalCommas
        self.hasDaysFrom1904 = hasDaysFrom1904
        self.passes = passes
        let type = column.type.asciiUppercased
        switch Affinity(declared: column.type) {
        case _ where isStrict && type == "ANY": kind = .any
        case .text: kind = .text
        case .integer: kind = .integer
        case .real: kind = .real
        case .numeric: kind = .numeric
        case .blob: kind = .any
        }
        takesTexts = type.contains("DATE") || type.contains("TIME")
        let isDeclared = type.contains("DATE") && !type.contains("TIME")
        // A check that takes a day of ISO 8601, and the same day in no other spelling, is the check of a date.
        let isChecked =
            passes.map { $0(.text("2024-02-12")) && !$0(.text("12.02.2024")) && !$0(.text("2024-02-12T08:30:00Z")) }
        isDay = isChecked ?? isDeclared
    }

    /// The value of a cell, as the table then holds it.
    func read(_ cell: SheetCell) -> Reading {
        let reading = plain(cell)
        guard case .value(let value) = reading else { return reading }
        guard !value.isNull, let refusal = column.refusal(of: value, isStrict: isStrict, isKey: isKey) else {
            return reading
        }
        return .refused(refusal)
    }

    private func plain(_ cell: SheetCell) -> Reading {
        switch cell {
        case .empty: return .value(.null)
        case .wrong(let bytes, let reason):
            return .refused(reason ?? Self.errorReason(bytes))
        case .flag(let flag):
            return kind == .text ? .value(.text(flag ? "TRUE" : "FALSE")) : .value(.integer(flag ? 1 : 0)).in(kind)
        case .date(let text):
            guard kind == .text || kind == .any || kind == .numeric else {
                return .refused("\(text) is a date, and the column takes numbers")
            }
            return spelled(.text(text))
        case .number(let text): return number(text)
        case .text(let bytes): return text(bytes)
        }
    }

    private static func errorReason(_ bytes: [UInt8]) -> String {
        "\(String(decoding: bytes, as: UTF8.self)) is an error of a spreadsheet program, and no value"
    }

    /// A number of a workbook.
    private func number(_ text: String) -> Reading {
        guard let real = Double(text) else { return .refused("it is no number") }
        // Programs write a double's seventeen digits where fewer tell it.
        let shortest = real.wholeNumber.map { String($0) } ?? "\(real)"
        let exact = Int64(text).map { String($0) } ?? shortest
        if isDay, case .day(let day)? = DateText.read(Array(exact.utf8), isFrom1904: hasDaysFrom1904) {
            return .value(.text(day))
        }
        if kind == .text { return spelled(.text(exact)) }
        if let integer = Int64(exact) { return Reading.value(.integer(integer)).in(kind) }
        if kind == .integer, real.wholeNumber == nil { return .refused(Self.noInteger(real)) }
        return Reading.value(.real(real)).in(kind)
    }

    private func text(_ bytes: [UInt8]) -> Reading {
        let trimmed = PlainText.trimmed(bytes)
        guard !trimmed.isEmpty else { return .value(.null) }
        if trimmed[0] == CellNotation.apostrophe {
            let rest = bytes.drop { $0 != CellNotation.apostrophe }.dropFirst()
            // What stands before the mark is no part of the text; what stands behind it all is.
            if isAlwaysMarked || CellNotation.isMarked(rest) { return .value(.text(Array(rest))) }
        }
        if let value = CellNotation.literal(trimmed) { return .value(value) }
        if CellNotation.isError(trimmed) {
            return .refused(Self.errorReason(trimmed))
        }
        switch kind {
        case .text: return spelled(.text(trimmed))
        case .any: return any(trimmed)
        case .integer, .real, .numeric: return number(trimmed)
        }
    }

    /// A column of no type takes for a number only what is written as SQLite writes one.
    private func any(_ bytes: [UInt8]) -> Reading {
        let text = String(decoding: bytes, as: UTF8.self)
        switch NumberText.read(bytes, hasDecimalCommas: false) {
        case .integer(let integer) where String(integer) == text: return .value(.integer(integer))
        case .real(let real, _) where "\(real)" == text || CellNotation.isInfinity(bytes): return .value(.real(real))
        default: return .value(.text(bytes))
        }
    }

    private func number(_ bytes: [UInt8]) -> Reading {
        if isDay, DateText.read(bytes) != nil { return spelled(.text(bytes)) }
        switch NumberText.read(bytes, hasDecimalCommas: hasDecimalCommas) {
        case .integer(let integer): return Reading.value(.integer(integer)).in(kind)
        case .real(let real, _) where !real.isFinite && !CellNotation.isInfinity(bytes):
            return .refused(Self.noDouble)
        case .tooLarge where kind == .real:
            let real = Double(String(decoding: bytes, as: UTF8.self)) ?? .infinity
            return real.isFinite ? .value(.real(real)) : .refused(Self.noDouble)
        case .tooLarge: return .refused("it is larger than an integer of 64 bits")
        case .ambiguous(let sentence): return .refused(sentence)
        case .real(let real, let hasExponent): return self.real(real, hasExponent: hasExponent)
        case nil:
            if isDay { return spelled(.text(bytes)) }
            return kind == .numeric && takesTexts
                ? .value(.text(bytes)) : .refused("it is no number, which the column takes")
        }
    }

    /// Reads a number. An exponent in a column of integers says that a real is meant; a whole number with one is what a
    /// program showed of a longer number.
    private func real(_ real: Double, hasExponent: Bool) -> Reading {
        guard kind == .integer else { return Reading.value(.real(real)).in(kind) }
        switch (real.wholeNumber, hasExponent) {
        case (let integer?, false): return .value(.integer(integer))
        case (nil, true): return .value(.real(real))
        case (nil, false): return .refused(Self.noInteger(real))
        case (_?, true):
            return .refused("a spreadsheet program has shortened it: write all of its digits")
        }
    }

    private static let noDouble = "it is larger than any number that a table holds"

    private static func noInteger(_ real: Double) -> String {
        real == real.rounded()
            ? "it is larger than an integer of 64 bits" : "it has decimals, and the column takes integers"
    }

    /// A text as the column's checks want it: a day in ISO 8601, a word in the case of the list.
    private func spelled(_ value: Value) -> Reading {
        guard case .text(let bytes) = value else { return .value(value) }
        if isDay, passes?(value) != true || passes == nil {
            switch DateText.read(bytes) {
            case .day(let day): return .value(.text(day))
            case .ambiguous(let sentence): return .refused(sentence)
            case .withTime: return .refused("it has a time, and the column takes a day such as 2024-02-12")
            case nil: return .refused("it is no date: write it such as 2024-02-12")
            }
        }
        guard let passes, !passes(value) else { return .value(value) }
        let text = String(decoding: bytes, as: UTF8.self)
        // What the checks refuse, and take in small letters or capitals, is the same word.
        for other in [text.lowercased(), text.uppercased()] where passes(.text(other)) { return .value(.text(other)) }
        return .value(value)
    }
}

extension ColumnReader.Reading {
    /// A number as a column of that kind holds it.
    fileprivate func `in`(_ kind: ColumnReader.Kind) -> Self {
        switch (self, kind) {
        case (.value(.integer(let integer)), .real): .value(.real(Double(integer)))
        case (.value(.real(let real)), .numeric), (.value(.real(let real)), .integer):
            real.wholeNumber.map { .value(.integer($0)) } ?? self
        default: self
        }
    }
}

extension Double {
    /// The integer that SQLite makes of the number in a column for integers; nil where it stays a real.
    fileprivate var wholeNumber: Int64? { Int64(exactly: self).flatMap { $0 > .min && $0 < .max ? $0 : nil } }
}
