import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine

extension Replica {
    /// The members that refuse this node as retired although its own roster says otherwise, with when that began; nil
    /// where there are none.
    func retirement(of site: SiteID) throws(StoreError) -> RetirementReport? {
        let members = try members()
        guard let own = members.first(where: { $0.site == site }), let role = own.role else { return nil }
        let refusing = try addressBook.retirements()
        guard let first = refusing.first else { return nil }
        let names = refusing.map { one in members.first { $0.site == one.site }?.name ?? one.site.short }
        let isAlone = members.count { $0.name == own.name } == 1
        return RetirementReport(
            by: names, since: first.since, word: ShellWord.quoted(isAlone ? own.name : site.hex), role: role)
    }

    /// The finding that a node which was cut off should read before all others.
    func retirementFindings(of site: SiteID) throws(StoreError) -> [DoctorFinding] {
        guard let found = try retirement(of: site) else { return [] }
        let day = Node.periods(at: Date(timeIntervalSince1970: Double(found.since) / 1000))[0]
        return [
            .init(
                kind: "retired",
                message:
                    """
                    this node is refused as retired since \(day), by \(found.by.joined(separator: ", ")): what is written \
                    here stays here until an admin who still counts runs `caravan member role \(found.word) \
                    \(found.role.rawValue)` at another node; then `caravan sync` brings it there, and `caravan member \
                    release \(found.word)` has it count
                    """)
        ]
    }
}
