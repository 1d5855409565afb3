/// A span of every day, by the clock on the wall, in which a peer is dialled: `02:00-05:00`. It may run over midnight,
/// as `22:00-06:00` does. The minute at which it closes is outside.
package struct DialWindow: Hashable, Sendable, CustomStringConvertible {
    /// Minutes since midnight, from 0 to 1439.
    package let opens: Int
    /// Minutes since midnight, from 0 to 1440: another than `opens`.
    package let closes: Int

    /// Reads `HH:MM-HH:MM`; `24:00` is the end of the day. Nil for anything else, and for a window of no time at all.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 11, bytes[5] == UInt8(ascii: "-"), let opens = Self.minutes(bytes[..<5]),
            let closes = Self.minutes(bytes[6...]), opens < Self.ofDay, opens != closes % Self.ofDay || closes > opens
        else { return nil }
        (self.opens, self.closes) = (opens, closes)
    }

    private static func minutes(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.map { Int($0) - 48 }
        guard text[text.startIndex + 2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (0...9).contains(digits[$0]) })
        else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[3] * 10 + digits[4])
        return minute < 60 && hour * 60 + minute <= ofDay ? hour * 60 + minute : nil
    }

    package static let ofDay = 1440

    package func contains(minute: Int) -> Bool {
        opens < closes ? (opens..<closes).contains(minute) : minute >= opens || minute < closes
    }

    package var description: String { "\(Self.text(opens))-\(Self.text(closes))" }

    private static func text(_ minutes: Int) -> String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return "\(hour / 10)\(hour % 10):\(minute / 10)\(minute % 10)"
    }
}

/// The windows of one peer. Where there is none it is dialled at any time.
///
/// A window is open while the clock on the wall shows a time within it. So on a day on which clocks are put forward a
/// window that begins in the hour that is left out opens when that hour is skipped, and one that lies in it whole does
/// not open; on a day on which they are put back the hour that comes twice is in the window twice.
package struct DialWindows: Hashable, Sendable {
    package let windows: [DialWindow]

    package init(_ windows: [DialWindow]) { self.windows = windows }

    /// - Parameter now: milliseconds since 1970.
    package func isOpen(at now: Int64, in local: LocalTime) -> Bool {
        guard !windows.isEmpty else { return true }
        let minute = Int(local.millisecondOfDay(at: now) / 60_000)
        return windows.contains { $0.contains(minute: minute) }
    }

    /// The moment after `now` at which the windows open, if they are closed then, or close; nil where there is none
    /// within eight days.
    package func nextChange(after now: Int64, in local: LocalTime) -> Int64? {
        let wasOpen = isOpen(at: now, in: local)
        let edges = Set(windows.flatMap { [$0.opens, $0.closes % DialWindow.ofDay] })
        var moments: Set<Int64> = []
        for span in local.spans(from: now, to: now + Self.horizon) {
            // Clocks are put to another time there.
            moments.insert(span.from)
            for day in local.day(at: span.from, offset: span.offset)...local.day(at: span.to, offset: span.offset) {
                for edge in edges {
                    let moment = day * LocalTime.dayMilliseconds + Int64(edge) * 60_000 - span.offset
                    if span.from <= moment, moment < span.to { moments.insert(moment) }
                }
            }
        }
        return moments.sorted().first { $0 > now && isOpen(at: $0, in: local) != wasOpen }
    }

    /// Every window opens on most days.
    private static let horizon = 8 * LocalTime.dayMilliseconds
}

/// Local time from some moment on: by how much clocks on the wall are ahead of UTC, and when they are put to another
/// time. All in milliseconds, moments since 1970.
package struct LocalTime: Hashable, Sendable {
    package struct Change: Hashable, Sendable {
        package let at: Int64
        package let offset: Int64

        package init(at: Int64, offset: Int64) { (self.at, self.offset) = (at, offset) }
    }

    /// The offset before the first change: by how much clocks are ahead of UTC.
    package let offset: Int64
    /// The changes in their order.
    package let changes: [Change]

    package init(offset: Int64, changes: [Change] = []) { (self.offset, self.changes) = (offset, changes) }

    static let dayMilliseconds: Int64 = 86_400_000

    package func offset(at moment: Int64) -> Int64 { changes.last { $0.at <= moment }?.offset ?? offset }

    package func millisecondOfDay(at moment: Int64) -> Int64 {
        let local = (moment + offset(at: moment)) % Self.dayMilliseconds
        return local < 0 ? local + Self.dayMilliseconds : local
    }

    struct Span {
        let from: Int64
        let to: Int64
        let offset: Int64
    }

    /// The spans, each of one offset, of which a time consists.
    func spans(from: Int64, to: Int64) -> [Span] {
        let between = changes.filter { from < $0.at && $0.at < to }
        let begins = [Change(at: from, offset: offset(at: from))] + between
        return zip(begins, between.map(\.at) + [to]).map { Span(from: $0.at, to: $1, offset: $0.offset) }
    }

    /// Days since 1970.
    func day(at moment: Int64, offset: Int64) -> Int64 {
        let local = moment + offset
        return (local - (local % Self.dayMilliseconds + Self.dayMilliseconds) % Self.dayMilliseconds)
            / Self.dayMilliseconds
    }
}
