import ReplicaModel
import SyncWire

/// A stream gives the same items in whatever pieces it comes, and they are written as they were read.
///
/// The first byte says how the others are read: as zstd, or as the plain content of a frame; the second, how large the
/// pieces are.
enum StreamLaw {
    /// An item, and how many chunks its header leaves out.
    struct Item: Hashable {
        let item: ChangeItem
        let skipped: Int
    }

    struct Reading {
        var items: [Item] = []
        var code: ErrorCode?
    }

    static func violation(by bytes: [UInt8]) -> String? {
        var script = FuzzScript(bytes)
        let isPlain = script.bool()
        let piece = 1 + script.below(64)
        let content = script.rest()
        let stream = isPlain ? RawFrame.of(content) : content
        let whole = read(stream, inPiecesOf: max(stream.count, 1))
        if let sentence = violation(of: whole, read(stream, inPiecesOf: piece)) { return sentence }
        if let sentence = whole.items.lazy.compactMap({ limit($0.item) }).first { return sentence }
        if isPlain, !content.starts(with: plain(whole.items)) {
            return "items are written otherwise than they were read"
        }
        let again = read(written(whole.items), inPiecesOf: .max)
        return again.code == nil && again.items == whole.items ? nil : "items that were written cannot be read"
    }

    static func violation(of whole: Reading, _ pieces: Reading) -> String? {
        guard (whole.code == nil) == (pieces.code == nil) else {
            return "a stream is refused in one piece and not in several, or the other way round"
        }
        // What zstd decodes before it stumbles is lost to who gave it all at once.
        if whole.code == .badFrame || pieces.code == .badFrame {
            return pieces.items.starts(with: whole.items) || whole.items.starts(with: pieces.items)
                ? nil : "a broken stream gives other items in pieces"
        }
        return whole.code == pieces.code && whole.items == pieces.items ? nil : "a stream gives other items in pieces"
    }

    private static func limit(_ item: ChangeItem) -> String? {
        switch item {
        case .chunk(let bytes): bytes.count <= WireLimits.chunkBytes ? nil : "a chunk has at most 64 KiB"
        case .header(let header):
            header.bytes.count <= WireLimits.headerBytesMax && header.signature.count == 64
                ? nil : "a header has at most 4 MiB"
        }
    }

    static func read(_ bytes: [UInt8], inPiecesOf size: Int) -> Reading {
        let reader = ChangeStreamReader()
        var reading = Reading()
        var offset = 0
        while offset < bytes.count {
            let end = size < bytes.count - offset ? offset + size : bytes.count
            reader.append(Array(bytes[offset..<end]))
            offset = end
            do {
                while let item = try reader.next() {
                    let skipped = if case .header = item { reader.nextChunk } else { 0 }
                    reading.items.append(Item(item: item, skipped: skipped))
                }
            } catch {
                reading.code = error.code
                return reading
            }
        }
        return reading
    }

    /// The content of a stream, as the protocol's article has it.
    private static func plain(_ items: [Item]) -> [UInt8] {
        var writer = CBORWriter()
        for item in items {
            switch item.item {
            case .header(let header):
                writer.beginArray(item.skipped > 0 ? 4 : 3)
                writer.write(unsigned: 0)
                writer.write(bytes: header.bytes)
                writer.write(bytes: header.signature)
                if item.skipped > 0 { writer.write(unsigned: UInt64(item.skipped)) }
            case .chunk(let bytes):
                writer.beginArray(2)
                writer.write(unsigned: 1)
                writer.write(bytes: bytes)
            }
        }
        return writer.bytes
    }

    private static func written(_ items: [Item]) -> [UInt8] {
        let writer = ChangeStreamWriter()
        for item in items {
            switch item.item {
            case .header(let header):
                writer.write(header: header.bytes, signature: header.signature, skippedChunks: item.skipped)
            case .chunk(let bytes): writer.write(chunk: bytes)
            }
        }
        writer.flush()
        return writer.takeOutput(max: .max) ?? []
    }
}

/// A zstd frame (RFC 8878) that compresses nothing, so that a fuzzer sees its content.
enum RawFrame {
    /// The magic number, no flags, a window of 1 MiB; then raw blocks of at most 128 KiB, none the last.
    static func of(_ content: [UInt8]) -> [UInt8] { head + blocks(of: content) }

    static let head: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x50]

    static func blocks(of content: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for start in stride(from: 0, to: content.count, by: 1 << 17) {
            let block = content[start..<min(start + 1 << 17, content.count)]
            let size = block.count << 3
            out += [UInt8(size & 0xFF), UInt8(size >> 8 & 0xFF), UInt8(size >> 16)]
            out += block
        }
        return out
    }
}
