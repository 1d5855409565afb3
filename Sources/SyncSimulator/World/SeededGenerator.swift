/// A generator whose seed decides every number that it gives, in every process (Steele, Lea, Flood: "Fast Splittable
/// Pseudorandom Number Generators", 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// Begins with any integer as the seed.
    package init(_ seed: Int) { self.init(seed: UInt64(bitPattern: Int64(seed))) }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// - Precondition: there is something to pick from.
    package mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    package mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// Splits off a generator whose numbers say nothing of those that this one gives next.
    package mutating func split() -> SeededGenerator { SeededGenerator(seed: next()) }
}
