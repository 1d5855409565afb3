import ReplicaModel

@testable import ReplicaStore

extension World {
    /// Every site shows what an independent computation makes of what it has applied.
    func agree(_ place: String = "") throws {
        for site in sites.indices { try expectDefinition(site, "\(place) site \(site)") }
    }

    /// Whether all sites have the same tables and the same digest, and nothing waits.
    func isOne() throws -> Bool {
        let counts = try sites.map { try $0.replica.reports.counts() }
        let names = try sites.map { Set(try $0.replica.admin.schema().tables.map(\.name)) }
        return Set(try sites.map { try $0.replica.reports.digest() }).count == 1
            && counts.allSatisfy { $0.waiting == 0 && $0.pending == 0 } && Set(names).count == 1
    }

    func value(_ site: Int, _ sql: String) throws -> Value? { try sites[site].replica.connection.value(sql) }
}
