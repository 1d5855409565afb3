import ReplicaModel
import SyncWire

/// A carried file is taken or refused alike in whatever pieces it comes; of one that is taken no byte can be altered or
/// missing; and a head is written as it was read.
///
/// The first byte says how the others are read: as a file, as a file that lacks its signature, which is made here, or
/// as a head. The second says how large the pieces are, and the third which byte is altered.
enum CarriedLaw {
    static func violation(by bytes: [UInt8]) -> String? {
        var script = FuzzScript(bytes)
        let kind = script.below(3)
        let piece = 1 + script.below(64)
        let place = script.byte()
        let content = script.rest()
        guard kind < 2 else { return violation(ofHead: content) }
        let file = kind == 0 ? content : signed(content)
        let whole = read(file, inPiecesOf: max(file.count, 1))
        guard whole == read(file, inPiecesOf: piece) else { return "a file is read otherwise in pieces" }
        guard case .taken(let head) = whole else { return nil }
        let index = Int(place) * (file.count - 1) / 255
        var other = file
        other[index] ^= 1 << (place & 7)
        if case .taken = read(other, inPiecesOf: .max) { return "a file is taken with byte \(index) altered" }
        if case .taken = read(Array(file.prefix(index)), inPiecesOf: .max) {
            return "a file is taken that is cut at byte \(index)"
        }
        return violation(ofHead: CarriedHeadCodec.encode(head))
    }

    enum Reading: Equatable {
        case taken(CarriedHead)
        case refused(String)
    }

    static func read(_ file: [UInt8], inPiecesOf size: Int) -> Reading {
        var check = CarriedCheck()
        do {
            var offset = 0
            while offset < file.count {
                let end = size < file.count - offset ? offset + size : file.count
                try check.take(Array(file[offset..<end]))
                offset = end
            }
            return .taken(try check.finish().head)
        } catch {
            return .refused(error.name)
        }
    }

    /// The content with the signature that a file needs whose writer is the second of the fuzzer's sites.
    static func signed(_ content: [UInt8]) -> [UInt8] {
        var writer = CBORWriter()
        let message = Array("caravan file 1\0".utf8) + ContentHash.of(content).bytes
        writer.write(bytes: FuzzKeys.sites[1].sign(message))
        return content + writer.bytes
    }

    private static func violation(ofHead bytes: [UInt8]) -> String? {
        guard let head = try? CarriedHeadCodec.decode(bytes) else { return nil }
        let again = CarriedHeadCodec.encode(head)
        if (try? CarriedHeadCodec.decode(again)) != head { return "a head does not decode to what was encoded" }
        // One that is longer has fields of a later version.
        return again == bytes || again.count < bytes.count ? nil : "a head is written otherwise than it was read"
    }
}
