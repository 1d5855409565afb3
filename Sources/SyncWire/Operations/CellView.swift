import ReplicaModel

/// A value where it lies in an `OperationCursor`'s buffer. Good until the cursor's next `append` or `next`.
package struct CellView: Sendable {
    package enum Kind: UInt8, Sendable {
        case null, integer, real, text, blob
    }

    package let kind: Kind
    /// The integer, the bits of the real, or: whether text is not UTF-8 (1 bit), offset (31 bits), count (32 bits).
    @usableFromInline let payload: UInt64

    @inlinable
    init(_ kind: Kind, payload: UInt64) {
        self.kind = kind
        self.payload = payload
    }

    @inline(__always)
    init(_ kind: Kind, offset: Int, count: Int, isUTF8: Bool = true) {
        self.init(kind, payload: UInt64(offset) << 32 | UInt64(count) | (isUTF8 ? 0 : 1 << 63))
    }

    static let null = CellView(.null, payload: 0)

    /// The value of an integer.
    @inlinable package var integer: Int64 { Int64(bitPattern: payload) }
    /// The value of a real.
    @inlinable package var real: Double { Double(bitPattern: payload) }
    /// The place of a text's or a blob's bytes in the cursor's buffer.
    @inlinable package var offset: Int { Int(payload >> 32 & 0x7FFF_FFFF) }
    /// The number of a text's or a blob's bytes.
    @inlinable package var count: Int { Int(payload & 0xFFFF_FFFF) }
    /// Whether a text is valid UTF-8.
    @inlinable package var isUTF8: Bool { payload >> 63 == 0 }

    @inlinable package var hasBytes: Bool { kind.rawValue >= Kind.text.rawValue }

    /// The same cell after its buffer lost so many bytes at the front.
    func moved(by distance: Int) -> CellView {
        hasBytes ? CellView(kind, payload: payload - UInt64(distance) << 32) : self
    }

    /// The order of `Value`, over cells of one buffer: -1, 0 or 1.
    @inline(__always)
    static func compare(_ l: CellView, _ r: CellView, in base: UnsafeRawPointer) -> Int {
        guard l.kind == r.kind else { return l.rank < r.rank ? -1 : 1 }
        switch l.kind {
        case .null: return 0
        case .integer: return l.integer < r.integer ? -1 : l.integer == r.integer ? 0 : 1
        case .real: return l.real < r.real ? -1 : l.real == r.real ? 0 : 1
        case .text, .blob: return compareBytes(l, r, in: base)
        }
    }

    private static func compareBytes(_ l: CellView, _ r: CellView, in base: UnsafeRawPointer) -> Int {
        let common = min(l.count, r.count)
        var index = 0
        while common - index >= 8 {
            let left = base.loadUnaligned(fromByteOffset: l.offset + index, as: UInt64.self)
            let right = base.loadUnaligned(fromByteOffset: r.offset + index, as: UInt64.self)
            if left != right { return UInt64(bigEndian: left) < UInt64(bigEndian: right) ? -1 : 1 }
            index += 8
        }
        while index < common {
            let left = base.load(fromByteOffset: l.offset + index, as: UInt8.self)
            let right = base.load(fromByteOffset: r.offset + index, as: UInt8.self)
            if left != right { return left < right ? -1 : 1 }
            index += 1
        }
        return l.count < r.count ? -1 : l.count == r.count ? 0 : 1
    }

    /// Nulls and reals, which no key holds, come first.
    private var rank: UInt8 {
        switch kind {
        case .null: 0
        case .real: 1
        case .integer: 2
        case .text: 3
        case .blob: 4
        }
    }
}
