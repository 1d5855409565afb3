import ReplicaModel
import ReplicaStore
import SyncProtocol

@testable import SyncEngine
@testable import SyncWire

extension Assault {
    func play(_ attack: Attack) throws {
        switch attack {
        case .forgedAuthor, .alteredOperation, .alteredHeader, .borrowedSignature, .gap, .branch, .brokenChain,
            .chunksLeftOut, .changesetCutShort,
            .unsignedFlood, .replayBomb, .smuggledStranger:
            try hello()
            try changes(try changesets(of: attack))
        case .beyondQuota:
            // As if as much had come today as may.
            victim.replica.quota?.changesets = 0
            defer { victim.replica.quota = .usual }
            try hello()
            try changes(Crafted.stream([try next(mallory, by: mallory)]))
        case .oversizeHeader, .zstdBomb, .headerBomb, .notZstd:
            try hello()
            try changes(bytes(of: attack))
        case .wrongAlliance, .stolenName, .downgradedVersion, .replayedHello, .replayedSession: try playHello(attack)
        case .guessedInvitation, .expiredInvitation, .reusedInvitation: try playJoin(attack)
        case .strangerWrites, .selfAdmission, .strangerFlood, .strangerBomb, .strangerSlow: try playStranger(attack)
        case .shrinkingVector, .oversizeLength, .deepNesting, .unknownDuty, .vectorFlood, .askingFlood,
            .changesBeforeHello, .partFlood, .wordWithinParts,
            .askingBeforeHello, .lateJoin:
            try playMessages(attack)
        }
    }

    private func changesets(of attack: Attack) throws -> [UInt8] {
        switch attack {
        case .forgedAuthor: return Crafted.stream([try next(author, by: mallory)])
        case .alteredOperation:
            var altered = try next(author, by: author)
            altered.chunks[0][altered.chunks[0].count - 1] ^= 1
            return Crafted.stream([altered])
        case .alteredHeader:
            var altered = try next(author, by: author)
            let other = try next(author, by: author, row: "other")
            (altered.header, altered.chunks) = (other.header, other.chunks)
            return Crafted.stream([altered])
        case .borrowedSignature:
            var borrowed = try next(author, by: mallory)
            borrowed.signature = try next(mallory, by: mallory).signature
            return Crafted.stream([borrowed])
        case .gap: return Crafted.stream([try next(mallory, by: mallory, seq: 4, after: ContentHash.of([1]))])
        case .branch: return Crafted.stream([try next(mallory, by: mallory, after: ContentHash.of([1]))])
        case .brokenChain:
            let first = try next(mallory, by: mallory)
            var second = try next(mallory, by: mallory, seq: 4, after: ContentHash.of([1]))
            // What its author signed would be of another way of its feed.
            second.signature = first.signature
            return Crafted.stream([first, second])
        case .smuggledStranger:
            // A key that nobody admitted, by a roster that the victim has, behind a changeset that is good.
            let nobody = SigningKey()
            let feed = FeedID(site: nobody.site, incarnation: .first, scope: .alliance)
            let control = context.filter { $0.key.scope == .control }
            return Crafted.stream([
                try next(mallory, by: mallory),
                Crafted(feed, seq: 1, after: .zero, row: "evil", seeing: control, signer: nobody),
            ])
        case .chunksLeftOut: return Crafted.stream([try next(mallory, by: mallory)], skipped: 1)
        case .changesetCutShort:
            var cut = try next(mallory, by: mallory)
            cut.chunks = []
            return Crafted.stream([cut])
        case .replayBomb:
            // One that is held, again and again: some kilobytes on the wire.
            let held = try next(mallory, by: mallory, seq: 1, after: .zero)
            return Crafted.stream(Array(repeating: try genuine(held.header) ?? held, count: 20_000))
        default: return try unsignedFlood()
        }
    }

    /// The changeset of this header's feed and number, as the victim holds it.
    private func genuine(_ header: [UInt8]) throws -> Crafted? {
        let wanted = try UnverifiedHeader(bytes: header, signature: [UInt8](repeating: 0, count: 64)).header
        let held = try victim.replica.outgoing(lackedBy: [:], scopes: [.alliance]).changesets()
        let found = held.first { $0.header.header.feed == wanted.feed && $0.header.header.seq == wanted.seq }
        return found.map {
            Crafted(header: $0.header.bytes, signature: $0.header.signature, chunks: $0.chunks)
        }
    }

    /// Far more than what may wait for a signature.
    private func unsignedFlood() throws -> [UInt8] {
        var flood: [Crafted] = []
        for number in 0...Unvouched.countMax {
            var unsigned =
                try flood.last.map { try next(author, by: mallory, seq: UInt64(number) + 2, after: $0.hash) }
                ?? next(author, by: mallory)
            unsigned.signature = [UInt8](repeating: 7, count: 64)
            flood.append(unsigned)
        }
        return Crafted.stream(flood)
    }

    private func bytes(of attack: Attack) -> [UInt8] {
        let zeros = [UInt8](repeating: 0, count: 4 << 20)
        return switch attack {
        case .oversizeHeader: Crafted.stream(plain: [0x83, 0, 0x5A, 0, 0x40, 0, 1])
        case .zstdBomb: Crafted.stream(plain: zeros, times: 64)
        // A header of the greatest length, of nothing; it is read whole, and no more.
        case .headerBomb: Crafted.stream(plain: [0x83, 0, 0x5A, 0, 0x3F, 0xFF, 0xFF] + hashes(zeros.count), times: 16)
        default: Array("no zstd stream at all".utf8)
        }
    }

    /// The beginning of a header whose list of chunks says that it is longer than any header.
    private func hashes(_ count: Int) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(9)
        feed(of: mallory).write(to: &writer)
        writer.write(unsigned: 3)
        writer.write(ContentHash.of([1]))
        writer.write(unsigned: 0)
        writer.beginArray(0)
        writer.write(unsigned: 1)
        writer.beginArray(1 << 31)
        return writer.bytes + [UInt8](repeating: 0x58, count: count - writer.bytes.count)
    }

    private func playHello(_ attack: Attack) throws {
        switch attack {
        case .wrongAlliance: try hello { $0.alliance = ContentHash.of([1]) }
        case .stolenName: try hello { $0.site = self.author.site }
        case .downgradedVersion: try hello { $0.versions = 0...0 }
        case .replayedHello:
            try hello()
            try hello()
        default:
            // Every frame that another member once sent, over the attacker's own connection.
            try town.write(author, "INSERT INTO t(id) VALUES ('recorded')")
            let recorded = try town.meet(author, other)
            for frame in recorded.frames[0] { try self.frame(frame) }
        }
    }

    private func playJoin(_ attack: Attack) throws {
        var request = try town.invite(lasting: 5)
        switch attack {
        case .guessedInvitation:
            request = JoinRequest(alliance: request.alliance, secret: [UInt8](repeating: 9, count: 16), name: "x")
        case .expiredInvitation: town.moment = Moment(wall: town.moment.wall + 6, steady: town.moment.steady)
        default: _ = try victim.replica.redeem(request, by: author.site, now: town.moment.wall)
        }
        try say(.join(request))
    }

    private func playStranger(_ attack: Attack) throws {
        try hello()
        switch attack {
        case .strangerWrites:
            try changes(Crafted.stream([try next(author, by: mallory), try next(mallory, by: mallory)]))
        case .selfAdmission:
            let admission = Admission(
                site: mallory.site, name: "mallory", role: .admin, institution: nil, keepsTime: false)
            let chunk = ControlCodec.encode([.admit(admission)])
            let writer = ChangeStreamWriter()
            writer.write(
                mallory.key.seal(
                    ChangesetHeader(
                        feed: feed(of: mallory, .control), seq: 1, previous: .zero, stamp: .zero, contextAdvance: [:],
                        operationCount: 1,
                        chunkHashes: [ContentHash.of(chunk)])))
            writer.write(chunk: chunk)
            try changes(Crafted.drained(writer))
        case .strangerFlood: try changes(flood())
        case .strangerBomb: try changes(bomb())
        default:
            // One word now and then keeps nobody in.
            for _ in 0..<12 {
                town.moment = Moment(wall: town.moment.wall + 1000, steady: town.moment.steady + 1000)
                try say(.ping)
                try session.tick(at: town.moment)
            }
        }
    }

    /// Makes more than a mebibyte that does not compress: the hashes of chunks that never come.
    private func flood() -> [UInt8] {
        let hashes = (0..<40_000).map { ContentHash.of([UInt8($0 >> 8), UInt8($0 & 255)]) }
        let writer = ChangeStreamWriter()
        writer.write(
            mallory.key.seal(
                ChangesetHeader(
                    feed: feed(of: mallory, .control), seq: 1, previous: .zero, stamp: .zero, contextAdvance: [:],
                    operationCount: 1,
                    chunkHashes: hashes)))
        return Crafted.drained(writer)
    }

    /// Makes a changeset of control that decodes to a gigabyte, of a single chunk again and again.
    private func bomb() -> [UInt8] {
        let chunk = [UInt8](repeating: 0, count: WireLimits.chunkBytes)
        let writer = ChangeStreamWriter()
        let count = 1 << 14
        writer.write(
            mallory.key.seal(
                ChangesetHeader(
                    feed: feed(of: mallory, .control), seq: 1, previous: .zero, stamp: .zero, contextAdvance: [:],
                    operationCount: 1,
                    chunkHashes: Array(repeating: ContentHash.of(chunk), count: count))))
        for _ in 0..<count { writer.write(chunk: chunk) }
        return Crafted.drained(writer)
    }

    /// Parts of a message that never ends.
    private func playParts(_ count: Int) throws {
        let part: [UInt8] =
            [0x82, 0x13, 0xA2, 0, 0x5A, 0, 1, 0, 0] + [UInt8](repeating: 0, count: FrameLimits.partBytes) + [1, 0xF4]
        for _ in 0..<count where session.end == nil { try frame(part) }
    }

    private func playMessages(_ attack: Attack) throws {
        if attack == .changesBeforeHello { return try changes(Crafted.stream([try next(mallory, by: mallory)])) }
        if attack == .askingBeforeHello { return try say(.vectorWanted) }
        if attack == .partFlood { return try playParts(200) }
        if attack == .wordWithinParts {
            try playParts(1)
            return try say(.bye(.done))
        }
        try hello()
        switch attack {
        case .shrinkingVector:
            let held = try victim.replica.vectors().held
            try say(.ack(held: held, applied: [:]))
            try say(.ack(held: [feed(of: mallory): 1], applied: [:]))
        // A byte string of 4 GiB, of which nothing follows.
        case .oversizeLength: try odd(kind: 11, field: [0x5A, 0xFF, 0xFF, 0xFF, 0xFF])
        case .deepNesting: try odd(kind: 2, field: [UInt8](repeating: 0x81, count: 500_000) + [0])
        case .unknownDuty: try odd(kind: 4711, field: [0])
        case .lateJoin: try say(.join(try town.invite()))
        case .vectorFlood: for _ in 0..<1000 { try say(.vectorWanted) }
        default:
            // An ack is owed for each end of changes, and nobody takes one.
            var isFirst = true
            for _ in 0..<200_000 where session.end == nil {
                try say(.changes(bytes: isFirst ? Crafted.stream([]) : [], isLast: true))
                isFirst = false
            }
        }
    }
}
