import ReplicaModel
import SQLiteAccess
import SyncWire

/// The heads of a replica's own feeds, as they stood before any of it was sent. It lies beside the replica, so that a
/// replica which was put back to an older state is told from one that was not.
struct Witness: Equatable {
    struct OwnHead: Equatable {
        let scope: Scope
        let seq: UInt64
        let hash: Bytes32
    }

    /// Raised with each writing.
    let number: UInt64
    let site: SiteID
    let incarnation: Incarnation
    /// Ascending by scope.
    let heads: [OwnHead]
}

/// Two slots, written by turns, so that a write which is cut off leaves the one before. A slot is the SHA-256 of 480
/// bytes, and those bytes: deterministic CBOR `[number, site, incarnation, [[scope, seq, hash] …]]`, then zeros.
enum WitnessCodec {
    static let contentBytes = 480
    static let slotBytes = 32 + contentBytes
    /// Slots lie in different sectors, whatever the disk's are.
    static func offset(of number: UInt64) -> Int { number & 1 == 0 ? 0 : 4096 }

    static func encode(_ witness: Witness) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(4)
        writer.write(unsigned: witness.number)
        writer.write(bytes: witness.site.bytes)
        writer.write(unsigned: witness.incarnation.bits)
        writer.beginArray(witness.heads.count)
        for head in witness.heads {
            writer.beginArray(3)
            writer.write(text: head.scope.name)
            writer.write(unsigned: head.seq)
            writer.write(bytes: head.hash.bytes)
        }
        precondition(writer.bytes.count <= contentBytes, "a witness names few scopes")
        let content = writer.bytes + [UInt8](repeating: 0, count: contentBytes - writer.bytes.count)
        return ContentHash.of(content).bytes + content
    }

    /// Reads a slot; nil for one that was never written, or not to its end.
    static func decode(_ slot: [UInt8]) -> Witness? {
        guard slot.count == slotBytes, ContentHash.of(slot[32...]).bytes == Array(slot[..<32]) else { return nil }
        var reader = CBORReader(slot[32...])
        return try? read(&reader)
    }

    private static func read(_ reader: inout CBORReader) throws(WireError) -> Witness? {
        try reader.readArray(exactly: 4)
        let number = try reader.readUnsigned()
        guard let site = SiteID(try reader.readBytes(max: 32)) else { return nil }
        let incarnation = Incarnation(try reader.readUnsigned())
        var heads: [Witness.OwnHead] = []
        for _ in 0..<(try reader.readArray(max: 16)) {
            try reader.readArray(exactly: 3)
            heads.append(
                .init(
                    scope: Scope(try reader.readText(max: 64)), seq: try reader.readUnsigned(),
                    hash: try reader.readBytes32()))
        }
        return Witness(number: number, site: site, incarnation: incarnation, heads: heads)
    }
}

/// The file that holds it.
final class WitnessFile {
    private let file: SideFile

    init(besideReplica path: String, on disk: MountedDisk?) throws(StoreError) {
        file = try SideFile(path: path + "-witness", on: disk)
    }

    /// The later of the two slots; nil if there is none.
    func read() throws(StoreError) -> Witness? {
        var latest: Witness?
        for slot in 0...1 as ClosedRange<UInt64> {
            let found = WitnessCodec.decode(
                try file.read(count: WitnessCodec.slotBytes, at: WitnessCodec.offset(of: slot)))
            if let found, found.number >= latest?.number ?? 0 { latest = found }
        }
        return latest
    }

    /// Durable once this returns.
    func write(_ witness: Witness) throws(StoreError) {
        try file.write(WitnessCodec.encode(witness), at: WitnessCodec.offset(of: witness.number))
    }
}
