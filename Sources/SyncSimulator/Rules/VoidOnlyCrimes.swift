import ReplicaModel
import ReplicaStore

/// The rule that what an honest node sealed counts everywhere, and what must be void is so everywhere: each changeset
/// by itself, as the node's own `log` says it.
package struct VoidOnlyCrimes {
    /// - Parameter isQuarantined: by the roster that the node has it must not count.
    static func check(
        _ report: ChangesetReport, _ entry: Universe.Entry, isQuarantined: Bool = false, at name: String
    ) throws(Violation) {
        switch report.standing {
        case .counts where isQuarantined:
            throw Violation("quarantine", "\(name) counts \(entry.defined.id.name), which lies beyond a right's end")
        case .counts:
            if let crime = entry.crime {
                throw Violation("void", "\(name) counts \(entry.defined.id.name), which is a \(crime)")
            }
        case .void(let reason):
            guard entry.crime == nil else { return }
            throw Violation(
                "void", "\(name) calls \(entry.defined.id.name) void, which an honest node sealed: \(reason)")
        case .quarantined:
            guard !isQuarantined else { return }
            throw Violation(
                "quarantine", "\(name) has \(entry.defined.id.name) in quarantine, and its author had the right")
        }
    }
}
