/// The times at which peers are dialled: every so often while it works; after failures ever more rarely, up to five
/// minutes, and never in step with others, so that a campus that comes back is not met by everybody at once.
package struct DialSchedule: Sendable {
    private struct Entry {
        var next: Int64
        var failures: Int
        /// Milliseconds of the rest after a failure, doubled with each more.
        var base: Int64
    }

    /// Milliseconds between two exchanges with a peer that answers.
    package let interval: Int64
    private var entries: [String: Entry] = [:]

    /// The longest rest after failures, in milliseconds: a link that is up for minutes at night must not be missed.
    package static let restMax: Int64 = 300_000

    package init(interval: Int64) { self.interval = interval }

    package func isDue(_ peer: String, at now: Int64) -> Bool { entries[peer].map { $0.next <= now } ?? true }

    /// Notes that an exchange was tried. Jitter takes up to a quarter off the interval, and up to an eighth off the
    /// rest after a failure, or adds as much.
    package mutating func tried(
        _ peer: String, hasFailed: Bool, at now: Int64, using generator: inout some RandomNumberGenerator
    ) {
        let failures = hasFailed ? (entries[peer]?.failures ?? 0) + 1 : 0
        let base = hasFailed ? entries[peer]?.base ?? interval : interval
        let longest = max(base, Self.restMax)
        let rest = hasFailed ? min(base << Int64(min(failures - 1, 16)), longest) : interval
        let jitter = hasFailed ? -(rest / 8)...rest / 8 : -max(rest / 4, 1)...0
        let jittered = min(rest + Int64.random(in: jitter, using: &generator), longest)
        entries[peer] = Entry(next: now + jittered, failures: failures, base: base)
    }

    /// Notes that a session ended which stood: the peer is dialled again soon, and not by all at the same moment.
    package mutating func parted(_ peer: String, at now: Int64, using generator: inout some RandomNumberGenerator) {
        let rest = Int64.random(in: 100...Self.partedMax, using: &generator)
        entries[peer] = Entry(next: now + rest, failures: 0, base: Self.partedMax)
    }

    /// Notes that a peer's window opens: what failed before says nothing any more, and not all that wait for the same
    /// moment come at once.
    package mutating func opened(_ peer: String, at now: Int64, using generator: inout some RandomNumberGenerator) {
        entries[peer] = Entry(
            next: now + Int64.random(in: 0...min(interval, 10_000), using: &generator), failures: 0, base: interval)
    }

    /// Notes that this machine woke, or is on another network: what failed before says nothing any more, and everybody
    /// is dialled soon.
    package mutating func woke(at now: Int64, using generator: inout some RandomNumberGenerator) {
        for (peer, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let soon = now + Int64.random(in: 0...Self.partedMax, using: &generator)
            entries[peer] = Entry(next: min(entry.next, soon), failures: 0, base: Self.partedMax)
        }
    }

    /// Milliseconds. What broke a link is often over as soon.
    private static let partedMax: Int64 = 1_000
}
