import SyncSimulator

extension SeededGenerator {
    /// Microseconds up to `most`, as often short as long: what a process does first takes it the least time.
    mutating func instant(upTo most: Int) -> Int {
        let half = most >> below(6)
        return half / 2 + below(half)
    }
}
