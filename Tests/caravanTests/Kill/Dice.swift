/// A generator that a seed decides (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// Microseconds up to `most`, as often short as long: what a process does first takes it the least time.
    mutating func instant(upTo most: Int) -> Int {
        let half = most >> below(6)
        return half / 2 + below(half)
    }
}
