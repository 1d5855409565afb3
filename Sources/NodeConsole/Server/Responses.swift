import Hummingbird
import HTTPTypes
import NIOCore

/// Answers that are plain text.
enum PlainText {
    static func response(
        _ text: String, _ status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Response {
    /// A page.
    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// An answer that leads a browser to another page, which it asks for with GET.
    static func seeOther(_ place: String) -> Response {
        Response(status: .seeOther, headers: [.location: place, .cacheControl: "no-store"])
    }
}

/// Gives every answer the headers that keep other sites out, and refuses what is asked for under a name that is not the
/// console's own.
struct HeaderMiddleware: RouterMiddleware {
    let site: ConsoleSite

    /// Bytes of all headers of a request.
    private static let headerBytesMax = 16 << 10

    private static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        let bytes = request.headers.reduce(request.uri.string.utf8.count) {
            $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4
        }
        if bytes > Self.headerBytesMax {
            response = PlainText.response("the headers are too large\n", .requestHeaderFieldsTooLarge)
        } else if !site.isOwn(authority: request.head.authority) {
            response = PlainText.response(
                "this console is not called so: ask for it as \(site.beginning)\n", .misdirectedRequest)
        } else {
            do { response = try await next(request, context) } catch let error as HTTPError {
                response = PlainText.response("\(error.status.code) \(error.status.reasonPhrase)\n", error.status)
            }
        }
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in Self.fixed {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    private static let fixed = [
        ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]
}
