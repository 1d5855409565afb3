import Crypto
import Foundation

/// A secret of 256 random bits, as text of a link, a cookie or a form.
struct Secret: Sendable {
    let text: String

    /// Draws a new one.
    init() {
        var generator = SystemRandomNumberGenerator()
        text = (0..<32).map { _ in Self.hex(UInt8.random(in: .min ... .max, using: &generator)) }.joined()
    }

    /// SHA-256 of a secret, in hexadecimal digits: all that is kept of it.
    static func hash(_ text: String) -> String { SHA256.hash(data: Data(text.utf8)).map(hex).joined() }

    /// Whether two texts are the same, in a time that tells nothing of where they differ.
    static func areSame(_ one: String, _ other: String) -> Bool {
        let (left, right) = (Array(hash(one).utf8), Array(hash(other).utf8))
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}
