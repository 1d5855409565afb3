import Testing

@testable import SyncTransport

@Suite("Where peers reach what listens")
struct HostPortReachTests {
    @Test(
        "Every address of the machine is known however it is written",
        arguments: [
            "0.0.0.0:1", "0:1", "00.0.0.0:1", "0x0:1", "[::]:1", "[0:0:0:0:0:0:0:0]:1", "[::0]:1", "[::ffff:0.0.0.0]:1",
        ])
    func wildcards(text: String) throws {
        let address = try HostPort(text)
        #expect(address.isWildcard)
        let dialled = address.dialled
        let (wildcards, kinds, ports) = (
            dialled.filter(\.isWildcard), Set(dialled.map(\.isLoopback)), Set(dialled.map(\.port))
        )
        #expect(wildcards.isEmpty)
        #expect(kinds.count <= 1, "this machine's own only where there is no other")
        #expect(ports.isSubset(of: [1]))
    }

    @Test(
        "One address is what it is",
        arguments: ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1", "LocalHost:1", "[::ffff:127.0.0.1]:1"])
    func loopback(text: String) throws {
        let address = try HostPort(text)
        #expect(address.isLoopback)
        #expect(!address.isWildcard)
        #expect(address.dialled == [address])
    }

    @Test(
        "A name and an address of a network are neither",
        arguments: ["campus.example:1", "10.0.0.5:1", "[2001:db8::1]:1", "0.0.0.1:1", "localhost.example:1"])
    func others(text: String) throws {
        let address = try HostPort(text)
        #expect(!address.isLoopback)
        #expect(!address.isWildcard)
        #expect(address.dialled == [address])
    }
}
