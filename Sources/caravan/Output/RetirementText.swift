import ReplicaModel
import SyncNode

extension StatusReport {
    /// The node's place in the alliance, for people.
    var standing: Line { retirement == nil ? member?.roleText ?? "not a member yet" : "refused as retired" }
}

/// Words for a node that others refuse as one whose right was ended.
enum RetirementText {
    static func line(_ status: StatusReport) -> Line? {
        guard let found = status.retirement else { return nil }
        return """
            by \(found.by.joined(separator: ", ")) as retired, since \(Times.clock(found.since, at: Times.now)): what is \
            written here stays here until an admin who still counts runs `caravan member role \(found.word) \
            \(found.role.rawValue)` at another node, and `caravan member release \(found.word)` once it is synced
            """
    }
}
