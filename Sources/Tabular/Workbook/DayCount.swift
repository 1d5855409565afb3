/// The way in which a workbook counts days.
enum DayCount {
    case from1900, from1904

    /// The date that a number stands for, as far as a format shows it; nil where it stands for none.
    func text(of serial: Double, as kind: CellStyles.Kind) -> String? {
        guard serial >= 0, serial < Self.daysMax else { return nil }
        var day = Int(serial)
        // Milliseconds are as exact as programs write them.
        var seconds = Int((((serial - Double(day)) * 86_400_000).rounded() / 1_000).rounded())
        if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
        switch kind {
        case .number: return nil
        case .duration: return Self.clock(day * 86_400 + seconds)
        case .time where day == 0: return Self.clock(seconds)
        case .day where seconds == 0: return date(day)
        // A format that shows the day alone hides a time, which is no reason to lose it.
        case .day, .moment, .time: return date(day).map { $0 + "T" + Self.clock(seconds) }
        }
    }

    /// The last day of the year 9999.
    private static let daysMax = 2_958_466.0

    /// - Parameter day: 60 of those from 1900 is a 29 February that never was.
    private func date(_ day: Int) -> String? {
        switch self {
        case .from1904: return Self.civil(day - 24_107)
        case .from1900: return day == 60 || day == 0 ? nil : Self.civil(day - (day < 60 ? 25_568 : 25_569))
        }
    }

    private static func clock(_ seconds: Int) -> String {
        [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(count - digits.count, 0)) + digits
    }

    /// The day of the Gregorian calendar that is so many days after 1 January 1970 (Howard Hinnant, "chrono-compatible
    /// low-level date algorithms").
    private static func civil(_ days: Int) -> String {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let monthOfYear = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (monthOfYear <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(monthOfYear, 2))-\(padded(day, 2))"
    }
}
