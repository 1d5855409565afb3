import ReplicaModel

/// The names that sites have where people read them: those of the roster, with the beginning of their ids where two
/// members have one name.
struct SiteNames {
    private let names: [SiteID: String]

    init(_ members: [RosterEntry]) {
        let counts = Dictionary(members.map { ($0.name, 1) }, uniquingKeysWith: +)
        names = Dictionary(
            members.map { ($0.site, counts[$0.name] == 1 ? $0.name : "\($0.name) (\($0.site.short.prefix(9)))") },
            uniquingKeysWith: { first, _ in first })
    }

    func name(of site: SiteID) -> Line { Line(names[site] ?? site.short) }
}
