import Hummingbird
import ReplicaModel
import SyncNode

/// The page of members, invitations and peers.
enum AlliancePage {
    static func show(_ visit: Visit) async throws -> Response { try await page(visit) }

    /// A form of the page of which nothing came: it is shown again as it was sent.
    private struct Refused {
        let form: String
        let problem: FormProblem
    }

    /// - Parameter code: an invitation that was made just now; it is shown this once.
    private static func page(
        _ visit: Visit, code: String? = nil, refused: Refused? = nil
    ) async throws -> Response {
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
        let typed = { (form: String) -> Form in refused?.form == form ? visit.form : Form() }
        facts["add"] = fields(["name", "addresses", "windows", "rate"], typed("peer"), refused, "peer")
        var invite = fields(["days", "addresses"], typed("invite"), refused, "invite")
        if refused?.form != "invite" { invite["days"] = "7" }
        invite["roles"] = [Role.member, .reader, .admin].map { role in
            [
                "value": role.rawValue, "text": visit.text("role_" + role.rawValue),
                "chosen": typed("invite")["role"] == role.rawValue,
            ] as Facts
        }
        facts["ask"] = invite
        if refused != nil { facts["follow"] = "/alliance" }
        return await visit.page(
            "alliance", title: visit.text("place_alliance"), at: .alliance, facts,
            status: refused?.problem.status ?? .ok)
    }

    /// The texts of a form as they were typed, and what is wrong with it.
    private static func fields(
        _ names: [String], _ typed: Form, _ refused: Refused?, _ form: String
    ) -> Facts {
        var facts: Facts = ["open": refused?.form == form]
        for name in names { facts[name] = typed[name] ?? "" }
        if let refused, refused.form == form { facts["error"] = refused.problem.facts }
        return facts
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
            return try await refusing("peer", visit) {
                let windows = (form["windows"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
                try await node.peers.add(
                    name: form["name"] ?? "", addresses: addresses(form["addresses"]), windows: windows,
                    limitRate: form.filled("rate"))
                return await done("done_peer", visit)
            }
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

    /// Does what a form asks for; what is wrong with it stands in the form, with what was typed.
    private static func refusing(
        _ form: String, _ visit: Visit, _ body: () async throws -> Response
    ) async throws -> Response {
        do { return try await body() } catch let error as NodeError {
            let problem =
                error.kind == .usage
                ? FormProblem(visit.text("error_fields"), detail: visit.told(error.message), .badRequest)
                : FormProblem(error, visit, breaking: .badRequest)
            return try await page(visit, refused: Refused(form: form, problem: problem))
        }
    }

    private static func invite(_ visit: Visit, _ node: Node) async throws -> Response {
        guard let role = Role(rawValue: visit.form["role"] ?? "member") else {
            throw PageError(status: .badRequest, key: "error_usage")
        }
        guard let days = Int64((visit.form["days"] ?? "7").filter { $0 != " " }), (1...daysMax).contains(days) else {
            let sentence = visit.language.text("error_days", "\(daysMax)")
            return try await page(
                visit, refused: Refused(form: "invite", problem: FormProblem(sentence, .badRequest)))
        }
        let fields = visit.form.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "\u{0}")
        let form = Secret.hash((visit.session?.id ?? "") + "\u{0}" + fields)
        let made = visit.form.filled("once") == nil ? nil : await visit.console.invitations.find(form, now: Clock.now)
        switch made {
        case .code(let code)?: return try await page(visit, code: code)
        case .before?: return await done("invited_before", visit, isWarning: true)
        case nil: break
        }
        return try await refusing("invite", visit) {
            let code = try await node.peers.invite(
                role: role, expiresInSeconds: days * 86_400, addresses: addresses(visit.form["addresses"]))
            await visit.console.invitations.keep(code, of: form, now: Clock.now)
            // Shown once and kept for a moment only, so it is the answer itself and not the page behind it.
            return try await page(visit, code: code)
        }
    }

    /// Days for which an invitation may stay open.
    private static let daysMax: Int64 = 90

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
