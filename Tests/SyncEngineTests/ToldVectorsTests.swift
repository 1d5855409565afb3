import ReplicaModel
import SyncWire
import Testing

@testable import SyncEngine

@Suite("An ack names what is new, and all of it")
struct ToldVectorsTests {
    private let feed = FeedID(site: SigningKey().site, incarnation: .first, scope: .alliance)

    @Test("What is applied is named where it is less than what is held, and again each time that it grows")
    func applied() {
        var told = ToldVectors(held: [feed: 2])
        func expect(held: UInt64, applied: UInt64, tells newHeld: Vector, _ newApplied: Vector) {
            let (first, second) = told.advance(to: [feed: held], [feed: applied])
            #expect(first == newHeld)
            #expect(second == newApplied)
        }
        expect(held: 2, applied: 2, tells: [:], [:])
        expect(held: 5, applied: 3, tells: [feed: 5], [feed: 3])
        expect(held: 5, applied: 3, tells: [:], [:])
        expect(held: 6, applied: 3, tells: [feed: 6], [:])
        expect(held: 6, applied: 4, tells: [:], [feed: 4])
        expect(held: 6, applied: 6, tells: [:], [feed: 6])
        expect(held: 7, applied: 7, tells: [feed: 7], [feed: 7])
        expect(held: 7, applied: 7, tells: [:], [:])
    }

    @Test("What is held and of which nothing is applied is named with nothing")
    func nothing() {
        var told = ToldVectors(held: [:])
        let (held, applied) = told.advance(to: [feed: 1], [:])
        #expect(held == [feed: 1])
        #expect(applied == [feed: 0])
    }

    @Test("What was told and is not here any more is known, and what is new is not taken for it")
    func exceeds() {
        var told = ToldVectors(held: [feed: 2])
        #expect(!told.exceeds([feed: 2]))
        #expect(told.exceeds([feed: 1]))
        #expect(told.exceeds([:]))
        _ = told.advance(to: [feed: 3], [feed: 3])
        #expect(told.exceeds([feed: 2]))
        #expect(!told.exceeds([feed: 4]))
    }

    @Test("What came is named though it was told before, but never as less")
    func came() {
        var told = ToldVectors(held: [feed: 2])
        let again = told.advance(to: [feed: 2], [feed: 2], came: [feed])
        #expect(again.held == [feed: 2])
        #expect(told.advance(to: [feed: 2], [feed: 2]).held.isEmpty)
        #expect(told.advance(to: [feed: 1], [feed: 1], came: [feed]).held.isEmpty)
    }
}
