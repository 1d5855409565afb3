extension FeedID {
    /// The number before the first that is of the feed, or of this branch of it alone.
    package var numberBefore: UInt64 { (branch?.first ?? 1) - 1 }
}

extension Vector {
    /// The number of changesets in a vector, or of those that are not in another. Numbers that a peer says may be any.
    package func changesets(beyond other: Vector = [:]) -> UInt64 {
        reduce(0) { sum, entry in
            let known = Swift.max(other[entry.key] ?? 0, entry.key.numberBefore)
            guard entry.value > known else { return sum }
            let (total, isTooMany) = sum.addingReportingOverflow(entry.value - known)
            return isTooMany ? .max : total
        }
    }
}
