import Foundation
import Hummingbird
import HTTPTypes
import SyncNode

/// The way of a request to its page: language, session, and for what writes the origin, the token of the form, and
/// whether the form was sent before.
struct Gate: Sendable {
    let console: Console

    typealias Page = @Sendable (Visit) async throws -> Response

    /// Bytes of a form that carries no file: what a form has to be edited (``FieldFacts/textBytesMax``) takes up to
    /// three for each as browsers encode it, and the rest is small.
    private static let formBytesMax = 4 << 20
    /// Seconds for which a request may take to come whole.
    static let requestSeconds = 30

    /// A page that anybody may ask for.
    func open(_ request: Request, _ context: ConsoleContext, _ page: Page) async -> Response {
        await answered(await visit(request, context), page)
    }

    /// A page for those who are signed in.
    func page(_ request: Request, _ context: ConsoleContext, _ page: Page) async -> Response {
        let visit = await visit(request, context)
        guard visit.session != nil else { return await SignInPage.ask(visit) }
        if let wanted = visit.query["lang"].flatMap(Language.init(rawValue:)) { return switched(to: wanted, visit) }
        return await answered(visit, page)
    }

    /// A form of those who are signed in.
    func form(_ request: Request, _ context: ConsoleContext, _ page: Page) async -> Response {
        var visit = await visit(request, context)
        guard let session = visit.session else { return await SignInPage.ask(visit) }
        guard isFromHere(request) else { return await ErrorPage.show(visit, .forbidden, "error_origin") }
        do {
            let buffer = try await withDeadline { try await request.body.collect(upTo: Self.formBytesMax) }
            // What is no UTF-8 is not mended by guessing: it would be written.
            guard let text = String(validating: buffer.readableBytesView, as: UTF8.self),
                let form = Form(reading: text[...])
            else { return await ErrorPage.show(visit, .badRequest, "error_form") }
            visit.form = form
        } catch let error as PageError {
            return await ErrorPage.show(visit, error.status, error.key)
        } catch {
            return await ErrorPage.show(visit, .contentTooLarge, "error_form")
        }
        guard Secret.areSame(visit.form["token"] ?? "", session.token) else {
            return await ErrorPage.show(visit, .forbidden, "error_token")
        }
        return await once(visit, page)
    }

    /// A form that carries a file: its token is looked at by the page, before the file.
    func upload(_ request: Request, _ context: ConsoleContext, _ page: Page) async -> Response {
        let visit = await visit(request, context)
        guard visit.session != nil else { return await SignInPage.ask(visit) }
        guard isFromHere(request) else { return await ErrorPage.show(visit, .forbidden, "error_origin") }
        return await answered(visit, page)
    }

    private func visit(_ request: Request, _ context: ConsoleContext) async -> Visit {
        let cookies = request.cookies
        let language =
            cookies["caravan-language"].flatMap { Language(rawValue: $0.value) }
            ?? Language(accepting: request.headers[.acceptLanguage])
        var visit = Visit(
            console: console, request: request, context: context, language: language,
            query: Form(reading: (request.uri.query ?? "")[...]) ?? Form())
        visit.seen = await console.news.count
        if let cookie = cookies[console.site.cookieName]?.value {
            visit.session = await console.sessions.session(cookie, now: Clock.now, isSign: !visit.isFollowing)
            if let session = visit.session {
                console.crowd.trust(context.address, of: session.id, now: Clock.now)
            }
        }
        return visit
    }

    private func switched(to language: Language, _ visit: Visit) -> Response {
        let rest = visit.query.fields.filter { $0.name != "lang" }
            .map { "\($0.name.urlEncoded)=\($0.value.urlEncoded)" }.joined(separator: "&")
        // Two slashes would lead to another site.
        let path = "/" + visit.request.uri.path.drop { $0 == "/" || $0 == "\\" }
        var response = Response.seeOther(path + (rest.isEmpty ? "" : "?" + rest))
        response.setCookie(
            Cookie(
                name: "caravan-language", value: language.rawValue, maxAge: 31_536_000, path: "/",
                secure: console.site.isSecure, httpOnly: true, sameSite: .strict))
        return response
    }

    /// Whether a form comes from a page of this console.
    private func isFromHere(_ request: Request) -> Bool {
        let from = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
        return console.site.isOwn(origin: request.headers[.origin], of: request.head.authority)
            && (from ?? "same-origin") == "same-origin"
    }

    /// Answers a form that was sent before as it was answered then.
    private func once(_ visit: Visit, _ page: Page) async -> Response {
        guard let token = visit.form.filled("once"), token.utf8.count <= 64 else { return await answered(visit, page) }
        // Another form of the same page is another form.
        let fields = visit.form.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "\u{0}")
        let (sessions, key) = (console.sessions, Secret.hash(visit.request.uri.path + "\u{0}" + fields))
        var tries = Self.requestSeconds * 20
        // One of which nothing came is begun again, and answered as the first was.
        while let earlier = await sessions.begin(form: key) {
            if case .done(let place) = earlier { return .seeOther(place) }
            tries -= 1
            guard tries > 0, (try? await Task.sleep(for: .milliseconds(50))) != nil else {
                return await ErrorPage.show(visit, .conflict, "error_twice")
            }
        }
        let response = await answered(visit, page)
        if response.status == .seeOther, let place = response.headers[.location] {
            await sessions.finish(form: key, at: place)
        } else {
            await sessions.forget(form: key)
        }
        return response
    }

    private func answered(_ visit: Visit, _ page: Page) async -> Response {
        guard visit.context.isText else { return await ErrorPage.show(visit, .notFound, "error_not_found") }
        do { return try await page(visit) } catch let error as NodeError {
            return await ErrorPage.show(visit, error)
        } catch let error as PageError {
            return await ErrorPage.show(visit, error.status, error.key)
        } catch {
            console.logger.error("a page failed: \(error)")
            return await ErrorPage.show(visit, .internalServerError, "error_inside")
        }
    }
}

/// A page that cannot be shown, with the key of the message that says why.
struct PageError: Error {
    let status: HTTPResponse.Status
    let key: String
}

/// Runs what has to be done within the time of a request.
func withDeadline<Result: Sendable>(
    of limit: Duration = .seconds(Gate.requestSeconds), _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            throw PageError(status: .requestTimeout, key: "error_form")
        }
        return result
    }
}
