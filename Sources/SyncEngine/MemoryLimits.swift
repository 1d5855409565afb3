import ReplicaModel
import SyncProtocol

/// The limits of what one session gathers before it hands it to the replica.
package struct MemoryLimits: Sendable {
    /// Bytes of whole changesets that are gathered, and of chunks that are kept in one transaction. How much is applied
    /// in one is the replica's to say (`ApplySlice`).
    package var batchBytes = 1 << 20
    /// Bytes of one changeset: a larger one goes through the file.
    package var changesetBytes = 4 << 20

    package init() {}

    package init(batchBytes: Int, changesetBytes: Int) {
        self.batchBytes = batchBytes
        self.changesetBytes = changesetBytes
    }
}

/// The memory that a session has in use, in bytes.
package struct SessionMemory: Hashable, Sendable {
    /// Bytes of whole changesets that are not handed over.
    package let whole: Int
    /// Bytes of one changeset that is arriving.
    package let arriving: Int
    /// Bytes of frames that were asked for and not taken.
    package let queued: Int
    /// Bytes of both directions' streams: decoded and not read, encoded and not taken.
    package let streams: Int

    package init(whole: Int, arriving: Int, queued: Int, streams: Int) {
        self.whole = whole
        self.arriving = arriving
        self.queued = queued
        self.streams = streams
    }

    package var all: Int { whole + arriving + queued + streams }
}

extension PeerSession {
    /// How far the peer's key is trusted. While it has to prove itself, all that it shows is kept in memory, up to
    /// ``Inbox/trialBytesMax``.
    package var trust: PeerTrust { session.trust }

    package var memory: SessionMemory {
        SessionMemory(
            whole: inbox.wholeBytes, arriving: inbox.arrivingBytes, queued: queue.bytes,
            streams: reader.plainBytes + pieces.byteCount)
    }
}
