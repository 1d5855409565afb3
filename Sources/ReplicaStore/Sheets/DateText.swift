/// Days as people write them in Chinese, Russian, English and the languages of Central Asia, or as a spreadsheet program
/// counts them.
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
        guard bytes.count < 64 else { return nil }
        if isFrom1904, bytes.count == 5, let days = Int(String(decoding: bytes, as: UTF8.self)), days >= 10_000 {
            return serial(days + 1_462)
        }
        let plain = String(decoding: PlainText.narrow(bytes), as: UTF8.self).lowercased()
        let (text, time) = split(plain)
        let parts = words(text)
        guard let day = day(parts, text) else { return nil }
        guard let time, case .day = day else { return time == nil ? day : nil }
        guard let isMidnight = isMidnight(time) else { return nil }
        return isMidnight ? day : .withTime
    }

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

    /// Runs of digits and runs of letters.
    private static func words(_ text: String) -> [Substring] {
        var out: [Substring] = []
        var start = text.startIndex
        func kind(_ character: Character) -> Int { character.isWholeNumber ? 1 : character.isLetter ? 2 : 0 }
        while start < text.endIndex {
            let present = kind(text[start])
            let end = text[start...].firstIndex { kind($0) != present } ?? text.endIndex
            if present > 0 { out.append(text[start..<end]) }
            start = end
        }
        return out
    }

    private static func day(_ parts: [Substring], _ text: String) -> DateText? {
        let numbers = parts.map { Int($0) }
        if parts.count == 1, let number = numbers[0] {
            if parts[0].count == 8 { return day(number / 10_000, number / 100 % 100, number % 100) }
            // Days since 30 December 1899, of the years 1927 to 2173.
            if parts[0].count == 5, number >= 10_000 { return serial(number) }
            return nil
        }
        if parts.count == 6, ["年", "月"] == [parts[1], parts[3]], ["日", "号"].contains(parts[5]) {
            return numbers[0].flatMap { y in numbers[2].flatMap { m in numbers[4].flatMap { day(y, m, $0) } } }
        }
        let known = parts.compactMap { months[String($0.prefix(4))] ?? months[String($0.prefix(3))] }
        if known.count == 1, let month = known.first {
            let numbers = numbers.compactMap(\.self)
            guard numbers.count == 2, let year = numbers.first(where: { $0 > 31 }) else { return nil }
            return numbers.first { $0 <= 31 }.flatMap { day(year, month, $0) }
        }
        guard parts.count == 3, let a = numbers[0], let b = numbers[1], let c = numbers[2] else { return nil }
        if parts[0].count == 4 { return day(a, b, c) }
        guard parts[2].count == 4 else { return nil }
        if text.contains(".") { return day(c, b, a) }
        return inEitherOrder(a, b, year: c)
    }

    /// `1/29/2026` and `29/1/2026`: the month stands first in America, and second elsewhere.
    private static func inEitherOrder(_ a: Int, _ b: Int, year: Int) -> DateText? {
        let both = [day(year, b, a), day(year, a, b)].compactMap(\.self)
        guard both.count == 2, both[0] != both[1], case .day(let one) = both[0], case .day(let other) = both[1] else {
            return both.first
        }
        return .ambiguous("may be \(one) or \(other): write it so")
    }

    /// The first letters of the months' names, which are enough to tell them.
    private static let months: [String: Int] = {
        let names = [
            ["янв", "jan", "yan", "қаң", "қан"], ["фев", "feb", "fev", "ақп"], ["мар", "mar", "нау"],
            ["апр", "apr", "сәу"], ["мая", "май", "may", "мам"], ["июн", "jun", "iyun", "мау"],
            ["июл", "jul", "iyul", "шіл"],
            ["авг", "aug", "avg", "там"], ["сен", "sep", "sen", "қыр"], ["окт", "oct", "okt", "қаз"],
            ["ноя", "nov", "noy", "қар"], ["дек", "dec", "dek", "жел"],
        ]
        var out: [String: Int] = [:]
        for (index, month) in names.enumerated() { for name in month { out[name] = index + 1 } }
        return out
    }()

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
