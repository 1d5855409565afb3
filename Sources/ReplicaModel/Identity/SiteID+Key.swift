extension SiteID {
    /// Whether this can be a key that one person holds: the one encoding of a point of Curve25519 whose order is not
    /// small.
    ///
    /// For a point of small order anybody can make signatures, and a second encoding of a key would be a second site of
    /// one holder. Whether the bytes are a point at all shows at the first signature.
    public var isKey: Bool {
        // Nearly every key is told by its last byte, without its sign.
        switch key.last & 0x7F {
        case 0x00, 0x05, 0x7A: !Self.smallOrder.contains(key)
        case 0x7F: !Self.smallOrder.contains(key) && !isBeyondPrime
        default: true
        }
    }

    /// Whether y, without the sign of x, is 2^255 - 19 or more.
    private var isBeyondPrime: Bool {
        let bytes = bytes
        return bytes[0] >= 0xED && bytes[1..<31].allSatisfy { $0 == 0xFF }
    }

    /// The points of order 1, 2, 4 and 8: y is 1, -1, 0, or one of two others, with either sign of x.
    private static let smallOrder: Set<Bytes32> = {
        let coordinates = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        ].compactMap { [UInt8](hex: $0) }
        return Set(coordinates.flatMap { [Bytes32($0), Bytes32($0.dropLast() + [$0[31] | 0x80])] }.compactMap(\.self))
    }()
}
