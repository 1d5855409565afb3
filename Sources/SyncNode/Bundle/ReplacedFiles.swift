import ReplicaModel

/// The encrypted files in whose place later ones came, as the writer of both says: whoever carries a later one need not
/// carry them on.
struct ReplacedFiles {
    private var successors: [HashPrefix: [(id: HashPrefix, head: SealedHead)]] = [:]

    init() {}

    /// - Parameter shelf: has the later ones, each checked before it came there.
    init(by shelf: BundleShelf) {
        for kept in shelf.kept() where !kept.isWaiting {
            guard let id = kept.id, case .sealed(let head)? = Stick.head(of: kept.path)?.0 else { continue }
            for other in head.replaces { successors[other, default: []].append((id, head)) }
        }
    }

    /// The ids of the files that came in the place of one. Nobody says so of what another wrote, or of what others
    /// read.
    func successors(of id: HashPrefix, _ head: SealedHead) -> Set<HashPrefix> {
        let all = (successors[id] ?? []).filter { later in
            later.head.site == head.site && Set(later.head.recipients).isSuperset(of: head.recipients)
        }
        return Set(all.map(\.id))
    }
}
