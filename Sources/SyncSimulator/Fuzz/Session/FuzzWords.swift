import ReplicaModel
import SyncProtocol
import SyncWire

/// The words that a peer may say, right or wrong, of few sites and small numbers, so that things meet.
struct FuzzWords {
    let own: SiteID
    let peer: SiteID
    let alliance: Bytes32

    func message(_ script: inout FuzzScript) -> Message {
        switch script.below(14) {
        case 0, 1, 2: .hello(hello(&script))
        case 3: .knock
        case 4: .join(join(&script))
        case 5: .vectorWanted
        case 6: .vector(vector(&script))
        case 7, 8: .changes(bytes: script.run(), isLast: script.bool())
        case 9, 10: .ack(held: vector(&script), applied: vector(&script))
        case 11: .ping
        case 12: .bye(script.pick([.done, .duplicate, .stopping]))
        default: .error(code: script.pick(ErrorCode.allCases), sentence: "fuzz")
        }
    }

    /// Mostly one that can be accepted.
    func hello(_ script: inout FuzzScript) -> Hello {
        let fault = script.below(16)
        return Hello(
            versions: fault == 1 ? 2...3 : 1...UInt64(1 + script.below(3)),
            alliance: fault == 2 ? ContentHash.of([]) : alliance,
            site: fault == 3 ? own : peer, incarnation: Incarnation(UInt64(script.below(2))), software: "fuzz",
            wallClock: fault == 4 ? .min : Int64(script.byte()), frameBytesMax: UInt64(FrameLimits.frameBytesMax),
            scopes: [.control, .alliance], controlDigest: digest(&script), headsDigest: digest(&script),
            held: held(&script),
            unfinished: unfinished(&script), waiting: fault == 5 ? 3 : fault == 6 ? nil : 0,
            stays: fault >= 12)
    }

    private func held(_ script: inout FuzzScript) -> HelloVector {
        guard script.below(3) == 0 else { return .full(vector(&script)) }
        let entries = Set((0..<script.below(4)).map { _ in script.below(4) }).sorted()
        return .byRoster(
            entries.map {
                .init(position: UInt64($0), incarnation: .first, scope: .alliance, seq: 1 + UInt64(script.below(3)))
            })
    }

    private func unfinished(_ script: inout FuzzScript) -> [UnfinishedChangeset] {
        guard script.below(4) == 0 else { return [] }
        return [
            UnfinishedChangeset(
                feed: script.pick(feeds), seq: 1 + UInt64(script.below(3)), chunks: UInt64(script.below(3)))
        ]
    }

    func join(_ script: inout FuzzScript) -> JoinRequest {
        JoinRequest(
            alliance: alliance, secret: [UInt8](repeating: UInt8(script.below(3)), count: FrameLimits.secretBytes),
            name: "fuzz")
    }

    func vector(_ script: inout FuzzScript) -> Vector {
        var vector: Vector = [:]
        for _ in 0..<script.below(4) { vector[script.pick(feeds)] = 1 + UInt64(script.below(3)) }
        return vector
    }

    func digest(_ script: inout FuzzScript) -> Bytes32 { ContentHash.of([UInt8(script.below(2))]) }

    private var feeds: [FeedID] {
        [own, peer].flatMap { site in
            [Scope.control, .alliance].map { FeedID(site: site, incarnation: .first, scope: $0) }
        }
    }
}
