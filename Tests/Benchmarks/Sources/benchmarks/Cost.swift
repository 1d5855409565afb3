/// The cost of some work.
struct Cost {
    /// Seconds of user and system time.
    var cpu: Double
    /// Seconds.
    var wall: Double
    /// The greatest resident memory, in bytes.
    var peak: Double

    /// The cost of two pieces of work that one process does after the other.
    static func + (first: Cost, second: Cost) -> Cost {
        Cost(cpu: first.cpu + second.cpu, wall: first.wall + second.wall, peak: max(first.peak, second.peak))
    }
}
