import ReplicaModel
import SyncWire

/// Carried files to begin with, one of each kind. No byte of them is drawn: they are the same each time.
enum CarriedSamples {
    static let units: [FuzzCorpus.Unit] = [
        ("bundle", [0, 16, 100] + file(.bundle(bundle), changes)),
        ("unsigned", [1, 16, 200] + unsigned(file(.bundle(bundle), changes))),
        ("request", [0, 3, 50] + file(.request(announcement))),
        ("sealed", [0, 40, 90] + file(.sealed(sealed), [UInt8](repeating: 9, count: 70))),
        ("petition", [0, 1, 20] + file(.petition(petition))),
        ("head", [2, 0, 0] + CarriedHeadCodec.encode(.bundle(bundle))),
    ]

    private static let key = FuzzKeys.sites[1]

    private static func file(_ head: CarriedHead, _ body: [UInt8] = []) -> [UInt8] {
        var writer = CarriedFileWriter(head, key: key)
        writer.write(body)
        writer.end()
        return writer.takeOutput()
    }

    /// Drops the two bytes before the signature and its 64.
    private static func unsigned(_ file: [UInt8]) -> [UInt8] { file.dropLast(66) }

    private static let changesets = FuzzCorpus.author.sealed.map(\.incoming)

    private static let changes: [UInt8] = {
        let writer = ChangeStreamWriter()
        for changeset in changesets {
            writer.write(header: changeset.header.bytes, signature: changeset.header.signature)
            for chunk in changeset.chunks { writer.write(chunk: chunk) }
        }
        writer.end()
        return writer.takeOutput(max: .max) ?? []
    }()

    private static let feed = changesets[0].header.header.feed

    private static let last = FeedHead(
        feed, Head(seq: UInt64(changesets.count), hash: HashPrefix(changesets[changesets.count - 1].header.hash)))

    private static let announcement = Announcement(
        alliance: FoundedReplica.template.alliance, site: key.site, written: 7, software: "fuzz",
        held: [feed: UInt64(changesets.count)], marks: [last],
        altered: [UnfinishedChangeset(feed: feed, seq: 2, chunks: 0)], cards: [SealingKey(of: key).card],
        taken: [HashPrefix(FoundedReplica.template.alliance)])

    private static let bundle = BundleHead(
        announcement: announcement, recipients: [FuzzKeys.sites[0].site],
        ranges: [FeedRange(feed: feed, first: 1, last: last.head.seq, end: last.head.hash)],
        grant: Grant(secret: [UInt8](repeating: 5, count: FrameLimits.secretBytes), name: "n", addresses: ["h:1"]))

    private static let sealed = SealedHead(
        alliance: FoundedReplica.template.alliance, site: key.site, written: 8, software: "fuzz",
        keys: [
            WrappedKey(
                site: FuzzKeys.sites[0].site, encapsulated: [UInt8](repeating: 1, count: 32),
                wrapped: [UInt8](repeating: 2, count: 48))
        ])

    private static let petition = Petition(
        site: key.site, written: 9, software: "fuzz", name: "n",
        secret: [UInt8](repeating: 6, count: FrameLimits.secretBytes), card: SealingKey(of: key).card)
}
