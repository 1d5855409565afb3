/// The head of a CBOR item: its major type and its argument. The only place where a head is read.
struct CBORHead {
    enum Status: UInt8 {
        case whole
        /// The bytes end inside the head.
        case incomplete
        /// Not the shortest form, of indefinite length, or of a reserved form.
        case refused
    }

    let status: Status
    let major: UInt8
    /// The low five bits of the first byte: of major type 7 they say what the item is.
    let form: UInt8
    let argument: UInt64
    /// Bytes of the head.
    let size: Int

    @inline(__always)
    private init(_ status: Status, major: UInt8 = 0, form: UInt8 = 0, argument: UInt64 = 0, size: Int = 0) {
        self.status = status
        self.major = major
        self.form = form
        self.argument = argument
        self.size = size
    }

    /// Reads the head at `offset` of bytes that end at `end`.
    @inline(__always)
    static func read(_ base: UnsafeRawPointer, at offset: Int, end: Int) -> CBORHead {
        guard offset < end else { return CBORHead(.incomplete) }
        let first = base.load(fromByteOffset: offset, as: UInt8.self)
        let form = first & 31
        if form < 24 { return CBORHead(.whole, major: first >> 5, form: form, argument: UInt64(form), size: 1) }
        return long(base, at: offset, end: end, major: first >> 5, form: form)
    }

    private static func long(
        _ base: UnsafeRawPointer, at offset: Int, end: Int, major: UInt8, form: UInt8
    ) -> CBORHead {
        guard form < 28 else { return CBORHead(.refused) }
        let width = 1 << Int(form - 24)
        guard end - offset > width else { return CBORHead(.incomplete) }
        let argument: UInt64
        let smallest: UInt64
        switch form {
        case 24:
            argument = UInt64(base.load(fromByteOffset: offset + 1, as: UInt8.self))
            smallest = major == 7 ? 32 : 24
        case 25:
            argument = UInt64(UInt16(bigEndian: base.loadUnaligned(fromByteOffset: offset + 1, as: UInt16.self)))
            smallest = 1 << 8
        case 26:
            argument = UInt64(UInt32(bigEndian: base.loadUnaligned(fromByteOffset: offset + 1, as: UInt32.self)))
            smallest = 1 << 16
        default:
            argument = UInt64(bigEndian: base.loadUnaligned(fromByteOffset: offset + 1, as: UInt64.self))
            smallest = 1 << 32
        }
        // Of major type 7 the longer forms are floats, which have a rule of their own.
        guard argument >= smallest || (major == 7 && form > 24) else { return CBORHead(.refused) }
        return CBORHead(.whole, major: major, form: form, argument: argument, size: 1 + width)
    }
}

/// Major types of RFC 8949, section 3.1.
enum CBORMajor {
    static let unsigned: UInt8 = 0
    static let negative: UInt8 = 1
    static let bytes: UInt8 = 2
    static let text: UInt8 = 3
    static let array: UInt8 = 4
    static let map: UInt8 = 5
    static let tag: UInt8 = 6
    static let other: UInt8 = 7
}

/// Forms of major type 7.
enum CBORForm {
    static let no: UInt8 = 20
    static let yes: UInt8 = 21
    static let null: UInt8 = 22
    static let half: UInt8 = 25
    static let single: UInt8 = 26
    static let double: UInt8 = 27
}

/// Tag of a byte string that is text to SQLite and is not valid UTF-8. It is in the range that is given out first come,
/// first served, and was chosen here.
let notUTF8Tag: UInt64 = 24_000
