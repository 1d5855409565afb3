import Foundation

/// Times as programs and as people read them.
enum Times {
    /// RFC 3339 in UTC, with milliseconds.
    static func rfc3339(_ milliseconds: Int64) -> String {
        let text = format(milliseconds, "%Y-%m-%dT%H:%M:%S", isLocal: false)
        let rest = String(milliseconds % 1000)
        return "\(text).\(String(repeating: "0", count: 3 - rest.count))\(rest)Z"
    }

    /// Local time, to the second.
    static func local(_ milliseconds: Int64) -> String { format(milliseconds, "%Y-%m-%d %H:%M:%S", isLocal: true) }

    private static func format(_ milliseconds: Int64, _ pattern: String, isLocal: Bool) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        _ = isLocal ? localtime_r(&seconds, &parts) : gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, pattern, &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// How long ago, in the largest unit that fits.
    static func ago(_ milliseconds: Int64, at now: Int64) -> String {
        let seconds = max(0, (now - milliseconds) / 1000)
        return switch seconds {
        case ..<60: "\(seconds) s ago"
        case ..<3600: "\(seconds / 60) min ago"
        case ..<86400: "\(seconds / 3600) h ago"
        default: "\(seconds / 86400) days ago"
        }
    }

    /// `45s`, `30m`, `12h`, `7d` or `2w`, in seconds; nil for anything else.
    static func duration(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]
        guard let last = text.last, let unit = units[last], let count = Int64(text.dropLast()), count > 0, count < 1_000_000 else {
            return nil
        }
        return count * unit
    }

    /// A point in time, in milliseconds since 1970: RFC 3339, a day (local, its beginning), or a duration back from `now`.
    static func instant(_ text: String, now: Int64) -> Int64? {
        if let back = duration(text) { return now - back * 1000 }
        let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        for style in styles { if let date = try? style.parse(text) { return Int64((date.timeIntervalSince1970 * 1000).rounded()) } }
        let parts = text.split(separator: "-").map { Int32($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2], (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        var components = tm()
        (components.tm_year, components.tm_mon, components.tm_mday, components.tm_isdst) = (year - 1900, month - 1, day, -1)
        return Int64(mktime(&components)) * 1000
    }
}
