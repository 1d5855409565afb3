/// A place to dial or to listen: a host name or IP address, and a TCP port.
///
/// Written `HOST:PORT`, an IPv6 address in brackets: `[::1]:7400`. A host name is not resolved here.
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// The host, without brackets.
    package let host: String
    package let port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`. Port 0 means "any" and is refused unless `isListening`.
    package init(_ text: String, isListening: Bool = false) throws(TransportError) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            throw .badAddress(text, reason: "the port is missing")
        }
        host = try hostName(String(text[..<colon]), of: text)
        port = try portNumber(text[text.utf8.index(after: colon)...], of: text)
        if port == 0, !isListening { throw .badAddress(text, reason: "port 0 cannot be dialled") }
    }

    package var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

private func hostName(_ written: String, of text: String) throws(TransportError) -> String {
    if written.isEmpty { throw .badAddress(text, reason: "the host is missing") }
    guard written.utf8.first == UInt8(ascii: "[") else {
        guard written.utf8.allSatisfy(isNameByte) else {
            let isIPv6 = written.utf8.filter { $0 == UInt8(ascii: ":") }.count >= 2
            throw .badAddress(text, reason: isIPv6 ? "an IPv6 address stands in brackets" : "the host is not a name")
        }
        return written
    }
    let inside = String(written.dropFirst().dropLast())
    // Only an IPv6 address has two colons, so what is bracketed prints as it was read.
    guard written.utf8.last == UInt8(ascii: "]"), inside.utf8.filter({ $0 == UInt8(ascii: ":") }).count >= 2,
        inside.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") })
    else { throw .badAddress(text, reason: "what stands in brackets is not an IPv6 address") }
    return inside
}

private func portNumber(_ digits: Substring, of text: String) throws(TransportError) -> UInt16 {
    let bytes = digits.utf8
    guard !bytes.isEmpty, bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        bytes.count == 1 || bytes.first != UInt8(ascii: "0"), let port = UInt16(digits)
    else { throw .badAddress(text, reason: "the port is not a number from 0 to 65535") }
    return port
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
}
