import Logging

/// Decides which lines of a log are written: one that says what another has said within the last minute, but for its
/// numbers, is left out and counted; and so are lines beyond what a disk should have to take, whatever is in them.
struct LogPace {
    /// The decision on a line.
    enum Verdict: Equatable {
        /// Written. `repeats` lines like it, and `others` of any kind, were left out before.
        case write(repeats: Int, others: Int)
        case leaveOut
    }

    private struct Known {
        var since: Int64
        var repeats = 0
        /// The line as it was left out last.
        var last = ""
        let level: Logger.Level

        init(since: Int64, level: Logger.Level) { (self.since, self.level) = (since, level) }
    }

    private var known: [String: Known] = [:]
    private var others = 0
    /// Lines that may be written at once.
    private var room = roomMax
    private var filled: Int64

    /// Milliseconds for which a line is not repeated.
    static let window: Int64 = 60_000
    /// The lines at once: as many as a start of a hub brings. Then two a second, less than a megabyte in an hour.
    private static let roomMax = 200
    private static let refill: Int64 = 500
    /// Kinds of lines that are known at once: whoever makes ever new ones is held by `room`.
    private static let kindsMax = 256

    /// - Parameter now: milliseconds of the steady clock, as everywhere here.
    init(at now: Int64) { filled = now }

    mutating func verdict(on line: String, _ level: Logger.Level = .notice, at now: Int64) -> Verdict {
        let kind = Self.kind(of: line)
        if known[kind] != nil, now - (known[kind]?.since ?? now) < Self.window {
            known[kind]?.repeats += 1
            known[kind]?.last = line
            return .leaveOut
        }
        let gained = Int(clamping: (now - filled) / Self.refill)
        if gained > 0 { (room, filled) = (min(Self.roomMax, room + gained), now) }
        guard room > 0 else {
            others += 1
            return .leaveOut
        }
        room -= 1
        let repeats = known.removeValue(forKey: kind)?.repeats ?? 0
        if known.count >= Self.kindsMax { forget(at: now) }
        if known.count < Self.kindsMax { known[kind] = Known(since: now, level: level) }
        defer { others = 0 }
        return .write(repeats: repeats, others: others)
    }

    /// Lines that were left out and whose minute is over, each with how many like it were; by text.
    ///
    /// - Parameter all: also those whose minute lasts, for nothing comes after.
    mutating func overdue(at now: Int64, all: Bool = false) -> [(line: String, level: Logger.Level, repeats: Int)] {
        let over = known.filter { all || now - $0.value.since >= Self.window }
        for kind in over.keys { known[kind] = nil }
        let told = over.values.filter { $0.repeats > 0 }.sorted { $0.last < $1.last }
        for entry in told where !all { known[Self.kind(of: entry.last)] = Known(since: now, level: entry.level) }
        return told.map { ($0.last, $0.level, $0.repeats) }
    }

    private mutating func forget(at now: Int64) {
        for (kind, entry) in known where now - entry.since >= Self.window {
            others += entry.repeats
            known[kind] = nil
        }
    }

    /// The line without its numbers: counts, ports and times differ where nothing else does.
    private static func kind(of line: String) -> String {
        var out = ""
        for scalar in line.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                if out.unicodeScalars.last != "#" { out.unicodeScalars.append("#") }
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
