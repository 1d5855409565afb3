import SyncEngine
import SyncWire

/// The rule that the memory of a session does not grow with what passes: changesets are handed over by batches, large
/// ones go through the file, and no more waits to be sent than one frame and what answers the peer.
package struct BoundedMemory {
    /// - Parameters: - limits: those that the node was told. - mayWait: whether changesets may wait in memory for a
    ///   signature that vouches for them, because somebody signs badly, or a link or a disk alters signatures.
    func check(_ session: PeerSession, _ limits: MemoryLimits, mayWait: Bool, at name: String) throws(Violation) {
        let whole =
            session.trust.mustProve
            ? Inbox.trialBytesMax : mayWait ? limits.changesetBytes + limits.batchBytes : limits.batchBytes
        let (memory, chunk) = (session.memory, WireLimits.chunkBytes)
        let bounds = [
            ("of whole changesets", memory.whole, whole),
            ("of a changeset that arrives", memory.arriving, limits.changesetBytes + chunk),
            ("of frames that wait", memory.queued, OutputQueue.bytesMax + FrameLimits.changesBytesMax),
            ("of streams", memory.streams, 4 * chunk + FrameLimits.changesBytesMax),
        ]
        for (what, found, most) in bounds where found > most {
            throw Violation("memory", "\(name) has \(found) bytes \(what) in memory, and \(most) are enough")
        }
    }
}
