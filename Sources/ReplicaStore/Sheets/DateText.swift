/// Days as people write them in Chinese, Russian, English and the languages of Central Asia, or as a spreadsheet
/// program counts them.
enum DateText: Equatable {
    /// The day in ISO 8601.
    case day(String)
    /// Two days may be meant.
    case ambiguous(String)
    /// A day with a time that is not midnight.
    case withTime

    /// - Parameters:
    ///   - bytes: without blanks around.
    ///   - isFrom1904: whether a number of days is counted from 1 January 1904 on.
    /// - Returns: nil for what is no date.
    static func read(_ bytes: [UInt8], isFrom1904: Bool = false) -> DateText? {
        guard bytes.count < bytesMax else { return nil }
        if isFrom1904, bytes.count == 5, let days = Int(String(decoding: bytes, as: UTF8.self)), days >= 10_000 {
            return serial(days + 1_462)
        }
        let plain = String(decoding: PlainText.narrow(bytes), as: UTF8.self).lowercased()
        let (text, time) = split(plain)
        guard let day = spelled(text) else { return nil }
        guard let time, case .day = day else { return time == nil ? day : nil }
        guard let isMidnight = isMidnight(time) else { return nil }
        return isMidnight ? day : .withTime
    }

    /// More than a date with a weekday and all the words that may stand beside it.
    private static let bytesMax = 128

    /// The date, and the time behind it.
    private static func split(_ text: String) -> (String, time: Substring?) {
        guard let colon = text.firstIndex(of: ":"),
            let border = text[..<colon].lastIndex(where: { $0 == "t" || $0 == " " })
        else { return (text, nil) }
        return (String(text[..<border]), text[text.index(after: border)...])
    }

    private static func isMidnight(_ time: Substring) -> Bool? {
        let clock = time.prefix { $0.isNumber || $0 == ":" || $0 == "." }
        let zone = time.dropFirst(clock.count)
        guard zone.isEmpty || zone == "z" || zone.hasPrefix("+") || zone.hasPrefix("-") else { return nil }
        let parts = clock.split(whereSeparator: { $0 == ":" || $0 == "." })
        guard (2...4).contains(parts.count), parts.allSatisfy({ Int($0) != nil }) else { return nil }
        return parts.allSatisfy { Int($0) == 0 }
    }

    /// The day that a text says, with nothing else beside it.
    private static func spelled(_ text: String) -> DateText? {
        if text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
            guard let number = Int(text) else { return nil }
            if text.count == 8 { return day(number / 10_000, number / 100 % 100, number % 100) }
            // Days since 30 December 1899, of the years 1927 to 2173.
            return text.count == 5 && number >= 10_000 ? serial(number) : nil
        }
        guard let parts = DateParts(text) else { return nil }
        let (items, between) = (parts.items, parts.between)
        if case (.number(let a), .number(let b), .number(let c)) = items {
            guard between.0 == between.1, ["", ".", "/", "-", "–", ","].contains(between.0) else { return nil }
            if a.digits == 4, b.digits <= 2, c.digits <= 2 { return day(a.value, b.value, c.value) }
            guard a.digits <= 2, b.digits <= 2, c.digits == 4 else { return nil }
            if between.0 == "." { return day(c.value, b.value, a.value) }
            return inEitherOrder(a.value, b.value, year: c.value)
        }
        guard [between.0, between.1].allSatisfy(["", ".", ",", ".,", "/", "-", "–"].contains) else { return nil }
        let (month, one, other): (Int, DateParts.Number, DateParts.Number)
        switch items {
        case (.month(let m), .number(let a), .number(let b)): (month, one, other) = (m, a, b)
        case (.number(let a), .month(let m), .number(let b)): (month, one, other) = (m, a, b)
        case (.number(let a), .number(let b), .month(let m)): (month, one, other) = (m, a, b)
        default: return nil
        }
        let (year, dayOfMonth) = one.digits == 4 ? (one, other) : (other, one)
        guard year.digits == 4, dayOfMonth.digits <= 2 else { return nil }
        return day(year.value, month, dayOfMonth.value)
    }

    /// `1/29/2026` and `29/1/2026`: the month stands first in America, and second elsewhere.
    private static func inEitherOrder(_ a: Int, _ b: Int, year: Int) -> DateText? {
        let both = [day(year, b, a), day(year, a, b)].compactMap(\.self)
        guard both.count == 2, both[0] != both[1], case .day(let one) = both[0], case .day(let other) = both[1] else {
            return both.first
        }
        return .ambiguous("may be \(one) or \(other): write it so")
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> DateText? {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...length(of: month, year)).contains(day) else {
            return nil
        }
        func padded(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
        }
        return .day("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))")
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func serial(_ days: Int) -> DateText? {
        // 1 January 1900 is day 2 of this count.
        var (year, left) = (1900, days - 2)
        while true {
            let length = length(of: 2, year) + 337
            if left < length { break }
            (year, left) = (year + 1, left - length)
        }
        var month = 1
        while left >= length(of: month, year) { (left, month) = (left - length(of: month, year), month + 1) }
        return day(year, month, left + 1)
    }
}
