/// All that happened, as one number: two runs that did the same have the same (FNV-1a, 64 bits; Fowler, Noll, Vo).
package struct Trace: Sendable {
    package private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    package private(set) var steps = 0
    /// Called with each line; for people who look for what went wrong.
    package var printing: (@Sendable (String) -> Void)?

    package init() {}

    package mutating func note(at now: Int64, _ line: @autoclosure () -> String) {
        steps += 1
        let line = line()
        mix(UInt64(bitPattern: now))
        for byte in line.utf8 { mix(byte: byte) }
        printing?("\(now) \(line)")
    }

    package mutating func mix(_ bytes: [UInt8]) { for byte in bytes { mix(byte: byte) } }

    private mutating func mix(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { mix(byte: UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private mutating func mix(byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}
