import ReplicaModel

/// Members that keep time for an alliance.
extension ReplicaAdmin {
    /// The difference to the clock of the last member met that keeps time; nil where there was none, or where this node
    /// keeps time.
    package func clockOffset() throws(StoreError) -> ClockOffset? { try replica.read().stamps.offset }

    /// Seals that a member keeps time, or that it does not any more. Nothing else of its admission changes.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: whether that was not so before.
    /// - Throws: `notAllowed` unless this node is an admin; `notFound` where the site is no member.
    package func setKeepsTime(_ site: SiteID, _ keepsTime: Bool, now: Int64) throws(StoreError) -> Bool {
        try replica.write { transaction in
            let roster = transaction.state.roster
            guard roster.isAdmin(transaction.state.site) else {
                throw StoreError.notAllowed("only an admin of the alliance may say who keeps time")
            }
            guard let known = roster.entry(of: site), let role = known.role, !known.isPending else {
                throw StoreError.notFound("\(site.short) is no member")
            }
            guard known.keepsTime != keepsTime else { return false }
            let admission = Admission(
                site: site, name: known.name, role: role, institution: known.institution, keepsTime: keepsTime)
            _ = try transaction.sealer.sealControl([.admit(admission)], now: now)
            return true
        }
    }
}
