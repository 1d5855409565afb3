import Foundation
import SyncNode

/// Moments as the languages write them: local time, with the same in UTC for who points at it.
extension Language {
    /// The facts of a moment for a template: `text`, `iso` and `utc`.
    ///
    /// - Parameter milliseconds: since 1970.
    func moment(_ milliseconds: Int64) -> [String: Any] {
        let utc = Self.parts(milliseconds, .gmt)
        let iso = String(
            format: "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second)
        return [
            "text": dateTime(milliseconds, SystemZone.zone(at: milliseconds)), "iso": iso,
            "utc": dateTime(milliseconds, .gmt) + " UTC",
        ]
    }

    /// A day and a time of it.
    func dateTime(_ milliseconds: Int64, _ zone: TimeZone) -> String {
        let parts = Self.parts(milliseconds, zone)
        let time = String(format: "%02d:%02d", parts.hour, parts.minute)
        switch self {
        case .zh: return "\(parts.year)年\(parts.month)月\(parts.day)日 \(time)"
        case .ru: return "\(parts.day) \(Self.russianMonths[parts.month - 1]) \(parts.year), \(time)"
        case .en: return "\(parts.day) \(Self.englishMonths[parts.month - 1]) \(parts.year), \(time)"
        }
    }

    /// The time that has passed, such as `2 days ago`.
    func ago(_ milliseconds: Int64, now: Int64) -> String {
        let seconds = max(0, Int((now - milliseconds) / 1000))
        switch seconds {
        case ..<60: return text("ago_now")
        case ..<3600: return text("ago_minutes", count: seconds / 60)
        case ..<86_400: return text("ago_hours", count: seconds / 3600)
        default: return text("ago_days", count: seconds / 86_400)
        }
    }

    private struct Parts {
        let year, month, day, hour, minute, second: Int
    }

    private static func parts(_ milliseconds: Int64, _ zone: TimeZone) -> Parts {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        // Stamps come from others: what no calendar has is shown at its end.
        let seconds = max(-62_135_596_800, min(253_402_300_799, Double(milliseconds) / 1000))
        let found = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: seconds))
        return Parts(
            year: found.year ?? 1970, month: min(12, max(1, found.month ?? 1)), day: found.day ?? 1,
            hour: found.hour ?? 0, minute: found.minute ?? 0, second: found.second ?? 0)
    }

    private static let russianMonths = [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ]
    static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
