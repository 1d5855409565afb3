import ReplicaModel

/// The random numbers of the programs on one machine: the same in every run of one world.
final class Draws {
    private var random: SeededGenerator

    /// - Parameter site: its key is of the world's seed.
    init(of site: SiteID, index: Int) {
        let seed = site.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        random = SeededGenerator(seed: seed &+ UInt64(index))
    }

    func next() -> UInt64 { random.next() }
}
