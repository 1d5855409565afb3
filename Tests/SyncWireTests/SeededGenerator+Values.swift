import ReplicaModel
import SyncSimulator

/// Values of every kind.
extension SeededGenerator {
    mutating func bool() -> Bool { Bool.random(using: &self) }

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
