import ReplicaModel

/// The groups of a vector, one for each scope, ascending: arrays that begin with the scope.
enum ScopeGroups {
    /// Reads the groups. `readFeeds` reads what stands in one behind its scope.
    static func read(
        _ reader: inout CBORReader, itemsEach: Int,
        _ readFeeds: (inout CBORReader, Scope) throws(WireError) -> Void
    ) throws(WireError) {
        var previous: Scope?
        for _ in 0..<(try reader.readArray(max: WireLimits.scopesMax, "scopes")) {
            try reader.readArray(exactly: itemsEach)
            let scope = try Scope(from: &reader)
            guard previous.map({ $0 < scope }) ?? true else {
                throw .notDeterministic(offset: reader.offset, reason: "scopes that are not in ascending order")
            }
            previous = scope
            try readFeeds(&reader, scope)
        }
    }

    static let withoutFeed = "a scope without a feed"
}
