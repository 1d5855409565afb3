import ReplicaModel
import ReplicaStore
import SyncWire

/// The laws of a session with whoever: what a peer may be told, and what the replica is afterwards.
enum PeerLaw {
    /// Whether this tells nothing of the replica.
    static func mayHear(_ message: Message) -> Bool {
        switch message {
        case .knock, .error, .bye: true
        default: false
        }
    }

    /// - Parameter site: whom the session may have let in.
    static func violation(by replica: Replica, mayKnow site: SiteID?) throws -> String? {
        let again = try Replica(path: replica.path)
        if let finding = try again.reports.verify(progress: { _, _ in }).findings.first {
            return "the log does not verify: \(finding.message)"
        }
        var known = FoundedReplica.template.members
        if let site { known.insert(site) }
        guard Set(try again.members().map(\.site)).isSubset(of: known) else {
            return "a site is on the roster that nobody let in"
        }
        let heads = try again.heads(scope: .alliance).filter { $0.key.base == PeerChangesets.feed }
        guard let expected = PeerChangesets.digests[Set(heads.values.map(\.hash))] else {
            return "a changeset is held that its author did not sign"
        }
        return try again.reports.digest() == expected ? nil : "the tables show what no valid changeset brought"
    }
}

/// A changeset that a peer may send.
struct PeerChangeset: Sendable {
    let changeset: IncomingChangeset
    /// Whether the changeset is the one that lets the stranger in.
    var isProof = false

    /// The bytes of the changeset as they stand in a stream; a script may spoil them.
    func plain(_ script: inout FuzzScript) -> [UInt8] {
        let fault = script.below(16)
        let header = changeset.header
        var signature = header.signature
        if fault == 1 { signature[Int(script.byte()) % 64] ^= 1 << UInt8(script.below(8)) }
        var writer = CBORWriter()
        let skipped = fault == 2 ? 1 : 0
        writer.beginArray(3 + skipped)
        writer.write(unsigned: 0)
        writer.write(bytes: header.bytes)
        writer.write(bytes: signature)
        if skipped > 0 { writer.write(unsigned: UInt64(skipped)) }
        for chunk in changeset.chunks.dropFirst(skipped) where fault != 3 {
            writer.beginArray(2)
            writer.write(unsigned: 1)
            writer.write(bytes: fault == 4 ? chunk + [script.byte()] : chunk)
        }
        return writer.bytes
    }
}

/// The changesets that the members and the stranger have sealed, and the digests of the tables to which they come.
enum PeerChangesets {
    private static let member = FuzzKeys.sites[1]
    static let feed = FeedID(site: member.site, incarnation: .first, scope: .alliance)

    /// Three in a row of a member's, beside which it has signed another first one.
    private static let chain: [IncomingChangeset] = {
        var author = FoldAuthor(key: member, incarnation: .first, skew: 0, authors: 1)
        for number in 0..<3 {
            put(.insert(["a": .integer(Int64(number)), "n": .null]), into: &author)
            author.seal(at: Int64(number), among: [author], number: 0)
        }
        return author.sealed.map(\.incoming)
    }()

    private static let proof = admission(by: FuzzKeys.sites[2])

    /// The changeset that the stranger sealed once it had seen that it is let in.
    private static let delete: IncomingChangeset = {
        let row = RowOperation(table: "item", key: [.text("a")], action: .delete)
        let chunks = OperationCodec.encode([row], tables: FoldTables.items)
        let seen = Head(seq: 1, hash: HashPrefix(proof.header.hash))
        return signed(
            by: FoundedReplica.stranger, .alliance,
            seeing: FoundedReplica.template.control.merging([proof.header.header.feed: seen]) { $1 }, chunks)
    }()

    private static let fork = sealed(by: member, .insert(["a": .text("fork"), "n": .null]))

    static let all: [PeerChangeset] =
        (chain + [fork, delete]).map { PeerChangeset(changeset: $0) } + [
            PeerChangeset(changeset: proof, isProof: true),
            PeerChangeset(changeset: admission(by: FoundedReplica.stranger)),
            PeerChangeset(changeset: admission(by: member)),
        ]

    /// The digest of the tables, by the heads of the member's feed: it may have gone two ways.
    static let digests: [Set<HashPrefix>: Bytes32] = {
        do {
            var digests: [Set<HashPrefix>: Bytes32] = [:]
            for count in 0...chain.count {
                let heads = Set(chain.prefix(count).suffix(1).map { HashPrefix($0.header.hash) })
                digests[heads] = try digest(after: Array(chain.prefix(count)))
                digests[heads.union([HashPrefix(fork.header.hash)])] = try digest(
                    after: Array(chain.prefix(count)) + [fork])
            }
            return digests
        } catch { preconditionFailure("what members sealed can be applied: \(error)") }
    }()

    private static func digest(after batch: [IncomingChangeset]) throws -> Bytes32 {
        let folder = ScratchFolder()
        let replica = try FoundedReplica.template.replica(in: folder)
        _ = try replica.accept(batch, now: FoundedReplica.now)
        return try replica.reports.digest()
    }

    private static func put(_ action: RowOperation.Action, into author: inout FoldAuthor) {
        let row = RowOperation(table: "item", key: [.text("a")], action: action)
        author.pending[RowName(table: row.table, key: row.key)] = row
    }

    private static func sealed(by key: SigningKey, _ action: RowOperation.Action) -> IncomingChangeset {
        var author = FoldAuthor(key: key, incarnation: .first, skew: 0, authors: 1)
        put(action, into: &author)
        author.seal(at: 9, among: [author], number: 0)
        return author.sealed[0].incoming
    }

    /// A changeset of control that puts the stranger on the roster, if its author may.
    private static func admission(by key: SigningKey) -> IncomingChangeset {
        let admission = Admission(
            site: FoundedReplica.stranger.site, name: "s", role: .admin, institution: nil, keepsTime: false)
        let chunks = Chunking.cut(ControlCodec.encode([.admit(admission)]))
        return signed(by: key, .control, seeing: FoundedReplica.template.control, chunks)
    }

    /// The first changeset of a feed, of one operation.
    private static func signed(by key: SigningKey, _ scope: Scope, seeing context: Context, _ chunks: [[UInt8]])
        -> IncomingChangeset
    {
        let sealed = key.seal(
            ChangesetHeader(
                feed: FeedID(site: key.site, incarnation: .first, scope: scope), seq: 1, previous: .zero,
                stamp: Stamp(milliseconds: FoundedReplica.now),
                contextAdvance: context, operationCount: 1, chunkHashes: chunks.map { ContentHash.of($0) }))
        guard let header = try? UnverifiedHeader(bytes: sealed.bytes, signature: sealed.signature) else {
            preconditionFailure("what was sealed can be read")
        }
        return IncomingChangeset(header: header, chunks: chunks)
    }
}
