import ReplicaModel
import Testing

@testable import SyncWire

/// Tests that what another peer made by the article is what this one makes and reads.
@Suite("The test vectors of the article Protocol")
struct VectorTests {
    private let file: VectorFile

    init() throws { file = try VectorFile.read() }

    private func bytes(_ hex: String) throws -> [UInt8] { try #require([UInt8](hex: hex)) }

    private func site(_ hex: String) throws -> SiteID { try #require(SiteID(hex: hex)) }

    @Test("Keys, and those that are nobody's")
    func keys() throws {
        #expect(file.keys.count == 3)
        for key in file.keys {
            #expect(try SigningKey(rawRepresentation: bytes(key.seed)).site.hex == key.site)
            #expect(try site(key.site).isKey)
        }
        #expect(file.nobodysKeys.count == 10)
        for key in file.nobodysKeys { #expect(try !site(key).isKey, "\(key)") }
    }

    @Test("Signatures, good and bad")
    func signatures() throws {
        #expect(Set(file.signatures.map(\.valid)) == [true, false])
        for entry in file.signatures {
            let isValid = SignatureCheck.isValid(
                try bytes(entry.signature), of: try bytes(entry.message), by: try site(entry.site))
            #expect(isValid == entry.valid, "\(entry.signature)")
        }
        #expect(
            try SigningKey(rawRepresentation: bytes(file.keys[0].seed)).sign(bytes(file.signatures[0].message)).hex
                == file.signatures[0].signature)
    }

    @Test("Values, each in its one encoding")
    func values() throws {
        #expect(file.values.count > 30)
        for entry in file.values {
            var reader = CBORReader(try bytes(entry.bytes))
            let value = try reader.readValue()
            try reader.finish()
            #expect(Self.text(value) == entry.value)
            var writer = CBORWriter()
            writer.write(value)
            #expect(writer.bytes.hex == entry.bytes)
        }
    }

    @Test("Items that are taken, and that are not")
    func items() throws {
        for item in file.items {
            var reader = CBORReader(try bytes(item))
            try reader.skipItem()
            try reader.finish()
        }
        #expect(file.refused.count > 15)
        for (item, why) in file.refused {
            var reader = CBORReader(try bytes(item))
            #expect(throws: WireError.self, "\(why)") {
                try reader.skipItem()
                try reader.finish()
            }
        }
    }

    @Test("Operations of control are written as they came, each of another kind")
    func control() throws {
        let bytes = try file.control.map { try self.bytes($0.bytes) }
        for operation in bytes { #expect(ControlCodec.encode(try ControlCodec.decode(operation)) == operation) }
        #expect(Set(bytes.map { $0[1] }) == [0, 1, 2, 3, 4, 5])
    }

    @Test("Headers: fields, hash, chain and signature; chunks, and what the rows in them are")
    func headers() throws {
        let keys = try file.keys.map { try SigningKey(rawRepresentation: bytes($0.seed)) }
        for entry in file.log {
            let read = try UnverifiedHeader(bytes: bytes(entry.header), signature: bytes(entry.signature))
            #expect(read.isSigned)
            #expect(read.hash.hex == entry.hash)
            let header = read.header
            #expect(
                header.feed
                    == FeedID(
                        site: try site(entry.site), incarnation: Incarnation(entry.incarnation),
                        scope: Scope(entry.scope)))
            #expect(header.seq == entry.seq)
            #expect(header.stamp.bits == entry.stamp)
            #expect(header.chunkHashes.map(\.hex) == entry.chunkHashes)
            let key = try #require(keys.first { $0.site == header.feed.site })
            let again = key.seal(header)
            #expect(again.bytes == read.bytes)
            #expect(again.signature == read.signature)
            try check(entry, header)
        }
    }

    private func check(_ entry: VectorFile.Changeset, _ header: ChangesetHeader) throws {
        let chunks = try entry.chunks.map { try #require(VectorFile.bytes($0)) }
        #expect(chunks.map { ContentHash.of($0).hex } == entry.chunkHashes)
        #expect(Chunking.cut(chunks.flatMap(\.self)) == chunks)
        guard header.feed.scope != .control else { return }
        let rows = try OperationCodec.decode(chunks: chunks)
        #expect(UInt64(rows.count) == header.operationCount)
        #expect(
            rows.map(Self.text).map { $0.utf8.count < 1000 ? $0 : "SHA-256 " + ContentHash.of(Array($0.utf8)).hex }
                == entry.rows)
    }

    @Test("The digests of heads, of all and of control")
    func heads() throws {
        var heads: [FeedID: Head] = [:]
        for entry in file.log {
            let feed = FeedID(
                site: try site(entry.site), incarnation: Incarnation(entry.incarnation), scope: Scope(entry.scope))
            heads[feed] = Head(seq: entry.seq, hash: HashPrefix(try #require(Bytes32(hex: entry.hash))))
        }
        #expect(HeadsDigest.of(heads).hex == file.headsDigest)
        #expect(HeadsDigest.of(heads.filter { $0.key.scope == .control }).hex == file.controlDigest)
        #expect(file.log[0].hash == file.alliance)
    }

    @Test("Every message is read, and written as it came")
    func messages() throws {
        #expect(file.messages.count == 15)
        for (name, hex) in file.messages {
            let message = try #require(try MessageCodec.decode(bytes(hex)), "\(name)")
            #expect(MessageCodec.encode(message).hex == hex, "\(name)")
        }
    }

    @Test("The two forms of a hello's vector say the same")
    func hellos() throws {
        let roster = try file.roster.map { try site($0) }
        let hellos = try ["hello", "hello by roster"].map {
            try MessageCodec.decode(bytes(#require(file.messages[$0])))
        }
        guard case .hello(let full)? = hellos[0], case .hello(let short)? = hellos[1],
            case .full(let vector) = full.held,
            case .byRoster(let entries) = short.held
        else {
            Issue.record("\(hellos)")
            return
        }
        #expect(entries.count == 4)
        for entry in entries {
            let feed = FeedID(site: roster[Int(entry.position)], incarnation: entry.incarnation, scope: entry.scope)
            #expect(vector[feed] == entry.seq)
        }
        #expect(vector.count == entries.count)
        #expect(full.unfinished.map(\.chunks) == [12])
    }

    @Test("A long vector goes in the same parts")
    func parts() {
        var vector: Vector = [:]
        for number in 0..<file.parts.feeds {
            let site = SiteID(ContentHash.of(Array("\(number)".utf8)))
            vector[FeedID(site: site, incarnation: Incarnation(1), scope: .alliance)] = UInt64(number) + 1
        }
        let frames = MessageCodec.frames(of: .vector(vector))
        #expect(frames.count == file.parts.frames)
        #expect(ContentHash.of(frames.flatMap(\.self)).hex == file.parts.sha256)
    }

    @Test("An invitation, as its line and as what it says")
    func invitation() throws {
        let found = try InvitationCodec.decode(file.invitation.text)
        #expect(InvitationCodec.encode(found) == file.invitation.text)
        #expect(found.alliance.hex == file.invitation.alliance)
        #expect(found.inviter.hex == file.invitation.inviter)
        #expect(found.name == file.invitation.name)
        #expect(found.addresses == file.invitation.addresses)
        #expect(found.secret.hex == file.invitation.secret)
        #expect(found.expires == file.invitation.expires)
    }

    private static func text(_ row: RowOperation) -> String {
        let key = row.key.map(text).joined(separator: ", ")
        let (name, cells): (String, [Identifier: Value]) =
            switch row.action {
            case .insert(let cells): ("insert", cells)
            case .update(let cells): ("update", cells)
            case .delete: ("delete", [:])
            }
        let named = cells.sorted { $0.key < $1.key }.map { "\($0.key) = \(text($0.value))" }.joined(separator: "; ")
        return "\(name) \(row.table) [\(key)]" + (named.isEmpty ? "" : " " + named)
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .integer(let number): "integer \(number)"
        case .real(let real):
            "real " + (0..<8).map { UInt8(truncatingIfNeeded: real.bitPattern >> UInt64(56 - 8 * $0)) }.hex
        case .text(let bytes): "text \(bytes.hex)"
        case .blob(let bytes): "blob \(bytes.hex)"
        }
    }
}
