import Testing

@testable import SyncTransport

@Suite struct ProxySettingsTests {
    private func address(_ text: String) throws -> HostPort { try HostPort(text) }

    @Test("a proxy is read with its kind, address and credentials")
    func reads() throws {
        let plain = try Proxy("http://proxy.example:3128")
        #expect(plain.kind == .http)
        #expect(plain.address == HostPort(host: "proxy.example", port: 3128))
        #expect(plain.credentials == nil)
        #expect(try Proxy("proxy.example:3128") == plain)
        #expect(try Proxy("HTTP://proxy.example:3128/") == plain)
        let colon = try Proxy("socks5://us%3Aer:pass@proxy:1080")
        #expect(colon.credentials == .init(user: "us:er", password: "pass"))
        let signed = try Proxy("socks5h://us%40er:p%3Aa%2Fss@[::1]:1080")
        #expect(signed.kind == .socks5)
        #expect(signed.address == HostPort(host: "::1", port: 1080))
        #expect(signed.credentials == .init(user: "us@er", password: "p:a/ss"))
        #expect("\(signed)" == "socks5://[::1]:1080")
    }

    @Test(
        "what names no proxy is refused, and its password told to nobody",
        arguments: [
            "https://secret:secret@proxy:3128", "socks4://proxy:1080", "http://proxy", "http://", "",
            "http://secret@proxy:1",
            "http://:secret@proxy:1", "http://secret:@proxy:1", "http://a%3Ab:secret@proxy:1", "http://proxy:0",
            "http://secret:%zz@proxy:1", "ftp://proxy:21", "http://proxy:3128/path",
        ])
    func refuses(text: String) {
        #expect {
            _ = try Proxy(text)
        } throws: { error in
            guard let bad = error as? Proxy.BadProxy else { return false }
            return !bad.reason.isEmpty && !bad.reason.contains("secret")
        }
    }

    @Test("the environment's proxy is that for TLS, else that for all, small letters first; none for this machine")
    func environment() throws {
        let all = ["ALL_PROXY": "socks5://all:1", "all_proxy": "socks5://small:1"]
        let far = try address("far.example:7410")
        func found(_ environment: [String: String], _ to: String = "far.example:7410") throws -> String? {
            try ProxySettings(configured: .unsaid, environment: environment).proxy(for: address(to)).map { "\($0)" }
        }
        #expect(try found([:]) == nil)
        #expect(try found(all) == "socks5://small:1")
        #expect(try found(all.merging(["HTTPS_PROXY": "http://tls:2"]) { $1 }) == "http://tls:2")
        #expect(try found(all.merging(["HTTPS_PROXY": ""]) { $1 }) == "socks5://small:1")
        for near in ["127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1"] { #expect(try found(all, near) == nil) }
        #expect(
            throws: TransportError.badProxy(
                setting: "ALL_PROXY", reason: "it begins with neither http:// nor socks5://")
        ) {
            _ = try ProxySettings(configured: .unsaid, environment: ["ALL_PROXY": "quic://x:1"]).proxy(for: far)
        }
        #expect(try found(["ALL_PROXY": "quic://x:1", "NO_PROXY": "far.example"]) == nil)
    }

    @Test("a configured proxy is for this machine too, and none at all may be configured")
    func configured() throws {
        let environment = ["ALL_PROXY": "http://other:1", "NO_PROXY": "near.example"]
        let set = ProxySettings(configured: .proxy(try Proxy("http://own:1")), environment: environment)
        #expect(try set.proxy(for: address("far.example:1"))?.address.host == "own")
        #expect(try set.proxy(for: address("127.0.0.1:1"))?.address.host == "own")
        #expect(try set.proxy(for: address("near.example:1")) == nil)
        #expect(
            try ProxySettings(configured: .direct, environment: environment).proxy(for: address("far.example:1")) == nil
        )
    }

    @Test(
        "NO_PROXY excepts names with all below them, addresses, ranges and ports",
        arguments: [
            ("*", "any.example:1", true), ("example", "a.example:1", true), (".example", "a.example:1", true),
            (".example", "example:1", true), ("example", "other-example:1", false), ("Example", "A.EXAMPLE:1", true),
            ("a.example:7410", "a.example:7410", true), ("a.example:7410", "a.example:7411", false),
            ("10.0.0.0/8", "10.9.8.7:1", true), ("10.0.0.0/8", "11.0.0.1:1", false),
            ("10.0.0.0/9", "10.128.0.1:1", false),
            ("10.1.2.3", "10.1.2.3:1", true), ("10.1.2.3", "10.1.2.30:1", false),
            ("10.1.2.3", "010.1.2.3.example:1", false),
            ("fd00::/8", "[fd12::1]:1", true), ("fd00::/8", "[fe80::1]:1", false), ("[fd12::1]", "[fd12:0::1]:1", true),
            ("[fd12::1]:5", "[fd12::1]:6", false), ("10.0.0.0/8", "a.example:1", false),
            ("0.0.0.0/0", "9.9.9.9:1", true),
            ("10.0.0.0/33", "10.0.0.1:1", false), ("", "a.example:1", false), (" , .", "a.example:1", false),
            ("b.example, a.example", "a.example:1", true),
        ])
    func exceptions(text: String, to: String, isExcepted: Bool) throws {
        let set = ProxySettings(configured: .proxy(try Proxy("http://own:1")), environment: ["no_proxy": text])
        #expect(try (set.proxy(for: address(to)) == nil) == isExcepted, "\(text) \(to)")
    }
}

@Suite struct SOCKSDialogueTests {
    @Test("words that come byte by byte are the same words, and none beyond the last is taken", arguments: [1, 3, 100])
    func pieces(size: Int) throws {
        var dialogue = SOCKSDialogue(
            target: HostPort(host: "192.0.2.7", port: 258), credentials: .init(user: "u", password: "p"))
        #expect(dialogue.greeting == [5, 2, 0, 2])
        let words: [UInt8] = [5, 2, 1, 0, 5, 0, 0, 4] + [UInt8](repeating: 9, count: 16) + [1, 2]
        var said: [UInt8] = []
        for start in stride(from: 0, to: words.count, by: size) {
            #expect(!dialogue.isDone)
            said += try dialogue.receive(words[start..<min(start + size, words.count)])
        }
        #expect(dialogue.isDone)
        #expect(said == [1, 1, 0x75, 1, 0x70] + [5, 1, 0, 1, 192, 0, 2, 7, 1, 2])
        #expect(throws: ProxyFailure.notAProxy) { try dialogue.receive([1]) }
    }

    @Test(
        "whatever else a proxy says is no answer",
        arguments: [
            [4], [0x48], [5, 1], [5, 0, 4], [5, 0, 5, 0, 1, 1, 0], [5, 0, 5, 0, 0, 2, 0],
            [5, 0, 5, 0, 0, 1, 1, 2, 3, 4, 0, 1, 9],
        ] as [[UInt8]])
    func others(words: [UInt8]) {
        var dialogue = SOCKSDialogue(target: HostPort(host: "a.example", port: 1), credentials: nil)
        #expect(throws: ProxyFailure.notAProxy) { try dialogue.receive(words) }
    }
}
