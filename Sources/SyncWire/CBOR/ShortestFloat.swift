/// A real in the shortest of CBOR's three widths that keeps its value (RFC 8949, section 4.2.2).
enum ShortestFloat {
    /// The half-precision bits of `single`; nil if it has none. Not for NaN.
    static func half(_ single: Float) -> UInt16? {
        let bits = single.bitPattern
        let sign = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000
        let exponent = Int(bits >> 23 & 0xFF) - 127
        let fraction = bits & 0x7F_FFFF
        switch exponent {
        case 128: return sign | 0x7C00
        case -14...15:
            guard fraction & 0x1FFF == 0 else { return nil }
            return sign | UInt16(exponent + 15) << 10 | UInt16(fraction >> 13)
        case -24 ..< -14:
            let whole = fraction | 0x80_0000
            let shift = UInt32(-1 - exponent)
            guard whole & (1 << shift - 1) == 0 else { return nil }
            return sign | UInt16(whole >> shift)
        default: return bits << 1 == 0 ? sign : nil
        }
    }

    static func single(half bits: UInt16) -> Float {
        let exponent = Int(bits >> 10 & 31)
        let fraction = Float(bits & 0x3FF)
        let magnitude: Float
        switch exponent {
        case 0: magnitude = fraction * 0x1p-24
        case 31: magnitude = fraction == 0 ? .infinity : .nan
        default: magnitude = (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
        }
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }

    /// The real of a head of major type 7; nil if that is no float, is NaN, is negative zero, or is wider than it need
    /// be.
    @inline(__always)
    static func read(_ head: CBORHead) -> Double? {
        switch head.form {
        case CBORForm.double:
            let real = Double(bitPattern: head.argument)
            return Double(Float(real)) == real || real.isNaN ? nil : real
        case CBORForm.single:
            let single = Float(bitPattern: UInt32(truncatingIfNeeded: head.argument))
            return single.isNaN || half(single) != nil ? nil : Double(single)
        case CBORForm.half:
            let single = single(half: UInt16(truncatingIfNeeded: head.argument))
            return single.isNaN || (single == 0 && single.sign == .minus) ? nil : Double(single)
        default: return nil
        }
    }
}
