import SyncSimulator
import Testing

@testable import SyncProtocol

@Suite("Bytes that may pass at a rate")
struct TokenBucketTests {
    @Test(
        "In no span of time pass more than its bytes and a quarter of a second's, however they are asked for",
        arguments: 0..<200)
    func bound(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rate = Int.random(in: 1...(1 << Int.random(in: 1...30, using: &random)), using: &random)
        var now = Int64.random(in: 0...1 << 40, using: &random)
        var bucket = TokenBucket(rate: rate, at: now)
        var passed: [(at: Int64, count: Int)] = []
        for _ in 0..<60 {
            now += Int64.random(in: 0...(Bool.random(using: &random) ? 5 : 3000), using: &random)
            let count = min(
                bucket.available(at: now), Int.random(in: 0...max(rate / 2, 1), using: &random))
            bucket.spend(count, at: now)
            passed.append((now, count))
        }
        for first in passed.indices {
            var sum = 0
            for last in first..<passed.count {
                sum += passed[last].count
                let span = Int(passed[last].at - passed[first].at)
                // A fraction of a byte may be left from before.
                #expect(sum <= bucket.capacity + rate * span / 1000 + 1)
            }
        }
    }

    @Test("Whoever always has more to say gets all that the rate gives", arguments: 0..<100)
    func used(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rate = Int.random(in: 4...1 << 20, using: &random)
        var bucket = TokenBucket(rate: rate, at: 0)
        var (now, sum) = (Int64(0), 0)
        while now < 20_000 {
            let piece = Int.random(in: 1...bucket.capacity, using: &random)
            now += bucket.rest(until: piece, at: now)
            let count = bucket.available(at: now)
            #expect(count >= piece)
            bucket.spend(piece, at: now)
            sum += piece
        }
        #expect(sum >= rate * Int(now) / 1000 - 1)
    }

    @Test("A rest is no longer than it must be, also after too much has passed", arguments: 0..<100)
    func rests(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rate = Int.random(in: 4...1 << 20, using: &random)
        var bucket = TokenBucket(rate: rate, at: 0)
        bucket.spend(Int.random(in: 0...rate * 4, using: &random), at: 0)
        let piece = Int.random(in: 1...bucket.capacity * 2, using: &random)
        let rest = bucket.rest(until: piece, at: 0)
        var early = bucket
        #expect(bucket.available(at: rest) >= min(piece, bucket.capacity))
        if rest > 0 { #expect(early.available(at: rest - 1) < min(piece, bucket.capacity)) }
    }

    @Test("A clock that stands still or goes back, and a rest of years, give no more than a quarter of a second's")
    func clocks() {
        var bucket = TokenBucket(rate: 4096, at: 1000)
        bucket.spend(1024, at: 1000)
        #expect(bucket.available(at: 1000) == 0)
        #expect(bucket.available(at: 0) == 0)
        #expect(bucket.available(at: .max) == 1024)
        bucket.spend(1 << 50, at: .max)
        #expect(bucket.available(at: .max) == 0)
    }

    @Test("At the lowest rate the largest piece of a stream is through before a peer counts as silent")
    func least() {
        #expect(Int64(65_536 / TokenBucket.rateLeast) * 1000 * 2 < Session.silenceMax)
    }
}
