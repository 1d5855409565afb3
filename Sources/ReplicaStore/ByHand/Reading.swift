import ReplicaModel

/// Tells whether a value is what another type makes of one, whichever SQLite made it.
///
/// Versions of SQLite read a text of many digits as one of two or three doubles that lie side by side, and write a
/// double in 15 digits or in 17. So what came from the other class is held against what this node's SQLite makes of it
/// to 15 digits, which all of them keep; all else has to be equal.
enum Reading {
    /// - Parameters:
    ///   - value: what was found.
    ///   - converted: what this node's SQLite makes of what was there.
    ///   - known: what was there.
    static func isSame(_ value: Value, _ converted: Value, of known: Value) -> Bool {
        if value == converted { return true }
        switch known {
        case .text, .blob:
            guard let found = number(value), let expected = number(converted) else { return false }
            if case (.integer, .integer) = (value, converted) { return false }
            return isNear(found, expected)
        case .real:
            guard case .text(let found) = value, case .text(let expected) = converted else { return false }
            // Fewer digits no SQLite writes two ways.
            guard max(digits(in: found), digits(in: expected)) >= 15 else { return false }
            guard let found = Double(String(decoding: found, as: UTF8.self)),
                let expected = Double(String(decoding: expected, as: UTF8.self))
            else { return false }
            return isNear(found, expected)
        case .null, .integer: return false
        }
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .integer(let integer): Double(integer)
        case .real(let real): real
        case .null, .text, .blob: nil
        }
    }

    /// The digits of a number as text that count: without zeros before the first other one, and without an exponent.
    private static func digits(in text: [UInt8]) -> Int {
        let mantissa = text.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
        return mantissa.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.drop { $0 == UInt8(ascii: "0") }
            .count
    }

    /// Whether two numbers differ by no more than one in the fifteenth digit.
    static func isNear(_ left: Double, _ right: Double) -> Bool {
        if left == right { return true }
        let greatest = max(left.magnitude, right.magnitude)
        guard greatest.isFinite, greatest > 0 else { return false }
        // The power of ten at or just below it: the binary exponent tells it to within one.
        var power = Int((Double(greatest.exponent) * 0.30103).rounded(.down))
        if let next = Double("1e\(power + 1)"), next <= greatest { power += 1 }
        // A little more, for the difference of two doubles is rounded.
        guard let unit = Double("1.01e\(power - 14)") else { return false }
        return (left - right).magnitude <= unit
    }
}
