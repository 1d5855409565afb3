import ReplicaModel

/// Writes deterministic CBOR (RFC 8949, section 4.2): definite lengths, shortest heads, shortest floats.
public struct CBORWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func unsigned(_ number: UInt64) { head(0, number) }

    public mutating func integer(_ number: Int64) {
        if number >= 0 { head(0, UInt64(number)) } else { head(1, UInt64(bitPattern: ~number)) }
    }

    public mutating func blob(_ blob: some Collection<UInt8>) {
        head(2, UInt64(blob.count))
        bytes.append(contentsOf: blob)
    }

    public mutating func text(_ text: String) { utf8(Array(text.utf8)) }

    /// Text as bytes that are known to be UTF-8.
    mutating func utf8(_ text: [UInt8]) {
        head(3, UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    /// The head of an array; its items follow.
    public mutating func array(_ count: Int) { head(4, UInt64(count)) }

    /// The head of a map; its keys and values follow by turns, keys in ascending order of their encoding.
    public mutating func map(_ count: Int) { head(5, UInt64(count)) }

    public mutating func bool(_ flag: Bool) { bytes.append(flag ? 0xF5 : 0xF4) }

    public mutating func null() { bytes.append(0xF6) }

    /// In the shortest of 16, 32 and 64 bits that keeps the value. -0.0 is written as 0.0; NaN is no value of SQLite's.
    public mutating func real(_ number: Double) {
        let real = number == 0 ? 0.0 : number
        let single = Float(real)
        if Double(single) == real {
            let half = Half.bits(of: single)
            if let half {
                bytes.append(0xF9)
                append(UInt64(half), width: 2)
            } else {
                bytes.append(0xFA)
                append(UInt64(single.bitPattern), width: 4)
            }
        } else {
            bytes.append(0xFB)
            append(real.bitPattern, width: 8)
        }
    }

    /// One of SQLite's five storage classes. Text that is not valid UTF-8 is a byte string behind tag 24000.
    public mutating func value(_ value: Value) {
        switch value {
        case .null: null()
        case .integer(let integer): self.integer(integer)
        case .real(let real): self.real(real)
        case .blob(let blob): self.blob(blob)
        case .text(let text):
            if UTF8Check.isValid(text) {
                utf8(text)
            } else {
                head(6, CBORTag.textBytes)
                blob(text)
            }
        }
    }

    /// Bytes that are CBOR already.
    public mutating func raw(_ encoded: [UInt8]) { bytes.append(contentsOf: encoded) }

    /// Takes what was written, and begins anew.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    mutating func removeFirst(_ count: Int) { bytes.removeFirst(count) }

    private mutating func head(_ major: UInt8, _ number: UInt64) {
        let top = major << 5
        switch number {
        case 0..<24: bytes.append(top | UInt8(number))
        case 24..<0x100:
            bytes.append(top | 24)
            bytes.append(UInt8(number))
        case 0x100..<0x1_0000:
            bytes.append(top | 25)
            append(number, width: 2)
        case 0x1_0000..<0x1_0000_0000:
            bytes.append(top | 26)
            append(number, width: 4)
        default:
            bytes.append(top | 27)
            append(number, width: 8)
        }
    }

    private mutating func append(_ number: UInt64, width: Int) {
        for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }
}

enum CBORTag {
    /// SQLite text whose bytes are not valid UTF-8.
    static let textBytes: UInt64 = 24000
}

enum UTF8Check {
    static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.withContiguousStorageIfAvailable { isValid(UnsafeRawBufferPointer($0)) } ?? isValid(Array(bytes))
    }

    /// Most text here is ASCII, or short.
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index + 8 <= bytes.count {
            guard bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 else { break }
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        guard index < bytes.count else { return true }
        return String(validating: UnsafeRawBufferPointer(rebasing: bytes[index...]), as: UTF8.self) != nil
    }
}
