/// IEEE 754 binary16, which not every platform's Swift has as a type.
enum Half {
    /// The bits of a number that 16 bits hold exactly; nil for others.
    static func bits(of single: Float) -> UInt16? {
        let sign = UInt16(single.bitPattern >> 16) & 0x8000
        let exponent = Int(single.bitPattern >> 23 & 0xFF)
        let fraction = single.bitPattern & 0x7F_FFFF
        switch exponent {
        case 0xFF: return fraction == 0 ? sign | 0x7C00 : nil
        case 0: return fraction == 0 ? sign : nil
        case 113...142: return fraction & 0x1FFF == 0 ? sign | UInt16(exponent - 112) << 10 | UInt16(fraction >> 13) : nil
        case 103..<113:
            // A subnormal half: the leading one becomes a digit of the fraction.
            let whole = fraction | 0x80_0000
            let shift = UInt32(126 - exponent)
            return whole & (1 << shift - 1) == 0 ? sign | UInt16(whole >> shift) : nil
        default: return nil
        }
    }

    static func number(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
    }
}
