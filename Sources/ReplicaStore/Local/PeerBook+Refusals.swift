import ReplicaModel
import SQLiteAccess

/// How often this node refused a site under one name. Local to the node: never sealed.
package struct CountedRefusal: Hashable, Sendable {
    /// The site that was refused; nil for all who were not on the roster, counted together: whoever makes keys must not
    /// fill the disk with them.
    package let site: SiteID?
    /// The name of the error, as the wire has it, or of what went wrong before there was a session.
    package let name: String
    package let count: UInt64
    /// Milliseconds since 1970, of the last one.
    package let last: Int64
    /// Why the last one was.
    package let sentence: String
}

extension PeerBook {
    /// Counts refusals.
    ///
    /// - Parameters:
    ///   - site: nil where no key was proven.
    ///   - now: milliseconds since 1970.
    func countRefusal(of site: SiteID?, named name: String, times: UInt64 = 1, because sentence: String, now: Int64)
        throws(StoreError)
    {
        try noteRefusal(of: site, named: name, times: times, because: sentence, now: now)
    }

    func noteRefusal(of site: SiteID?, named name: String, times: UInt64, because sentence: String, now: Int64)
        throws(StoreError)
    {
        let member = site.flatMap { transaction.state.roster.knows($0) ? $0.bytes : nil }
        try transaction.connection.rows(
            """
            INSERT INTO caravan_refusal VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET count = count + excluded.count, last = excluded.last, sentence = excluded.sentence
            """, [.blob(member ?? []), .text(name), .integer(Int64(clamping: times)), .integer(now), .text(sentence)])
    }

    /// The refusals that were counted, by site and name.
    func refusals() throws(StoreError) -> [CountedRefusal] {
        try transaction.connection.rows(
            "SELECT site, name, count, last, sentence FROM caravan_refusal ORDER BY site, name"
        ).compactMap { row in
            guard case .blob(let site) = row[0], case .text(let name) = row[1], case .integer(let count) = row[2],
                case .integer(let last) = row[3], case .text(let sentence) = row[4]
            else { return nil }
            return CountedRefusal(
                site: SiteID(site), name: String(decoding: name, as: UTF8.self), count: UInt64(clamping: count),
                last: last,
                sentence: String(decoding: sentence, as: UTF8.self))
        }
    }
}
