import ReplicaModel
import ReplicaStore

/// Findings about nodes whose folder was copied, and of which both copies go on.
struct TwinFindings {
    let twins: [Twin]
    let members: [RosterEntry]
    let own: SiteID
    /// Milliseconds since 1970.
    let now: Int64

    /// Milliseconds after the last word of either for which they are named: one that was ended says nothing any more.
    private static let namedFor: Int64 = 7 * 86_400_000

    func findings() -> [DoctorFinding] {
        twins.filter { now - $0.last < Self.namedFor }.compactMap { twin in
            guard let member = members.first(where: { $0.site == twin.site }), member.role != nil else { return nil }
            let isAlone = members.count { $0.name == member.name } == 1
            let word = ShellWord.quoted(isAlone ? member.name : twin.site.hex)
            let fact = twin.site == own ? "this node's folder was copied" : "the folder of \(member.name) was copied"
            return DoctorFinding(
                kind: "twin",
                message:
                    """
                    \(fact), and both copies write, with one key and one name: nothing is lost, but nobody can tell them \
                    apart. Let both exchange everything, stop one of them, move its folder away, and join \
                    anew there with `caravan join CODE`; or an admin ends both with `caravan member retire \
                    \(word)`. This is said for 7 days after one of the two has fallen silent
                    """)
        }
    }
}
