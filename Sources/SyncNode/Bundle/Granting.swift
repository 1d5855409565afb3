import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// The answer to a new node's petition.
struct Granting: Sendable {
    let role: Role
    let withRecords: Bool
    let addresses: [String]

    func answer(
        _ name: String, in output: String, at node: isolated Node, progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> (name: String, site: SiteID, file: BundleReport) {
        let importer = try BundleImporter(node.home)
        let file = try await importer.files.arrive(name, at: node)
        guard case .petition(let petition) = file.head else {
            throw NodeError(
                CarriedFault.otherKind(found: "a file of a member", wanted: "one that `join --request` wrote"), of: name
            )
        }
        guard petition.card.isValid else {
            throw NodeError(CarriedFault.altered("the key in it is not its writer's"), of: name)
        }
        try saying { try node.engine.seal() }
        // Nobody becomes a member whose answer cannot be written there.
        _ = try OutputFile(output)
        let member = try admit(petition, at: node)
        do throws(NodeError) {
            let report = try await write(for: petition, to: output, at: node, progress: progress)
            return (member, petition.site, report)
        } catch {
            throw NodeError(
                kind: error.kind,
                message:
                    "\(error.message). \(member) is let in all the same: run the same line again once that is mended")
        }
    }

    private func write(
        for petition: Petition, to output: String, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> BundleReport {
        var order = BundleExport.Order()
        order.recipients = [petition.site]
        order.scopes = withRecords ? nil : [.control]
        order.cards = [petition.card]
        order.grant = Grant(
            secret: petition.secret, name: try saying { try node.engine.replica.ownName() }, addresses: addresses)
        let written = try await BundleExporter().write(
            order, to: output, bytesMax: .max, at: node, progress: progress)
        guard let report = written.report else {
            preconditionFailure("a file without a limit is written to its end")
        }
        return report
    }

    /// Admits the petitioner as whoever shows the secret of an invitation: once, and again where it asks again.
    ///
    /// - Returns: its name in the roster.
    private func admit(_ petition: Petition, at node: isolated Node) throws(NodeError) -> String {
        let (replica, now) = (node.engine.replica, Clocks.now.wall)
        let request = JoinRequest(alliance: replica.alliance, secret: petition.secret, name: petition.name)
        let outcome = try saying {
            let isGiven = try replica.admin.invitations().contains { $0.hash == ContentHash.of(petition.secret) }
            if !isGiven {
                try replica.admin.addInvitation(secret: petition.secret, role: role, expires: now + Self.milliseconds)
            }
            return try replica.redeem(request, by: petition.site, now: now)
        }
        if case .refused(let refusal) = outcome {
            throw NodeError(
                kind: .refused, name: refusal.code.rawValue,
                message: "the petition of \(petition.name) is refused: \(refusal.sentence)")
        }
        return try saying {
            try replica.carrierNotes.note(petition.card)
            return try replica.member(petition.site)?.name ?? petition.name
        }
    }

    /// The time for which the invitation stands: it is redeemed at once.
    private static let milliseconds: Int64 = 60_000
}
