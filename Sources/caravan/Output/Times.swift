import Foundation

/// Times as programs and as people read them.
enum Times {
    /// RFC 3339 in UTC, with milliseconds.
    static func rfc3339(_ milliseconds: Int64) -> String { moment(milliseconds, isLocal: false).text + "Z" }

    /// Local time, in one word that means the same moment wherever it is given back.
    static func local(_ milliseconds: Int64) -> String {
        let (text, offset) = moment(milliseconds, isLocal: true)
        let minutes = abs(offset) / 60
        return text + (offset < 0 ? "-" : "+") + digits(minutes / 60, 2) + ":" + digits(minutes % 60, 2)
    }

    /// - Returns: the time to the millisecond, and seconds east of Greenwich.
    private static func moment(_ milliseconds: Int64, isLocal: Bool) -> (text: String, offset: Int) {
        let rest = Int((milliseconds % 1000 + 1000) % 1000)
        var seconds = time_t((milliseconds - Int64(rest)) / 1000)
        var parts = tm()
        _ = isLocal ? localtime_r(&seconds, &parts) : gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
        return (
            String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) + "." + digits(rest, 3),
            parts.tm_gmtoff
        )
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(count - text.count, 0)) + text
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// How long ago, in the largest unit that fits.
    static func ago(_ milliseconds: Int64, at now: Int64) -> Line {
        let seconds = max(0, (now - milliseconds) / 1000)
        return switch seconds {
        case ..<60: "\(seconds) s ago"
        case ..<3600: "\(seconds / 60) min ago"
        case ..<86400: "\(seconds / 3600) h ago"
        default: "\(seconds / 86400) days ago"
        }
    }

    /// The local time of day, with the date where it is another than that of `now`.
    static func clock(_ milliseconds: Int64, at now: Int64) -> String {
        let (then, present) = (moment(milliseconds, isLocal: true).text, moment(now, isLocal: true).text)
        let (date, time) = (then.prefix(10), then.dropFirst(11).prefix(5))
        return date == present.prefix(10) ? String(time) : "\(date) \(time)"
    }

    /// `45s`, `30m`, `12h`, `7d` or `2w`, in seconds; nil for anything else.
    static func duration(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]
        guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()), text.first != "+",
            count > 0, count < 1_000_000
        else {
            return nil
        }
        return count * unit
    }

    /// A point in time, in milliseconds since 1970: as `TimeText` reads it, or a duration back from `now`.
    static func instant(_ text: String, now: Int64) -> Int64? {
        duration(text).map { now - $0 * 1000 } ?? TimeText.read(text)
    }
}
