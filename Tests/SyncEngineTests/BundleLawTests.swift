import NodeFixtures
import ReplicaModel
import SyncEngine
import SyncSimulator
import SyncWire
import Testing

@testable import ReplicaStore

/// Nodes that only ever meet by bundles.
@Suite("The law of bundles")
struct BundleLawTests {
    /// A carrier's bag: bundles in the order in which they were written.
    private struct Run {
        let town: Town
        var random: SeededGenerator
        var bag: [Parcel] = []
        /// The vectors that the nodes had at some time.
        var vectors: [Vector] = [[:]]
        var rows = 0

        init(seed: Int) throws {
            town = try Town()
            random = SeededGenerator(seed: UInt64(seed))
            for _ in 0..<3 { try town.join() }
        }

        mutating func engine() -> Engine { town.engines[random.below(town.engines.count)] }

        mutating func step() throws {
            let engine = engine()
            switch random.below(5) {
            case 0, 1:
                rows += 1
                try town.write(
                    engine,
                    "INSERT INTO t VALUES ('\(random.below(12))', '\(rows)', \(rows)) ON CONFLICT(id) DO UPDATE SET a = excluded.a"
                )
                if random.chance(50) { try engine.seal() }
            case 2:
                let parcel = try town.pack(engine, beyond: vectors[random.below(vectors.count)])
                // Some are lost.
                if random.below(4) > 0 { bag.append(parcel) }
                vectors.append(try engine.replica.vectors().held)
            default:
                guard !bag.isEmpty else { return }
                // Any, in any order, and as often as it comes.
                let parcel = bag[random.below(bag.count)]
                let before = try engine.replica.vectors().held
                let delivery = try deliver(parcel, to: engine)
                #expect(delivery?.refusal == nil)
                let held = try engine.replica.vectors().held
                #expect(before.allSatisfy { held[$0.key] ?? 0 >= $0.value })
                try hold(parcel, delivery, engine)
            }
        }

        /// Nil where the reader does not know the writer, and cannot find out by this file.
        private func deliver(_ parcel: Parcel, to engine: Engine) throws -> BundleTaking? {
            do { return try town.deliver(parcel, to: engine) } catch CarriedFault.stranger { return nil }
        }

        /// Holds that all that was not taken is named as missing, and nothing else is.
        private func hold(_ parcel: Parcel, _ delivery: BundleTaking?, _ engine: Engine) throws {
            guard let delivery else { return }
            let (held, reach) = (try engine.replica.vectors().held, try CarriedReach(of: engine.replica))
            let lacked = try parcel.head.ranges.filter { try reach.end(of: $0) < $0.last }
            #expect(lacked.isEmpty == (delivery.passed == 0))
            let named = delivery.missing.merging(delivery.awaited) { max($0, $1) }
            #expect(lacked.isEmpty == named.isEmpty)
            for (feed, seq) in named { #expect(held[feed] ?? 0 < seq) }
        }
    }

    @Test(
        "Whatever is lost, repeated or mixed up: what is missing is named, and once nothing is, all hold the same",
        arguments: 0..<24)
    func mixed(seed: Int) throws {
        var run = try Run(seed: seed)
        for _ in 0..<40 { try run.step() }
        // At last one carrier goes round twice.
        for _ in 0..<2 {
            for from in run.town.engines {
                let parcel = try run.town.pack(from)
                for to in run.town.engines where to.site != from.site {
                    #expect(try run.town.deliver(parcel, to: to).missing.isEmpty)
                }
            }
        }
        #expect(try run.town.digests().count == 1)
        for engine in run.town.engines {
            #expect(try engine.replica.carrierNotes.awaited().isEmpty)
            #expect(try engine.replica.reports.verifyDeep(progress: { _, _ in }).isEmpty)
        }
    }
}
