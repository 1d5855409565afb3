import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncWire

extension Engine {
    /// The reason why nothing is taken of a site's files; nil where it is a member.
    package func refusal(of site: SiteID) throws(StoreError) -> CarriedFault? {
        switch try trust(in: site) {
        case .stranger: .stranger(site.short)
        case .retired: .retired(try replica.member(site)?.name ?? site.short)
        case .member, .invited: nil
        }
    }

    /// Checks a bundle's file that is in memory from its first byte to its last, and takes it at once.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Throws: `CarriedFault` where it is refused whole, or `StoreError`.
    package func take(_ file: [UInt8], now: Int64) throws -> BundleTaking {
        var check = CarriedCheck()
        try check.take(file)
        guard case .bundle(let head) = try check.finish().head else {
            throw CarriedFault.otherKind(found: "another file", wanted: "a bundle")
        }
        guard head.announcement.alliance == replica.alliance else { throw CarriedFault.wrongAlliance }
        let (blocks, site) = (try CarriedFileReader.blocks(of: file), head.announcement.site)
        if try trust(in: site).mustProve {
            var introduction = Introduction(head)
            for block in blocks { guard try introduction.take(block) else { break } }
            _ = try introduction.admits(site, at: self, now: now)
        }
        if let fault = try refusal(of: site) { throw fault }
        let taking = try BundleTaking(self, head, now: now)
        for block in blocks {
            taking.append(block)
            while try taking.proceed() {}
        }
        taking.close()
        while try taking.proceed() {}
        try replica.carrierNotes.note(head.announcement, now: now)
        try replica.exchange.witness()
        return taking
    }
}
