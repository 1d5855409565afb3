import Foundation
import Hummingbird
import HTTPTypes

/// Signing in by a link, and what is shown to those who have not.
enum SignInPage {
    /// Uses a link up, and begins a session.
    static func enter(_ visit: Visit) async throws -> Response {
        let console = visit.console
        // Programs that only look where a link leads are not to use it up.
        guard visit.request.method == .get else { return await ask(visit, status: .ok) }
        guard let secret = visit.query.filled("secret"), secret.utf8.count <= 200 else {
            return await ask(visit, status: .badRequest)
        }
        // Nobody guesses 256 bits, so what is right is let in however often others came with what is wrong.
        guard console.folder.redeem(secret, now: Clock.now) else {
            guard let wait = await console.sessions.wait(now: Clock.now) else {
                return await ErrorPage.show(visit, .tooManyRequests, "error_too_many")
            }
            try await Task.sleep(for: wait)
            await console.sessions.fail(now: Clock.now)
            console.logger.notice("somebody at \(visit.context.address) came with a link that is old, used or wrong")
            return await ErrorPage.show(visit, .forbidden, "error_link")
        }
        let agent = visit.request.headers[.userAgent] ?? ""
        let cookie = await console.sessions.begin(address: visit.context.address, agent: agent, now: Clock.now)
        var response = await entered(visit)
        response.setCookie(
            Cookie(
                name: console.site.cookieName, value: cookie.text, path: "/", secure: console.site.isSecure,
                httpOnly: true, sameSite: .strict))
        return response
    }

    /// Leads to the overview. A browser that comes by a link on another site would not show its cookie there, for it is
    /// meant for this site alone; a page of this site leads it on.
    private static func entered(_ visit: Visit) async -> Response {
        let from = HTTPField.Name("Sec-Fetch-Site").flatMap { visit.request.headers[$0] } ?? "none"
        guard from != "none", from != "same-origin" else { return .seeOther("/") }
        return await visit.page("entered", title: visit.text("sign_in_done"), ["leads": true])
    }

    /// Says how one signs in.
    static func ask(_ visit: Visit, status: HTTPResponse.Status = .unauthorized) async -> Response {
        await visit.page(
            "sign_in", title: visit.text("sign_in_title"), ["lost": visit.request.method == .post], status: status)
    }
}

/// The browsers that are signed in.
enum SessionsPage {
    static func show(_ visit: Visit) async throws -> Response {
        let sessions = await visit.console.sessions.all(now: Clock.now).map { one in
            [
                "id": one.id, "begun": visit.language.moment(one.begun), "seen": visit.language.moment(one.lastSeen),
                "address": one.address, "agent": one.agent.escaped(), "own": one.id == visit.session?.id,
            ] as Facts
        }
        return await visit.page("sessions", title: visit.text("sessions_title"), ["sessions": sessions])
    }

    static func end(_ visit: Visit) async throws -> Response {
        await end(visit.form["id"] ?? "", visit)
        return .seeOther("/sessions")
    }

    private static func end(_ id: String, _ visit: Visit) async {
        await visit.console.sessions.end(id)
        visit.console.crowd.distrust(id)
        await visit.console.uploads.end(session: id)
    }

    static func signOut(_ visit: Visit) async throws -> Response {
        if let session = visit.session { await end(session.id, visit) }
        var response = Response.seeOther("/")
        response.setCookie(
            Cookie(
                name: visit.console.site.cookieName, value: "", maxAge: 0, path: "/",
                secure: visit.console.site.isSecure, httpOnly: true, sameSite: .strict))
        return response
    }
}
