import Foundation

/// The answer to one request.
struct Answer {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: String
    /// The bytes behind the headers, as they came.
    var bytes: [UInt8] = []

    /// The bytes of the body, out of the pieces in which it came.
    var content: [UInt8] {
        guard header("Transfer-Encoding") == "chunked" else { return bytes }
        var (out, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes[...])
        while let end = rest.firstIndex(of: 0x0D),
            let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0
        {
            out += rest[(end + 2)...].prefix(count)
            rest = rest[(end + 2)...].dropFirst(count + 2)
        }
        return out
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var location: String { header("Location") ?? "" }

    /// The texts between two others, wherever both stand.
    func all(_ start: String, _ end: String) -> [String] {
        body.components(separatedBy: start).dropFirst().map { $0.components(separatedBy: end)[0].unescapedHTML }
    }

    /// The value of a hidden field, the first of its name.
    func field(_ name: String) -> String? { all("name=\"\(name)\" value=\"", "\"").first }
}

extension String {
    /// The text that a piece of HTML shows.
    var unescapedHTML: String {
        var out = self
        for (code, text) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            out = out.replacingOccurrences(of: code, with: text)
        }
        return out
    }

    var formEncoded: String {
        addingPercentEncoding(withAllowedCharacters: CharacterSet(charactersIn: "a"..."z")) ?? ""
    }
}

/// A browser without script: a cookie jar, and one connection for each request, over a plain socket so that a test can
/// send whatever it likes.
final class Browser: Sendable {
    let port: Int
    private let jar = Guarded<[String: String]>([:])
    private let wish = Guarded("en")

    var cookies: [String: String] {
        get { jar.value }
        set { jar.change { $0 = newValue } }
    }

    var language: String {
        get { wish.value }
        set { wish.change { $0 = newValue } }
    }

    init(port: Int) { self.port = port }

    struct NoAnswer: Error {}

    /// An open connection.
    func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let done = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
        }
        guard done == 0 else { throw NoAnswer() }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }

    /// Sends bytes as they are, and reads until the other side closes.
    func raw(_ bytes: [UInt8]) throws -> Answer {
        let descriptor = try connect()
        defer { close(descriptor) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        var all: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &room, room.count, 0)
            guard count > 0 else { break }
            all += room[..<count]
        }
        return try answer(all)
    }

    private func answer(_ bytes: [UInt8]) throws -> Answer {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { throw NoAnswer() }
        var lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let status = Int(lines.removeFirst().split(separator: " ")[1]) ?? 0
        let headers = lines.map { line -> (name: String, value: String) in
            let parts = line.components(separatedBy: ": ")
            return (parts[0], parts.dropFirst().joined(separator: ": "))
        }
        for header in headers where header.name.lowercased() == "set-cookie" {
            let pair = header.value.components(separatedBy: ";")[0].split(separator: "=", maxSplits: 1)
            cookies[String(pair[0])] = pair.count > 1 ? String(pair[1]) : nil
        }
        let start = bytes.indices.first { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }.map { $0 + 4 }
        return Answer(
            status: status, headers: headers, body: String(text[end.upperBound...]),
            bytes: Array(bytes[(start ?? bytes.count)...]))
    }

    private func head(_ method: String, _ path: String, _ extra: [String: String]) -> String {
        var headers = [
            "Host": "127.0.0.1:\(port)", "Connection": "close", "Accept-Language": language,
            "Cookie": cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "),
        ]
        headers.merge(extra) { $1 }
        return "\(method) \(path) HTTP/1.1\r\n" + headers.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n"
    }

    func get(_ path: String, _ extra: [String: String] = [:]) throws -> Answer {
        try raw(Array(head("GET", path, extra).utf8))
    }

    /// Follows what leads on.
    func follow(_ answer: Answer) throws -> Answer { try get(answer.location.components(separatedBy: "#")[0]) }

    func post(_ path: String, _ fields: [(String, String)], _ extra: [String: String] = [:]) throws -> Answer {
        let body = fields.map { "\($0.0.formEncoded)=\($0.1.formEncoded)" }.joined(separator: "&")
        return try send(path, body: Array(body.utf8), type: "application/x-www-form-urlencoded", extra)
    }

    func send(_ path: String, body: [UInt8], type: String, _ extra: [String: String] = [:]) throws -> Answer {
        var headers = [
            "Origin": "http://127.0.0.1:\(port)", "Content-Type": type, "Content-Length": "\(body.count)",
        ]
        headers.merge(extra) { $1 }
        return try raw(Array(head("POST", path, headers).utf8) + body)
    }

    /// Sends a file with the form of the page `/import`.
    func upload(_ text: String, name: String, table: String, token: String? = nil) throws -> Answer {
        let token = try token ?? get("/import").field("token") ?? ""
        let mark = "x-mark-of-the-test"
        var body = ""
        for (field, value) in [("token", token), ("table", table), ("sheet", ""), ("encoding", "")] {
            body += "--\(mark)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
        }
        body += "--\(mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
        body += "Content-Type: text/csv\r\n\r\n\(text)\r\n--\(mark)--\r\n"
        return try send("/import", body: Array(body.utf8), type: "multipart/form-data; boundary=\(mark)")
    }

    /// The fields of the form of a page that goes to `action`, as a browser without script would send them.
    func form(on page: Answer, to action: String) -> [(String, String)] {
        let escaped = action.replacingOccurrences(of: "&", with: "&amp;")
        let parts = page.body.components(separatedBy: "action=\"\(escaped)\"")
        guard parts.count > 1 else { return [] }
        let form = parts[1].components(separatedBy: "</form>")[0]
        var out: [(String, String)] = []
        for piece in form.components(separatedBy: "<").dropFirst() {
            guard let name = piece.attribute("name") else { continue }
            if piece.hasPrefix("input") {
                out.append((name, piece.attribute("value") ?? ""))
            } else if piece.hasPrefix("textarea") {
                let text = piece.components(separatedBy: ">").dropFirst().joined(separator: ">")
                out.append((name, (text.hasPrefix("\n") ? String(text.dropFirst()) : text).unescapedHTML))
            } else if piece.hasPrefix("select") {
                let rest = form.components(separatedBy: "name=\"\(name)\"")[1].components(separatedBy: "</select>")[0]
                let options = rest.components(separatedBy: "<option").dropFirst()
                let chosen = options.first { $0.contains(" selected") } ?? options.first
                out.append((name, chosen?.attribute("value") ?? ""))
            }
        }
        return out
    }
}

extension String {
    fileprivate func attribute(_ name: String) -> String? {
        let tag = components(separatedBy: ">")[0]
        let parts = tag.components(separatedBy: " \(name)=\"")
        return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0].unescapedHTML : nil
    }
}

extension [(String, String)] {
    /// The fields, with other values for some.
    func with(_ values: [String: String]) -> [(String, String)] { map { ($0.0, values[$0.0] ?? $0.1) } }
}
