import ReplicaModel

/// The room of a stick that each of its visitors has.
///
/// Where there are several, each has a part of half of it for certain, and one may have half of what is left of the
/// other half: else those who do not come by would in time have all of it, and those who do would get nothing.
struct StickShares {
    /// The files that are there.
    let found: [Stick.Found]
    let visitors: Set<SiteID>
    /// Bytes that the alliance's files may have in all.
    let bytes: Int

    /// The bytes that more files for some may have; nil where nobody else visits the stick.
    func more(for readers: [SiteID]) -> Int? {
        var most = 0
        for reader in readers {
            let others = visitors.subtracting([reader])
            guard !others.isEmpty else { return nil }
            let least = bytes / (2 * (others.count + 1))
            let pool = max(bytes / 2 - beyond(least, of: others), 0)
            most = max(most, least + pool / 2 - bytes(for: reader))
        }
        return most
    }

    /// The bytes that the alliance's files have to be allowed in all for one to have room for more.
    func needed(for reader: SiteID, more: Int) -> Int {
        let others = visitors.subtracting([reader])
        guard !others.isEmpty else { return 0 }
        let count = others.count + 1
        let needed = more + bytes(for: reader) + beyond(bytes / (2 * count), of: others) / 2
        // Of all, a share has one of twice as many parts as there are visitors, and a quarter.
        return needed * 4 * count / (count + 2) + count
    }

    /// The bytes that the files of some have beyond what each has for certain.
    private func beyond(_ least: Int, of sites: Set<SiteID>) -> Int {
        sites.reduce(0) { $0 + max(bytes(for: $1) - least, 0) }
    }

    /// The bytes of the files in the alliance's folder that are for somebody.
    private func bytes(for reader: SiteID) -> Int {
        found.reduce(0) { sum, file in
            let readers: [SiteID] =
                switch file.head {
                case .bundle(let head): head.recipients
                case .sealed(let head): head.recipients
                case .request, .petition: []
                }
            return file.isOurs && readers.contains(reader) ? sum + file.bytes : sum
        }
    }
}
