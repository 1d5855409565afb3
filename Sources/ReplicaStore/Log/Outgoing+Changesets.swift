import ReplicaModel
import SyncWire

extension Outgoing {
    /// Gives what is left of the stream as whole changesets, with the chunks that are in it. All of them are in memory
    /// at once.
    ///
    /// - Parameter most: how many at most; of what follows one header may have been read.
    package func changesets(_ most: Int = .max) throws(StoreError) -> [IncomingChangeset] {
        var out: [IncomingChangeset] = []
        while let item = try next() {
            switch item {
            case .header(let bytes, let signature, _):
                guard out.count < most else { return out }
                guard let header = try? UnverifiedHeader(bytes: bytes, signature: signature) else {
                    throw .damaged("a changeset of the log of \(replica.path) cannot be read again")
                }
                out.gather(.header(header))
            case .chunk(let bytes): out.gather(.chunk(bytes))
            }
        }
        return out
    }
}

extension [IncomingChangeset] {
    /// Adds the next item of a stream: a header begins a changeset, and a chunk belongs to the last.
    package mutating func gather(_ item: ChangeItem) {
        switch item {
        case .header(let header): append(IncomingChangeset(header: header, chunks: []))
        case .chunk(let bytes): if !isEmpty { self[count - 1].append(bytes) }
        }
    }
}
