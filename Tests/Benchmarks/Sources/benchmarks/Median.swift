extension [Double] {
    /// The middle value, or the mean of both in the middle; 0 of none.
    var median: Double {
        let sorted = sorted()
        let halves = sorted.dropFirst((count - 1) / 2).prefix(count % 2 == 1 ? 1 : 2)
        return halves.isEmpty ? 0 : halves.reduce(0, +) / Double(halves.count)
    }
}
