import ReplicaModel

/// Findings about who belongs.
extension Doctor {
    /// The members whose work does not count, each with what an admin can do.
    func rosterFindings() -> [DoctorFinding] {
        let state = transaction.state
        var counts: [SiteID: Int] = [:]
        for dot in state.quarantined { counts[state.feed(dot.feed).id.site, default: 0] += 1 }
        let feeds = Dictionary(grouping: state.feeds, by: \.id.site).mapValues(\.count)
        let entries = state.roster.entries
        let names = Dictionary(entries.map { ($0.name, 1) }, uniquingKeysWith: +)
        var out: [DoctorFinding] = []
        for entry in entries {
            // A name that two members have is refused by every command.
            let word = ShellWord.quoted(names[entry.name] == 1 ? entry.name : entry.site.hex)
            let count = counts[entry.site] ?? 0
            if entry.isPending {
                let isOwn = entry.site == state.site
                let role = entry.role?.rawValue ?? Role.member.rawValue
                out.append(
                    .init(
                        kind: "pending",
                        message:
                            """
                            \(isOwn ? "this node" : entry.name) waits for an admin, for who admitted it had no right to \
                            any more; what it wrote (\(count) changesets) counts once an admin runs `caravan member role \
                            \(word) \(role)`
                            """
                    ))
            } else if entry.role == nil, entry.site == state.site {
                out.append(
                    .init(
                        kind: "retired",
                        message:
                            """
                            an admin retired this node: nobody exchanges anything with it, and what it wrote since \
                            (\(count) changesets) counts nowhere; ask an admin for `caravan member role \(word) member`
                            """
                    ))
            } else if count > 0 {
                out.append(
                    .init(
                        kind: "quarantined",
                        message:
                            """
                            \(count) changesets of \(entry.name) do not count, for they lie beyond the end of its right: \
                            `caravan log` lists them; if they are good, an admin runs `caravan member release \(word)`
                            """
                    ))
            }
            if let begun = feeds[entry.site], begun > Self.feedsOfHonest, entry.role != nil, entry.site != state.site {
                out.append(Self.manyFeeds(of: entry, begun, word))
            }
        }
        return out
    }

    private static func manyFeeds(of entry: RosterEntry, _ begun: Int, _ word: String) -> DoctorFinding {
        .init(
            kind: "feeds",
            message:
                """
                \(entry.name) has begun \(begun) feeds, as no honest node does, and a replica takes \
                \(Intake.feedsMaxOfPeers) of all together: an admin ends that with `caravan member retire \(word)`
                """
        )
    }

    /// The most feeds that a site has which began one more each time it was put back.
    private static let feedsOfHonest = 256
}
