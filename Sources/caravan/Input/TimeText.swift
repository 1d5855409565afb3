import Foundation

/// Reads a point in time as people and RFC 3339 write it: `2026-05-12`, `2026-05-12T08:00`, `2026-05-12 08:00:00.123`,
/// with `Z` or `+05:00` behind it or, without, in local time.
struct TimeText {
    private var rest: Substring.UTF8View

    /// Milliseconds since 1970; nil for what is no time, or never was one, such as 31 February.
    static func read(_ text: String) -> Int64? {
        var reader = TimeText(rest: Substring(text).utf8)
        return reader.instant()
    }

    private struct Clock {
        var hour = 0
        var minute = 0
        var second = 0
        var milliseconds = 0
    }

    private mutating func instant() -> Int64? {
        guard let year = number(4...5), take("-"), let month = number(2...2), take("-"), let day = number(2...2),
            Self.isDay(year, month, day)
        else { return nil }
        if rest.isEmpty { return Self.local(year, month, day, nil) }
        guard take("T") || take("t") || take(" "), let clock = clock() else { return nil }
        if rest.isEmpty { return Self.local(year, month, day, clock) }
        guard let offset = offset(), rest.isEmpty else { return nil }
        let seconds =
            Self.days(year, month, day) * 86_400 + Int64(clock.hour * 3600 + clock.minute * 60 + clock.second)
            - Int64(offset * 60)
        return seconds * 1000 + Int64(clock.milliseconds)
    }

    private mutating func clock() -> Clock? {
        guard let hour = number(2...2), hour < 24, take(":"), let minute = number(2...2), minute < 60 else {
            return nil
        }
        var clock = Clock(hour: hour, minute: minute)
        guard take(":") else { return clock }
        guard let second = number(2...2), second < 60 else { return nil }
        clock.second = second
        guard take(".") else { return clock }
        let digits = rest.prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        // What is finer than a stamp is cut off.
        clock.milliseconds = (Array(digits.prefix(3)) + [48, 48]).prefix(3).reduce(0) { $0 * 10 + Int($1) - 48 }
        return clock
    }

    /// Minutes east of Greenwich.
    private mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(2...2), hours < 24 else { return nil }
        _ = take(":")
        guard let minutes = number(2...2), minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == sign.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func number(_ count: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(count.upperBound).prefix { (48...57).contains($0) }
        guard count.contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
    }

    /// Days since 1970 by the Gregorian calendar: years of 365 days from March on, and a day more for each leap year
    /// before.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let (year, month) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let era = (year + 400) / 400 - 1
        let ofEra = year - era * 400
        return Int64(era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + (153 * month + 2) / 5 + day - 1 - 719_468)
    }

    /// The time by the clock of this machine's place, in milliseconds since 1970. A day begins when it begins there; an
    /// hour that its clocks leave out is nil.
    private static func local(_ year: Int, _ month: Int, _ day: Int, _ clock: Clock?) -> Int64? {
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
        (parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_isdst) = (
            Int32(clock?.hour ?? 0), Int32(clock?.minute ?? 0), Int32(clock?.second ?? 0), -1
        )
        let seconds = mktime(&parts)
        if let clock, (Int(parts.tm_hour), Int(parts.tm_min)) != (clock.hour, clock.minute) { return nil }
        return Int64(seconds) * 1000 + Int64(clock?.milliseconds ?? 0)
    }
}
