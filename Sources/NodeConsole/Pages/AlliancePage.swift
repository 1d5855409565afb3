import Hummingbird
import ReplicaModel
import SyncNode

/// The page of members, invitations and peers.
enum AlliancePage {
    static func show(_ visit: Visit) async throws -> Response { try await page(visit, code: nil) }

    /// - Parameter code: an invitation that was made just now; it is shown this once.
    private static func page(_ visit: Visit, code: String?) async throws -> Response {
        let node = try await visit.reader()
        let (own, roster) = (try await node.tables.ownSite(), try await node.reports.members())
        let language = visit.language
        var facts: Facts = [
            "admin": roster.first { $0.site == own }?.role == .admin,
            "peers": PeerFacts.rows(try await node.peers.list(), visit),
            "members": roster.map { member(of: $0, own: own, visit) },
        ]
        facts["invitations"] = try await node.peers.invitations().map { one -> Facts in
            var row: Facts = [
                "id": one.id, "role": visit.text("role_" + one.role.rawValue),
                "state": visit.text("invitation_" + one.state.rawValue), "expires": language.moment(one.expires),
                "open": one.state == .open,
            ]
            if let by = one.by { row["by"] = by.name?.escaped() ?? by.site.short }
            return row
        }
        if let code {
            facts["code"] = ["text": code, "picture": QRPicture.svg(of: code) ?? ""]
        }
        return await visit.page("alliance", title: visit.text("place_alliance"), at: .alliance, facts)
    }

    private static func member(of entry: RosterEntry, own: SiteID, _ visit: Visit) -> Facts {
        var row: Facts = [
            "name": entry.name.escaped(), "site": entry.site.hex, "short": entry.site.short,
            "own": entry.site == own, "active": entry.role != nil, "waits": entry.isPending,
            "role": entry.role.map { visit.text("role_" + $0.rawValue) } ?? visit.text("role_retired"),
            "roles": Role.allCases.map { role in
                [
                    "value": role.rawValue, "text": visit.text("role_" + role.rawValue),
                    "chosen": role == entry.role,
                ] as Facts
            },
        ]
        if let institution = entry.institution { row["institution"] = institution.escaped() }
        return row
    }

    // MARK: Acts

    static func act(_ visit: Visit) async throws -> Response {
        let (node, form) = (try await visit.writer(), visit.form)
        switch visit.part("act") {
        case "invite": return try await invite(visit, node)
        case "withdraw":
            try await node.peers.withdraw(form["id"] ?? "")
            return await done("done_withdrawn", visit)
        case "role":
            guard let role = Role(rawValue: form["role"] ?? "") else {
                throw PageError(status: .badRequest, key: "error_usage")
            }
            _ = try await node.members.setRole(of: form["site"] ?? "", to: role)
            return await done("done_role", visit)
        case "retire":
            guard form["sure"] == "1" else { return await done("retire_sure", visit, isWarning: true) }
            _ = try await node.members.setRole(of: form["site"] ?? "", to: nil)
            return await done("done_retired", visit)
        case "release":
            _ = try await node.members.release(form["site"] ?? "")
            return await done("done_released", visit)
        case "peer":
            let windows = (form["windows"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
            try await node.peers.add(
                name: form["name"] ?? "", addresses: addresses(form["addresses"]), windows: windows,
                limitRate: form.filled("rate"))
            return await done("done_peer", visit)
        case "remove":
            try await node.peers.remove(form["name"] ?? "")
            return await done("done_removed", visit)
        case "sync": return try await sync(visit, node)
        default: throw PageError(status: .notFound, key: "error_not_found")
        }
    }

    private static func done(_ key: String, _ visit: Visit, isWarning: Bool = false) async -> Response {
        await visit.done(visit.text(key), isWarning: isWarning, at: "/alliance")
    }

    private static func addresses(_ text: String?) -> [String] {
        (text ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    private static func invite(_ visit: Visit, _ node: Node) async throws -> Response {
        guard let role = Role(rawValue: visit.form["role"] ?? "member"),
            let days = Int64(visit.form["days"] ?? "7"), (1...90).contains(days)
        else { throw PageError(status: .badRequest, key: "error_usage") }
        let code = try await node.peers.invite(
            role: role, expiresInSeconds: days * 86_400, addresses: addresses(visit.form["addresses"]))
        // Shown once and kept nowhere, so it is the answer itself and not the page behind it.
        return try await page(visit, code: code)
    }

    private static func sync(_ visit: Visit, _ node: Node) async throws -> Response {
        let outcomes = try await node.dialler.sync(peers: visit.form.filled("name").map { [$0] } ?? [])
        let language = visit.language
        let failed = outcomes.filter { $0.error != nil }
        let sentences = outcomes.map { outcome in
            outcome.error.map { language.text("sync_failed", outcome.peer.escaped(), visit.said($0.message)) }
                ?? language.text(
                    "sync_done", outcome.peer.escaped(), language.number(Int(clamping: outcome.sent)),
                    language.number(Int(clamping: outcome.received)))
        }
        return await visit.done(sentences.joined(separator: " "), isWarning: !failed.isEmpty, at: "/alliance")
    }
}
