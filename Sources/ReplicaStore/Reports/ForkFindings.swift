import ReplicaModel

/// Finds feeds that went two ways.
struct ForkFindings {
    let transaction: Transaction

    /// The feeds that went two ways and of which no admin has said which way counts, each with the command that ends
    /// it.
    func all() throws(StoreError) -> [DoctorFinding] {
        let state = transaction.state
        let entries = state.roster.entries
        let names = Dictionary(entries.map { ($0.name, 1) }, uniquingKeysWith: +)
        var out: [DoctorFinding] = []
        for (feed, ways) in state.forks.ways.sorted(by: { $0.key < $1.key }) {
            let branches = state.branchNames(of: feed.site).filter { $0.base == feed }
            guard branches.count(where: { !isEnded($0) }) > 1 else { continue }
            let common = ways.compactMap { state.forks.lines.beginning(of: $0)?.seq }.min() ?? 0
            var texts: [String] = []
            for branch in branches { texts.append(try text(of: branch)) }
            let name = entries.first { $0.site == feed.site }?.name ?? feed.site.short
            let isOwn = feed.site == state.site
            let word = ShellWord.quoted(names[name] == 1 ? name : feed.site.hex)
            let role = state.roster.entry(of: feed.site)?.role?.rawValue ?? Role.member.rawValue
            out.append(
                .init(
                    kind: "fork",
                    message:
                        """
                        \(isOwn ? "the feed of this node" : "the feed of \(name)") went two ways behind changeset \
                        \(common) of \(feed.scope.name): \(texts.joined(separator: "; ")). \
                        \(isOwn ? Self.ownFork : Self.fork(of: name)) \(ender(of: feed.site)) ends it with `caravan member retire \
                        \(word)`, which leaves both as they are, or with `--without BRANCH` behind it, where a branch is \
                        somebody else's; `caravan member role \(word) \(role)` then lets \(isOwn ? "this node" : name) go on
                        """
                ))
        }
        return out
    }

    /// The member who can end it: nobody goes on with rights that it took from itself.
    private func ender(of site: SiteID) -> String {
        let admins = transaction.state.roster.entries.filter(\.isAdmin).map(\.site)
        guard admins.contains(site) else { return "An admin" }
        guard admins.count > 1 else {
            return "Another admin, once there is one (`caravan invite --role admin`), at its own node"
        }
        return "Another admin, at its own node,"
    }

    private static let ownFork = """
        Its machine was put back to an older state, or copied, and wrote on before it met a peer, or its key is in other \
        hands. Nothing is lost: both ways count, and this node goes on in a new incarnation.
        """

    private static func fork(of name: String) -> String {
        """
        The machine of \(name) was put back to an older state, or copied, and wrote on before it met a peer, or its key is \
        in other hands. Nothing is lost: both ways count.
        """
    }

    private func text(of branch: FeedID) throws(StoreError) -> String {
        let state = transaction.state
        guard let first = branch.branch, let dot = state.dot(first.first, of: branch) else { return "" }
        let end = state.endOfPart(dot)
        let hash = first.hash.bytes.hex.prefix(16)
        return "~\(hash) (changesets \(first.first) to \(end))"
    }

    /// Whether a cut that counts names or leaves out the first changeset of a branch.
    private func isEnded(_ branch: FeedID) -> Bool {
        let state = transaction.state
        guard let first = branch.branch?.first, let dot = state.dot(first, of: branch) else { return true }
        return state.roster.judgement.isEnded(
            .init(
                dot: dot, feed: branch.base,
                hasSeen: { state.knownSince[$0]?[dot.feed].map { $0 <= dot.seq } ?? false }))
    }
}
