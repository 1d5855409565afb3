import Testing

@testable import SyncTransport

@Suite struct HostPortTests {
    @Test(
        "an address prints as it was read",
        arguments: [
            "127.0.0.1:7400", "node-1.uni.example:1", "[::1]:65535", "[fe80::1%eth0]:80", "my_host:443",
        ])
    func roundTrip(text: String) throws {
        #expect(try HostPort(text).description == text)
    }

    @Test("host and port are told apart")
    func parts() throws {
        #expect(try HostPort("[::1]:7400") == HostPort(host: "::1", port: 7400))
        #expect(try HostPort("host:7400") == HostPort(host: "host", port: 7400))
    }

    @Test("port 0 is for listening only")
    func portZero() throws {
        #expect(try HostPort("0.0.0.0:0", isListening: true).port == 0)
        #expect(throws: TransportError.badAddress("h:0", reason: "port 0 cannot be dialled")) { try HostPort("h:0") }
    }

    @Test(
        "anything else is refused with a reason",
        arguments: [
            "", "host", ":80", "host:", "host:x", "host:65536", "host:-1", "host:+1", "host:080", "::1:80", "[::1]",
            "[]:80",
            "[::1:80", "::1]:80", "[host]:80", "ho st:80", "host :80", "host:80 ", "hö:80", "http://host:80", "host:٣",
        ])
    func refused(text: String) {
        #expect {
            try HostPort(text)
        } throws: { error in
            guard case TransportError.badAddress(text, let reason) = error else { return false }
            return !reason.isEmpty
        }
    }
}
