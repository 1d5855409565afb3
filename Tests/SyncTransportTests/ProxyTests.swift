import Crypto
import NIOCore
import NIOPosix
import NIOSSL
import ReplicaModel
import Testing

@testable import SyncTransport

@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private static let far = HostPort(host: "hub.nowhere.example", port: 7410)

    private static func settings(_ text: String) throws -> ProxySettings {
        ProxySettings(configured: .proxy(try Proxy(text)), environment: [:])
    }

    /// Dials an echo at a name which only the proxy knows, and gives what it says.
    private func echo(
        through text: (HostPort) -> String, expecting: SiteID? = nil,
        answer: @escaping @Sendable (Int, [UInt8]) -> TestProxy.Answer
    ) async throws -> (requests: [[UInt8]], error: TransportError?) {
        try await withListener(1, serve: SyncTransportTests.echo) { address in
            let proxy = try await TestProxy.start(to: address, answer: answer)
            let dialler = Dialler(
                identity: try identity(2), proxies: try Self.settings(text(proxy.address)))
            var found: TransportError?
            do {
                try await dialler.connect(to: [Self.far], expecting: expecting) { connection in
                    #expect(connection.dialled == Self.far)
                    try await connection.send([7, 8])
                    #expect(try await connection.receive() == [7, 8])
                }
            } catch let error as TransportError { found = error }
            try await proxy.stop()
            return (proxy.requests, found)
        }
    }

    /// The head of a request to an HTTP proxy is answered once it is whole.
    private static func http(_ answer: TestProxy.Answer) -> @Sendable (Int, [UInt8]) -> TestProxy.Answer {
        { _, request in request.suffix(4).elementsEqual("\r\n\r\n".utf8) ? answer : .wait }
    }

    private static func head(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(
        "an HTTP proxy connects to the name it is asked for, and TLS runs within", arguments: ["", "us%40er:p%3Aass@"])
    func connects(credentials: String) async throws {
        let (requests, error) = try await echo(
            through: { "http://\(credentials)\($0)" }, expecting: identity(1).site,
            answer: Self.http(.connect(Self.head("HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n"))))
        #expect(error == nil)
        let request = String(decoding: try #require(requests.first), as: UTF8.self)
        #expect(request.hasPrefix("CONNECT hub.nowhere.example:7410 HTTP/1.1\r\n"))
        #expect(request.contains("\r\nHost: hub.nowhere.example:7410\r\n"))
        // us@er:p:ass
        #expect(request.contains("Proxy-Authorization: Basic dXNAZXI6cDphc3M=\r\n") == !credentials.isEmpty)
    }

    @Test(
        "an HTTP proxy that lets nobody through is told from one that wants credentials, a page, and what is no proxy",
        arguments: [
            ("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nabcd", "", .refused(reason: "403 Forbidden")),
            ("HTTP/1.0 502 Bad Gateway\r\n\r\n", "", .refused(reason: "502 Bad Gateway")),
            ("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "", .needsCredentials),
            ("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "a:b@", .badCredentials),
            (
                "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n", "a:b@",
                .wantsOther(schemes: "Negotiate, NTLM")
            ),
            (
                "HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: basic realm=\"x\"\r\n\r\n", "",
                .needsCredentials
            ),
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "", .page),
            ("HTTP/1.1 302 Found\r\nLocation: http://sign.in/\r\n\r\n", "", .page),
            ("HTTP/1.1 511 Network Authentication Required\r\n\r\n", "", .page),
            ("SSH-2.0-OpenSSH_9.2\r\n", "", .notAProxy), ("", "", .notAProxy), ("\u{5}\u{0}", "", .notAProxy),
        ] as [(String, String, ProxyFailure)])
    func httpFailures(text: String, credentials: String, failure: ProxyFailure) async throws {
        let (_, error) = try await echo(
            through: { "http://\(credentials)\($0)" }, answer: Self.http(.end(Self.head(text))))
        guard case .proxy(let proxy, let to, let found) = error else {
            Issue.record("expected a failure of the proxy, found \(String(describing: error))")
            return
        }
        #expect(found == failure)
        #expect(to == Self.far)
        let sentence = try #require(error).sentence
        #expect(!sentence.contains("a:b@"))
        #expect(sentence.contains("\(proxy.address)"))
    }

    @Test("what answers behind a proxy with a page, or with no TLS, is named for it")
    func pageBehind() async throws {
        let (_, error) = try await echo(
            through: { "http://\($0)" },
            answer: { step, request in
                step == 0
                    ? Self.http(.say(Self.head("HTTP/1.1 200 OK\r\n\r\n")))(step, request)
                    : .say(Self.head("HTTP/1.1 400 Bad Request\r\n\r\n<html>"))
            })
        #expect(error == .notTLS(Self.far, isPage: true))
        let (_, other) = try await echo(
            through: { "http://\($0)" },
            answer: { step, request in
                step == 0
                    ? Self.http(.say(Self.head("HTTP/1.1 200 OK\r\n\r\n")))(step, request) : .say(Self.head("220 mail"))
            })
        #expect(other == .notTLS(Self.far, isPage: false))
    }

    /// A SOCKS proxy that wants credentials or none, and answers the request with a code, byte by byte or not.
    private static func socks(method: UInt8, status: UInt8 = 0, code: UInt8 = 0)
        -> @Sendable (Int, [UInt8]) ->
        TestProxy.Answer
    {
        { step, _ in
            let answers: [[UInt8]] =
                (method == 2 ? [[5, 2], [1, status]] : [[5, method]]) + [[5, code, 0, 3, 1, 0x78, 0, 80]]
            guard step < answers.count else { return .wait }
            return step == answers.count - 1 && code == 0 ? .connect(answers[step]) : .say(answers[step])
        }
    }

    @Test("a SOCKS proxy gets the name as it is, with a user and password if it wants them")
    func socks() async throws {
        let (requests, error) = try await echo(through: { "socks5://\($0)" }, answer: Self.socks(method: 0))
        #expect(error == nil)
        let name: [UInt8] = [5, 1, 0, 3, 19] + "hub.nowhere.example".utf8 + [0x1C, 0xF2]
        #expect(requests == [[5, 1, 0], name])
        let (signed, none) = try await echo(through: { "socks5h://us:word@\($0)" }, answer: Self.socks(method: 2))
        #expect(none == nil)
        #expect(signed == [[5, 2, 0, 2], [1, 2] + "us".utf8 + [4] + "word".utf8, name])
    }

    @Test("a SOCKS proxy that lets nobody through says why")
    func socksFailures() async throws {
        func failure(_ text: String, _ answer: @escaping @Sendable (Int, [UInt8]) -> TestProxy.Answer) async throws
            -> ProxyFailure?
        {
            let (_, error) = try await echo(through: { "socks5://\(text)\($0)" }, answer: answer)
            if case .proxy(_, _, let failure) = error { return failure }
            return nil
        }
        #expect(try await failure("", Self.socks(method: 0xFF)) == .needsCredentials)
        #expect(try await failure("a:b@", Self.socks(method: 2, status: 1)) == .badCredentials)
        #expect(try await failure("", Self.socks(method: 2)) == .notAProxy)
        #expect(try await failure("", Self.socks(method: 0, code: 2)) == .refused(reason: "not allowed by its rules"))
        #expect(
            try await failure("", Self.socks(method: 0, code: 4))
                == .refused(reason: "host unreachable, or there is no such name"))
        #expect(try await failure("", { _, _ in .end(Self.head("HTTP/1.1 400 Bad Request\r\n\r\n")) }) == .notAProxy)
        #expect(try await failure("", { _, _ in .end([]) }) == .notAProxy)
    }

    @Test("a proxy that is not there is named, and not the peer")
    func unreachable() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(
            host: "127.0.0.1", port: 0
        ).get()
        let free = try #require(HostPort(of: channel.localAddress))
        try await channel.close()
        for kind in ["http", "socks5"] {
            let dialler = Dialler(identity: try identity(2), proxies: try Self.settings("\(kind)://\(free)"))
            await #expect {
                try await dialler.connect(to: [Self.far]) { _ in }
            } throws: { error in
                guard case TransportError.proxy(let proxy, _, .unreachable) = error else { return false }
                return proxy.address == free
            }
        }
    }

    @Test("a proxy that says nothing is given up, and its connection closed")
    func silent() async throws {
        let proxy = try await TestProxy.start(to: loopback) { _, _ in .wait }
        let dialler = Dialler(
            identity: try identity(2), timeout: .milliseconds(200),
            proxies: try Self.settings("http://\(proxy.address)"))
        await #expect {
            try await dialler.connect(to: [Self.far]) { _ in }
        } throws: { error in
            guard case TransportError.timeout(let act, _) = error else { return false }
            return act.contains("\(proxy.address)")
        }
        try await proxy.stop()
    }

    @Test("whoever shows a certificate of another kind breaks TLS, and whoever shows another site's key is another")
    func inspected() async throws {
        let key = P256.Signing.PrivateKey()
        let server = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(try foreignCertificate(key))],
                privateKey: .privateKey(NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem))))
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(HostPort(of: channel.localAddress))
        await #expect {
            try await Dialler(identity: identity(2)).connect(to: [address], expecting: identity(1).site) { _ in }
        } throws: { error in
            if case TransportError.brokenTLS(address, _) = error { true } else { false }
        }
        try await channel.close()
        try await withListener(3, serve: SyncTransportTests.echo) { address in
            let (expected, found) = (try identity(1).site, try identity(3).site)
            await #expect(throws: TransportError.wrongPeer(expected: expected, found: found)) {
                try await Dialler(identity: identity(2)).connect(to: [address], expecting: expected) { _ in }
            }
        }
    }
}
