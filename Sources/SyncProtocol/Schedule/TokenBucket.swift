/// Bytes that may pass at so many a second: in any span of time no more than those of that span and a quarter of a
/// second's beside. Milliseconds are of any clock that only goes forward.
package struct TokenBucket: Sendable {
    /// Bytes a second.
    package let rate: Int
    /// Bytes that may pass at once after a rest.
    package var capacity: Int { max(rate / 4, 1) }
    /// Thousandths of bytes that may pass now; less than none where too many passed already.
    private var level: Int64
    private var last: Int64

    /// The lowest rate: the largest piece of a stream, 64 KiB, is through in 16 seconds, so that nobody takes the other
    /// side for silent.
    package static let rateLeast = 4096
    /// The highest rate, at which all that is computed here fits: nobody's link is so fast.
    package static let rateMost = 1 << 40

    package init(rate: Int, at now: Int64) {
        self.rate = min(max(rate, 1), Self.rateMost)
        last = now
        level = 0
        level = full
    }

    private var full: Int64 { Int64(capacity) * 1000 }

    /// The bytes that may pass now; none while too many have passed.
    package mutating func available(at now: Int64) -> Int {
        // A clock that stands still, or a long rest, is as good as any.
        let elapsed = min(max(now - last, 0), (full - level) / Int64(rate) + 1)
        level = min(full, level + elapsed * Int64(rate))
        last = max(last, now)
        return Int(max(0, level / 1000))
    }

    /// Notes bytes that passed, however many may.
    package mutating func spend(_ count: Int, at now: Int64) {
        _ = available(at: now)
        level -= Int64(count) * 1000
    }

    /// The milliseconds until so many bytes may pass, or as many as may at once; 0 if they may now.
    package mutating func rest(until count: Int, at now: Int64) -> Int64 {
        _ = available(at: now)
        let lacking = Int64(min(count, capacity)) * 1000 - level
        return lacking <= 0 ? 0 : (lacking + Int64(rate) - 1) / Int64(rate)
    }
}
