import ReplicaModel
import ReplicaStore

/// The rule that nothing is left over once all is the same everywhere: no chunk of what nobody awaits, no note, nothing
/// that waits. What is awaited for ever was lost with the disk of its author, after some of it was sent; of each feed
/// that is at most one changeset.
package struct Remains {
    static func check(
        _ remains: ReplicaRemains, _ counts: ReplicaCounts, chunksHeld: Int, mayAwait: Bool = false, waiting: Int = 0,
        quarantined: Int = 0, at name: String
    ) throws(Violation) {
        let kept = chunksHeld + (mayAwait ? remains.awaitedChunks : 0)
        guard remains.chunks == kept else {
            throw Violation(
                "remains", "\(name) keeps \(remains.chunks) chunks, and what it holds or awaits has \(kept)")
        }
        guard remains.staged == (mayAwait ? remains.awaited : 0) else {
            throw Violation("remains", "\(name) still awaits chunks of \(remains.staged) changesets")
        }
        guard remains.notes == 0, counts.pending == 0 else {
            throw Violation("remains", "\(name) has \(remains.notes) notes that nobody seals")
        }
        guard counts.waiting == waiting else {
            throw Violation("remains", "\(name) holds \(counts.waiting) changesets that it does not apply")
        }
        guard counts.quarantined == quarantined else {
            throw Violation(
                "remains",
                "\(name) has \(counts.quarantined) changesets in quarantine, and \(quarantined) lie beyond a right's end"
            )
        }
    }
}
