import ReplicaModel

/// A generator that a seed decides (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }

    mutating func bool() -> Bool { Bool.random(using: &self) }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// Integers of every width, so that every head is met.
    mutating func integer() -> Int64 {
        let magnitude = Int64(bitPattern: next() >> UInt64(below(64)))
        return bool() ? magnitude : ~magnitude
    }

    mutating func text() -> [UInt8] {
        let pieces = ["a", "Душанбе", "é", "中", "🐪", "\0", "", "name of a longer kind"]
        return (0..<below(4)).flatMap { _ in Array((pieces.randomElement(using: &self) ?? "").utf8) }
    }

    mutating func real() -> Double {
        switch below(5) {
        case 0: return Double(integer())
        case 1: return Double(Float(below(1000)) / 8)
        case 2: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: next()) & 0x7F7F_FFFF))
        case 3: return bool() ? .infinity : -.infinity
        default:
            let real = Double(bitPattern: next())
            return real.isNaN ? 0.1 : real
        }
    }

    mutating func value() -> Value {
        switch below(6) {
        case 0: .null
        case 1: .integer(integer())
        case 2: .real(real() + 0.0)
        case 3: .text(text())
        case 4: .text(bytes(below(40)))
        default: .blob(bytes(below(300)))
        }
    }

    mutating func keyValue() -> Value {
        switch below(3) {
        case 0: .integer(integer())
        case 1: .text(text())
        default: .blob(bytes(below(20)))
        }
    }
}
