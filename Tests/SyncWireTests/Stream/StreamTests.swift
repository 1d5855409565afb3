import CZstd
import ReplicaModel
import SyncSimulator
import Testing

@testable import SyncWire

/// Changesets with their chunks, and the items that a reader must give.
private struct Sample {
    var items: [ChangeItem] = []
    let writer = ChangeStreamWriter()

    init(seed: Int, changesets: Int, chunkBytesMax: Int = 300) throws {
        var random = SeededGenerator(seed)
        let key = SigningKey()
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        var previous = Bytes32.zero
        for seq in 1...changesets {
            let chunks = (0..<random.below(4)).map { _ in random.bytes(1 + random.below(chunkBytesMax)) }
            let header = key.seal(random.header(of: feed, seq: UInt64(seq), previous: previous, chunks: chunks))
            previous = header.hash
            writer.write(header)
            items.append(.header(try header.received))
            for chunk in chunks {
                writer.write(chunk: chunk)
                items.append(.chunk(chunk))
            }
        }
    }

    func output() -> [UInt8] {
        writer.flush()
        var bytes: [UInt8] = []
        while let piece = writer.takeOutput(max: 1_000) { bytes += piece }
        return bytes
    }
}

extension ChangeStreamReader {
    fileprivate func all() throws -> [ChangeItem] {
        var items: [ChangeItem] = []
        while let item = try next() { items.append(item) }
        return items
    }
}

/// The plain sequence, compressed by hand, so that it may be wrong.
private func stream(_ plain: [UInt8]) -> [UInt8] {
    let compressor = Compressor()
    compressor.write(plain)
    compressor.flush()
    var bytes: [UInt8] = []
    while let piece = compressor.take(max: 1 << 20) { bytes += piece }
    return bytes
}

private func item(_ header: VerifiedHeader, skipped: UInt64? = nil) -> [UInt8] {
    var writer = CBORWriter()
    writer.beginArray(skipped == nil ? 3 : 4)
    writer.write(unsigned: 0)
    writer.write(bytes: header.bytes)
    writer.write(bytes: header.signature)
    if let skipped { writer.write(unsigned: skipped) }
    return writer.bytes
}

private func item(chunk: [UInt8]) -> [UInt8] {
    var writer = CBORWriter()
    writer.beginArray(2)
    writer.write(unsigned: 1)
    writer.write(bytes: chunk)
    return writer.bytes
}

@Suite struct StreamTests {
    @Test("what was flushed can be decoded, whole and byte by byte", arguments: 0..<10)
    func roundTrip(seed: Int) throws {
        let sample = try Sample(seed: seed, changesets: 5)
        let bytes = sample.output()
        let whole = ChangeStreamReader()
        whole.append(bytes)
        #expect(try whole.all() == sample.items)
        #expect(whole.isBetweenChangesets)
        let single = ChangeStreamReader()
        var items: [ChangeItem] = []
        for byte in bytes {
            single.append([byte])
            items += try single.all()
        }
        #expect(items == sample.items)
    }

    @Test("a stream cut at any byte goes on when the rest arrives")
    func cut() throws {
        let sample = try Sample(seed: 3, changesets: 3, chunkBytesMax: 100)
        let bytes = sample.output()
        for count in 0...bytes.count {
            let reader = ChangeStreamReader()
            reader.append(Array(bytes.prefix(count)))
            let before = try reader.all()
            reader.append(Array(bytes.dropFirst(count)))
            #expect(try before + reader.all() == sample.items)
        }
    }

    @Test("large chunks cross every buffer, and what compresses well comes out to its last byte")
    func large() throws {
        let key = SigningKey()
        var random = SeededGenerator(4)
        let chunks = (0..<20).map { number in
            number.isMultiple(of: 2) ? random.bytes(65_536) : [UInt8](repeating: UInt8(number), count: 65_536)
        }
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        let header = key.seal(random.header(of: feed, seq: 1, previous: .zero, chunks: chunks))
        let writer = ChangeStreamWriter()
        let reader = ChangeStreamReader()
        writer.write(header)
        var found: [[UInt8]] = []
        for chunk in chunks {
            writer.write(chunk: chunk)
            writer.flush()
            while let piece = writer.takeOutput() { reader.append(piece) }
            #expect(writer.outputCount == 0)
            for case .chunk(let chunk) in try reader.all() { found.append(chunk) }
            #expect(found.last == chunk)
        }
        #expect(found == chunks)
    }

    @Test("blocks that end every few KiB cost less than two bytes of a hundred, and each is read to its last item")
    func paced() throws {
        let key = SigningKey()
        var random = SeededGenerator(8)
        let words: [[UInt8]] = (0..<500).map { _ in random.bytes(6).map { 97 + $0 % 26 } + [32] }
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        let (writer, whole, reader) = (ChangeStreamWriter(), ChangeStreamWriter(), ChangeStreamReader())
        var (bytes, blocks, written, read, previous) = (0, 0, 0, 0, Bytes32.zero)
        for seq in 1...300 {
            var chunk: [UInt8] = []
            for _ in 0..<400 { chunk += random.pick(words) }
            let header = key.seal(random.header(of: feed, seq: UInt64(seq), previous: previous, chunks: [chunk]))
            previous = header.hash
            writer.endBlockIfDue(before: header.bytes.count)
            while let piece = writer.takeOutput() {
                (bytes, blocks) = (bytes + piece.count, blocks + 1)
                reader.append(piece)
                read += try reader.all().count
                #expect(read == written)
                #expect(piece.count < 16_384)
            }
            for writer in [writer, whole] {
                writer.write(header)
                writer.write(chunk: chunk)
            }
            written += 2
        }
        for writer in [writer, whole] { writer.end() }
        bytes += writer.outputCount
        #expect(blocks > 30)
        #expect(bytes * 100 < whole.outputCount * 102)
    }

    @Test("chunks that the receiver has are left out, and the reader knows where to go on")
    func skipped() throws {
        let key = SigningKey()
        var random = SeededGenerator(5)
        let chunks = (0..<4).map { _ in random.bytes(50) }
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        let header = key.seal(random.header(of: feed, seq: 1, previous: .zero, chunks: chunks))
        let writer = ChangeStreamWriter()
        writer.write(header, skippedChunks: 3)
        writer.write(chunk: chunks[3])
        writer.flush()
        let reader = ChangeStreamReader()
        while let piece = writer.takeOutput() { reader.append(piece) }
        #expect(try reader.next() == .header(header.received))
        #expect(reader.nextChunk == 3)
        #expect(!reader.isBetweenChangesets)
        #expect(try reader.next() == .chunk(chunks[3]))
        #expect(reader.isBetweenChangesets)
        for number: UInt64 in [0, 5] {
            let wrong = ChangeStreamReader()
            wrong.append(stream(item(header, skipped: number)))
            #expect(throws: WireError.self) { try wrong.next() }
        }
    }

    @Test("items out of turn, and a chunk that its header does not name, have their names", arguments: 0..<5)
    func outOfTurn(number: Int) throws {
        let key = SigningKey()
        var random = SeededGenerator(6)
        let chunk = random.bytes(50)
        let feed = FeedID(site: key.site, incarnation: .first, scope: .alliance)
        let header = key.seal(random.header(of: feed, seq: 1, previous: .zero, chunks: [chunk]))
        let name = "\(number)"
        let (plain, expected): ([UInt8], WireError) =
            switch number {
            case 0: (item(chunk: chunk), .outOfTurn("a chunk without a header"))
            case 1:
                (
                    item(header) + item(chunk: chunk) + item(chunk: chunk),
                    .outOfTurn("more chunks than the header names")
                )
            case 2: (item(header) + item(header), .outOfTurn("a header before the last chunk of the changeset before"))
            case 3: (item(header) + item(chunk: chunk + [0]), .badChunkHash(feed: feed, seq: 1, chunk: 0))
            default:
                ([0x82, 1, 0x5A, 0, 1, 0, 1], .overLimit(what: "chunk", found: 65_537, limit: 65_536))
            }
        let reader = ChangeStreamReader()
        reader.append(stream(plain))
        #expect(throws: expected, "case \(name)") { try reader.all() }
    }

    @Test("a header that is too large is refused by its length, before its bytes come")
    func largeHeader() {
        let reader = ChangeStreamReader()
        reader.append(stream([0x83, 0, 0x5A, 0, 0x40, 0, 1]))
        #expect(throws: WireError.overLimit(what: "header", found: 4_194_305, limit: 4_194_304)) { try reader.next() }
    }

    @Test(
        "a bomb is refused at its first item, and little of it is decoded",
        arguments: [0x00, 0x83, 0x9F, 0xFF] as [UInt8])
    func bomb(byte: UInt8) {
        let bytes = stream([UInt8](repeating: byte, count: 64 << 20))
        #expect(bytes.count < 100_000)
        let reader = ChangeStreamReader()
        reader.append(bytes)
        #expect(throws: WireError.self) { try reader.next() }
        #expect(reader.plainBytes <= 1 << 18)
    }

    @Test("a window above 1 MiB is refused")
    func window() {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 23)
        var random = SeededGenerator(7)
        let plain = random.bytes(3 << 20)
        var room = [UInt8](repeating: 0, count: ZSTD_compressBound(plain.count))
        let size = ZSTD_compress2(context, &room, room.count, plain, plain.count)
        let reader = ChangeStreamReader()
        reader.append(Array(room[..<size]))
        #expect {
            try reader.next()
        } throws: {
            if case WireError.compression = $0 { true } else { false }
        }
    }

    @Test("what is no zstd stream is refused, at its beginning and behind a frame")
    func notZstd() throws {
        let sample = try Sample(seed: 1, changesets: 1)
        sample.writer.end()
        for before in [[], sample.writer.takeOutput(max: .max) ?? []] {
            let reader = ChangeStreamReader()
            reader.append(before)
            _ = try reader.all()
            reader.append(Array("no zstd stream at all".utf8))
            #expect(throws: WireError.self) { try reader.next() }
        }
    }

    @Test("frames follow one another, of whatever size, and items may be cut by them", arguments: 0..<6)
    func frames(seed: Int) throws {
        var random = SeededGenerator(seed)
        let sample = try Sample(seed: seed, changesets: 20, chunkBytesMax: [50, 3_000, 60_000][seed % 3])
        var bytes = sample.output()
        // The same content again, cut into frames anywhere.
        let plain = Decompressor()
        plain.append(bytes)
        var content: [UInt8] = []
        while try plain.decode(into: &content) {}
        bytes = []
        let compressor = Compressor()
        var rest = content[...]
        while !rest.isEmpty {
            let size = 1 + random.below([100, 300_000][seed % 2])
            compressor.write(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
            compressor.end()
            bytes += compressor.take(max: .max) ?? []
        }
        compressor.end()
        #expect(compressor.outputCount == 0, "an empty frame is not written")
        let reader = ChangeStreamReader()
        var items: [ChangeItem] = []
        while !bytes.isEmpty {
            let size = min(bytes.count, 1 + random.below(5_000))
            reader.append(Array(bytes.prefix(size)))
            bytes.removeFirst(size)
            items += try reader.all()
        }
        #expect(items == sample.items)
    }

    @Test("a byte altered anywhere in a stream never passes for what was sent", arguments: 0..<5)
    func altered(seed: Int) throws {
        let sample = try Sample(seed: seed, changesets: 2, chunkBytesMax: 60)
        let bytes = sample.output()
        var random = SeededGenerator(seed)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= UInt8(1 << random.below(8))
            let reader = ChangeStreamReader()
            reader.append(other)
            var headers: [UnverifiedHeader] = []
            // What comes before the error was whole; a chunk's hash is checked by the reader, a header's by its
            // signature.
            while let item = try? reader.next() { if case .header(let header) = item { headers.append(header) } }
            let good =
                (try? headers.first.map {
                    try FeedVerifier.verify(headers, of: $0.header.feed, after: (0, .zero))
                }) ?? nil
            guard let good else { continue }
            #expect(good.allSatisfy { header in sample.items.contains { $0.hash == header.hash } })
        }
    }
}

extension ChangeItem {
    fileprivate var hash: Bytes32? { if case .header(let header) = self { header.hash } else { nil } }
}
