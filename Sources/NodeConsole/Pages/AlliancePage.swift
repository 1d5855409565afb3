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
        if let exchange = await exchange(visit) { facts["sync"] = exchange }
        if let code {
            // The page at this address is a form's.
            facts["follow"] = "/alliance"
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
        case "sync": return try await sync(visit)
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

    /// Begins an exchange, and shows the page at once where it takes its time.
    private static func sync(_ visit: Visit) async throws -> Response {
        let exchanges = visit.console.exchanges
        guard await exchanges.begin(with: visit.form.filled("name").map { [$0] } ?? []) else {
            return await done("sync_busy", visit, isWarning: true)
        }
        await exchanges.wait(atMost: .seconds(2))
        guard await exchanges.state.isRunning else { return .seeOther("/alliance#live-sync") }
        return await done("sync_begun", visit)
    }

    /// How far the exchange is that somebody began here, or what came of it; nil where nobody did.
    private static func exchange(_ visit: Visit) async -> Facts? {
        let (state, language) = (await visit.console.exchanges.state, visit.language)
        if state.isRunning {
            let lines = state.steps.map { step -> Facts in
                var line: Facts = [
                    "peer": step.peer.escaped(),
                    "text": language.text(
                        "sync_step", step.peer.escaped(), language.number(Int(clamping: step.sent)),
                        language.number(Int(clamping: step.toSend)), language.number(Int(clamping: step.received))),
                ]
                if step.toSend > 0 { (line["of"], line["done"]) = ("\(step.toSend)", "\(step.sent)") }
                return line
            }
            return ["sentence": visit.text("sync_running"), "lines": lines]
        }
        guard let ended = state.ended else { return nil }
        var lines = state.outcomes.map { outcome -> Facts in
            if let error = outcome.error {
                return [
                    "bad": true,
                    "text": language.text("sync_failed", outcome.peer.escaped(), visit.said(error.message)),
                ]
            }
            return [
                "text": language.text(
                    "sync_done", outcome.peer.escaped(), language.number(Int(clamping: outcome.sent)),
                    language.number(Int(clamping: outcome.received)))
            ]
        }
        if let problem = state.problem { lines.append(["bad": true, "text": visit.said(problem)]) }
        return ["sentence": language.text("sync_ended", language.ago(ended, now: Clock.now)), "lines": lines]
    }
}
