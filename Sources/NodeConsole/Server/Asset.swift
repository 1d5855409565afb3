import Hummingbird
import HTTPTypes
import NIOCore

/// File that a browser keeps, one of two. Its address changes with what is in it.
struct Asset: Sendable {
    let name: String
    let type: String
    let text: String

    static let style = Asset(name: "style.css", type: "text/css; charset=utf-8", text: styleText)
    static let script = Asset(name: "script.js", type: "text/javascript; charset=utf-8", text: scriptText)
    static let all = [style, script]

    var path: String { "/assets/\(Secret.hash(text).prefix(16))/\(name)" }

    var response: Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
