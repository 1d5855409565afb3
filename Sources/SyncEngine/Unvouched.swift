import ReplicaModel
import ReplicaStore
import SyncWire

/// Whole changesets for which no signature vouches yet, put aside until a later one of their feed does. Of each the
/// predecessor and the signature are looked at once, however many come before one that is right.
struct Unvouched {
    /// The most that are put aside: beyond that nobody waits for a signature.
    static let countMax = 16_384

    private var all: [Bytes32: (number: Int, changeset: IncomingChangeset)] = [:]
    private var added = 0
    /// Bytes of these changesets.
    private(set) var bytes = 0

    var count: Int { all.count }

    /// The one that has waited longest.
    var first: UnverifiedHeader? { all.values.min { $0.number < $1.number }?.changeset.header }

    /// Puts a changeset aside, unless it is there.
    mutating func add(_ changeset: IncomingChangeset) {
        guard all[changeset.header.hash] == nil else { return }
        added += 1
        all[changeset.header.hash] = (added, changeset)
        bytes += changeset.byteCount
    }

    /// Puts aside what follows something that is aside and is not signed itself.
    ///
    /// - Returns: the rest of a batch, with what its signatures vouch for before it; nil where something comes twice.
    mutating func sift(_ batch: [IncomingChangeset]) -> [IncomingChangeset]? {
        guard !all.isEmpty else { return batch }
        var rest: [IncomingChangeset] = []
        for changeset in batch {
            let header = changeset.header
            guard all[header.hash] == nil else { return nil }
            guard follows(header) else {
                rest.append(changeset)
                continue
            }
            if header.isSigned {
                rest += takeAll(before: header) + [changeset]
            } else {
                add(changeset)
            }
        }
        return rest
    }

    /// Forgets what is of some feeds.
    mutating func remove(where isGone: (FeedID) -> Bool) {
        for (hash, entry) in all where isGone(entry.changeset.header.header.feed) {
            all[hash] = nil
            bytes -= entry.changeset.byteCount
        }
    }

    private func follows(_ header: UnverifiedHeader) -> Bool {
        guard let before = all[header.header.previous]?.changeset.header.header else { return false }
        return before.feed == header.header.feed && before.seq + 1 == header.header.seq
    }

    private mutating func takeAll(before header: UnverifiedHeader) -> [IncomingChangeset] {
        var line: [IncomingChangeset] = []
        var header = header
        while follows(header), let entry = all.removeValue(forKey: header.header.previous) {
            bytes -= entry.changeset.byteCount
            line.append(entry.changeset)
            header = entry.changeset.header
        }
        return line.reversed()
    }
}

extension IncomingChangeset {
    /// Bytes of the header and the chunks.
    var byteCount: Int { header.bytes.count + chunks.reduce(0) { $0 + $1.count } }
}
