import ReplicaModel
import SyncWire

/// Inputs to begin with: real encodings, and for scripts bytes that a seed gives. Each has a name, which is that of its
/// file.
package enum FuzzCorpus {
    package typealias Unit = (name: String, bytes: [UInt8])

    package static func units(for target: FuzzTarget) -> [Unit] {
        switch target {
        case .cbor: [("values", values), ("header", header.bytes), ("hello", message(0)), ("control", control)]
        case .message: (0..<messageCount).map { ("message-\($0)", message($0)) }
        case .stream: streams
        case .header: [("first", header.bytes), ("third", author.sealed[2].incoming.header.bytes)]
        case .operations: operations
        case .control: [("schema", control), ("roster", roster)]
        case .invitation: invitations
        case .bundle: CarriedSamples.units
        case .session: scripts(count: 8, bytes: 80) + [("exchange", exchange)]
        case .peer: scripts(count: 4, bytes: 120) + PeerScripts.units
        case .fold, .forks: scripts(count: 8, bytes: 500)
        case .schema: scripts(count: 8, bytes: 120)
        case .roster: scripts(count: 8, bytes: 500)
        }
    }

    private static func scripts(count: Int, bytes: Int) -> [Unit] {
        (0..<count).map { seed in
            var random = SeededGenerator(seed: UInt64(seed))
            return ("script-\(seed)", random.bytes(bytes))
        }
    }

    /// A dialling member says hello, is greeted, and both streams and acks go to the end.
    private static let exchange: [UInt8] = [
        1, 1, 0, 0, 1, 0, 4, 4, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 4, 7, 1, 9, 1, 2, 1, 0, 4, 9, 0, 0,
    ]

    /// Three changesets of one author.
    static let author: FoldAuthor = {
        var random = SeededGenerator(seed: 1)
        var author = FoldAuthor(key: FuzzKeys.sites[1], incarnation: .first, skew: 0, authors: 1)
        for tick in 0..<3 {
            var script = FuzzScript(random.bytes(200))
            for _ in 0..<6 {
                let row = FoldTables.operation(&script)
                author.pending[RowName(table: row.table, key: row.key)] = row
            }
            author.seal(at: Int64(tick), among: [author], number: 0)
        }
        return author
    }()

    private static let header = author.sealed[0].incoming.header

    private static let operations: [Unit] = author.sealed.enumerated().flatMap { index, changeset in
        let content = Array(changeset.incoming.chunks.joined())
        return [("rows-\(index)", [0, 0] + content), ("split-\(index)", [1, UInt8(200 + 20 * index)] + content)]
    }

    private static let values: [UInt8] = {
        var writer = CBORWriter()
        let reals: [Value] = [.real(0), .real(1.5), .real(0.1), .real(.infinity), .real(65_504), .real(100_000)]
        let others: [Value] = [
            .null, .integer(0), .integer(-25), .integer(.max), .text("é"), .text([0xFF]), .blob([1, 2]),
        ]
        writer.beginArray(2)
        writer.beginArray(reals.count + others.count)
        for value in reals + others { writer.write(value) }
        writer.beginMap(2)
        for key in ["a", "b"] {
            writer.write(text: key)
            writer.write(bool: key == "a")
        }
        return writer.bytes
    }()

    private static let control = ControlCodec.encode(
        FoundedReplica.template.schema.tables.map { .createTable($0) }
            + FoundedReplica.template.schema.indexes.map { .createIndex($0) } + [
                .createIndex(
                    IndexDefinition(
                        name: "i", table: "item", isUnique: false,
                        parts: [.init(term: .expression("lower(a)"), collation: "NOCASE", isDescending: true)],
                        condition: "n > 0")),
                .addColumn(
                    AddedColumn(
                        table: "item",
                        column: ColumnDefinition(
                            name: "b", type: "TEXT", isNotNull: false, defaultExpression: "'x'", collation: "BINARY"),
                        reference: nil, checks: [CheckDefinition(name: "c", expression: "b <> ''")])),
                .retire(table: "item", column: "a"),
            ])

    private static let roster = ControlCodec.encode(
        [.found(name: "alliance", nonce: [1, 2, 3])]
            + Role.allCases.enumerated().map { index, role in
                .admit(
                    Admission(
                        site: FuzzKeys.sites[index].site, name: "n\(index)", role: role,
                        institution: index == 0 ? "i" : nil,
                        keepsTime: index == 1))
            })

    private static let streams: [Unit] = {
        let writer = ChangeStreamWriter()
        var random = SeededGenerator(seed: 2)
        var script = FuzzScript([])
        var plain: [UInt8] = []
        for changeset in author.sealed.map(\.incoming) {
            writer.write(header: changeset.header.bytes, signature: changeset.header.signature)
            for chunk in changeset.chunks { writer.write(chunk: chunk) }
            plain += PeerChangeset(changeset: changeset).plain(&script)
        }
        writer.flush()
        return [
            ("zstd", [0, 16] + (writer.takeOutput(max: .max) ?? [])), ("plain", [1, 16] + plain),
            ("noise", [0, 1] + random.bytes(32)),
        ]
    }()

    private static let messageCount = 16

    private static func message(_ number: Int) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(number))
        // The first byte picks the kind.
        var script = FuzzScript([UInt8(number)] + random.bytes(40))
        let words = FuzzWords(own: FuzzKeys.sites[0].site, peer: FuzzKeys.sites[1].site, alliance: .zero)
        return MessageCodec.encode(words.message(&script))
    }

    private static let invitations: [Unit] = {
        let invitation = Invitation(
            alliance: FoundedReplica.template.alliance, inviter: FoundedReplica.key.site, name: "n0",
            addresses: ["127.0.0.1:1", "[::1]:65535"], secret: [UInt8](repeating: 5, count: FrameLimits.secretBytes),
            expires: -1)
        let line = InvitationCodec.encode(invitation)
        let content = [UInt8](base32: line.dropFirst("caravan1-".count)).map { Array($0.dropLast(4)) } ?? []
        return [
            ("line", [0] + Array(line.utf8)), ("content", [1] + content),
            ("blanks", [0] + Array(" \(line.uppercased())\r\n".utf8)),
        ]
    }()
}
