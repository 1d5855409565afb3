import Foundation
import Hummingbird
import HTTPTypes
import NIOCore
import SyncNode

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

    /// A file to keep, given bit by bit.
    ///
    /// - Parameters:
    ///   - name: under which the browser keeps it; what is not ASCII goes.
    ///   - isGone: whether the file is taken away at once, though it is still given.
    static func file(at path: String, named name: String, type: String, isGone: Bool = false) throws -> Response {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PageError(status: .notFound, key: "error_upload") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        if isGone { unlink(path) }
        return Response(
            status: .ok, headers: attachment(name, type),
            body: .init { writer in
                while let bytes = try handle.read(upToCount: 64 << 10), !bytes.isEmpty {
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            })
    }

    /// The headers of a file to keep.
    static func attachment(_ name: String, _ type: String) -> HTTPFields {
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        return [
            .contentType: type, .cacheControl: "no-store", .contentDisposition: "attachment; filename=\"\(plain)\"",
        ]
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
    /// Answers what has no route.
    let missing: @Sendable (Request, ConsoleContext) async -> Response

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
        } else if request.headers.contains(where: { $0.name.canonicalName == "host" }) {
            // The first is the authority. Whoever stands between may have heeded another (RFC 9112, section 3.2).
            response = PlainText.response("a request names one host\n", .badRequest)
        } else if !site.isOwn(authority: request.head.authority) {
            response = PlainText.response(
                "this console is not called so: ask for it as \(site.beginning)\n", .misdirectedRequest)
        } else {
            do { response = try await next(request, context) } catch let error as HTTPError {
                response =
                    error.status == .notFound
                    ? await missing(request, context)
                    : PlainText.response("\(error.status.code) \(error.status.reasonPhrase)\n", error.status)
                if request.method == .head { response = response.createHeadResponse() }
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
