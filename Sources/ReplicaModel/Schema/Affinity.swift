/// The affinity of a column, by the rules of SQLite (www.sqlite.org/datatype3.html, section 3.1).
package enum Affinity: Sendable {
    case integer, text, blob, real, numeric

    /// The affinity that a declared type has.
    package init(declared type: String) {
        let upper = Array(type.asciiUppercased.utf8)
        let names = { (word: String) in upper.indices.contains { upper[$0...].starts(with: word.utf8) } }
        if names("INT") {
            self = .integer
        } else if names("CHAR") || names("CLOB") || names("TEXT") {
            self = .text
        } else if names("BLOB") || upper.isEmpty {
            self = .blob
        } else if names("REAL") || names("FLOA") || names("DOUB") {
            self = .real
        } else {
            self = .numeric
        }
    }

    /// Whether a column of this affinity keeps `value` as it is. Where it does not, no SQLite table can hold the value,
    /// so no honest author has sealed it.
    package func keeps(_ value: Value) -> Bool {
        switch (self, value) {
        case (.blob, _), (_, .null), (_, .blob): true
        case (.text, .text): true
        case (.text, .integer), (.text, .real): false
        case (.real, .integer): false
        case (.real, .real), (.integer, .integer), (.numeric, .integer): true
        case (.integer, .real(let real)), (.numeric, .real(let real)): !becomesInteger(real)
        case (.integer, .text(let bytes)), (.numeric, .text(let bytes)), (.real, .text(let bytes)): !isNumeral(bytes)
        }
    }
}

extension Affinity {
    /// The value that a column of this affinity holds after `text` was written into it.
    package func converted(_ text: String) -> Value {
        let bytes = Array(text.utf8)
        guard self == .integer || self == .numeric || self == .real, isNumeral(bytes) else { return .text(bytes) }
        let numeral = String(decoding: bytes.filter { $0 != 32 && !(9...13).contains($0) }, as: UTF8.self)
        if self != .real, let integer = Int64(numeral) { return .integer(integer) }
        guard let real = Double(numeral) else { return .text(bytes) }
        return self != .real && becomesInteger(real) ? .integer(Int64(real)) : .real(real)
    }
}

extension ColumnDefinition {
    /// Why a column of a table cannot hold `value`; nil if it can.
    ///
    /// - Parameter isRowNumber: whether the column is the table's own row number, which is an integer whatever the
    ///   table is.
    public func refusal(of value: Value, isStrict: Bool, isKey: Bool, isRowNumber: Bool = false) -> String? {
        if value.isNull { return isNotNull || isKey ? "column \(name) may not be NULL" : nil }
        if isRowNumber {
            if case .integer = value { return nil }
            return "key column \(name) takes integers only"
        }
        if isKey, case .real = value { return "key column \(name) may not hold a real" }
        if isStrict { return strictRefusal(of: value) }
        return Affinity(declared: type).keeps(value)
            ? nil : "column \(name) of type \(type) cannot hold this value unchanged"
    }

    private func strictRefusal(of value: Value) -> String? {
        let permitted: Bool
        switch (type.asciiUppercased, value) {
        case ("ANY", _): permitted = true
        case ("INT", .integer), ("INTEGER", .integer), ("REAL", .real), ("TEXT", .text), ("BLOB", .blob):
            permitted = true
        default: permitted = false
        }
        return permitted ? nil : "column \(name) of a STRICT table takes \(type) only"
    }
}

/// SQLite makes a real an integer in a column of INTEGER or NUMERIC affinity if nothing is lost and it lies within 51
/// bits or so (sqlite3VdbeIntegerAffinity).
private func becomesInteger(_ real: Double) -> Bool {
    guard let integer = Int64(exactly: real) else { return false }
    return integer > Int64.min && integer < Int64.max
}

/// Whether SQLite reads the text as a number: blanks around, a sign, digits with at most one point, an exponent.
private func isNumeral(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    let isBlank = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
    rest = rest.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    if let sign = rest.first, sign == 43 || sign == 45 { rest.removeFirst() }
    let digits = { () -> Int in
        let run = rest.prefix { (48...57).contains($0) }.count
        rest.removeFirst(run)
        return run
    }
    var mantissa = digits()
    if rest.first == 46 {
        rest.removeFirst()
        mantissa += digits()
    }
    guard mantissa > 0 else { return false }
    if let mark = rest.first, mark == 69 || mark == 101 {
        rest.removeFirst()
        if let sign = rest.first, sign == 43 || sign == 45 { rest.removeFirst() }
        guard digits() > 0 else { return false }
    }
    return rest.isEmpty
}
