import ReplicaModel
import Testing

@testable import SyncTransport

@Suite struct TransportErrorTests {
    @Test("each error is one sentence that holds its facts")
    func sentences() throws {
        let here = HostPort(host: "::1", port: 7400)
        let (one, two) = (try identity(1).site, try identity(2).site)
        let facts: [(TransportError, [String])] = [
            (.badAddress("x", reason: "why"), ["x", "why"]), (.badKey(reason: "why"), ["why"]),
            (.addressInUse(here), ["[::1]:7400"]), (.cannotListen(here, reason: "why"), ["[::1]:7400", "why"]),
            (.cannotResolve(here, reason: "why"), ["[::1]:7400", "why"]),
            (.cannotConnect(here, reason: "why"), ["[::1]:7400", "why"]),
            (.noneAnswered([.addressInUse(here), .badKey(reason: "why")]), ["[::1]:7400", "why"]),
            (.timeout(doing: "The dial", seconds: 2), ["The dial", " 2 seconds"]),
            (.timeout(doing: "The dial", seconds: 0.5), ["0.5 seconds"]),
            (.wrongPeer(expected: one, found: two), [one.short, two.short]),
            (.badCertificate(reason: "why"), ["why"]), (.handshake(reason: "why"), ["why"]),
            (.refused(reason: "why"), ["why"]), (.tooManyConnections(limit: 5), ["5"]),
            (.frameTooLarge(found: 7, limit: 5), ["7", "5"]), (.frameCut(found: 3, expected: 5), ["3", "5"]),
            (.lost(reason: "why"), ["why"]),
        ]
        for (error, words) in facts {
            for word in words { #expect(error.sentence.contains(word)) }
            #expect(error.sentence.hasSuffix("."))
        }
    }
}
