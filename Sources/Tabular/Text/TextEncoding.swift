import Foundation

/// The encoding of a text file, by a name that the system's `iconv` knows.
package struct TextEncoding: Hashable, Sendable {
    /// The name as people are told it.
    package let name: String

    package static let utf8 = TextEncoding(known: "UTF-8")
    package static let utf16LittleEndian = TextEncoding(known: "UTF-16LE")
    package static let utf16BigEndian = TextEncoding(known: "UTF-16BE")
    package static let utf32LittleEndian = TextEncoding(known: "UTF-32LE")
    package static let utf32BigEndian = TextEncoding(known: "UTF-32BE")
    package static let gb18030 = TextEncoding(known: "GB18030")
    package static let windows1251 = TextEncoding(known: "windows-1251")
    package static let koi8 = TextEncoding(known: "KOI8-R")
    package static let ibm866 = TextEncoding(known: "IBM866")

    private init(known name: String) { self.name = name }

    /// The encoding that some bytes are most likely in; nil where several are as likely.
    package static func likely(of bytes: [UInt8]) -> TextEncoding? { EncodingDetector.encoding(of: bytes) }

    /// - Throws: `unknownEncoding` where the system does not know it.
    package init(named name: String) throws(TabularError) {
        let plain = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        if let known = Self.aliases[plain] {
            self = known
            return
        }
        guard !plain.isEmpty, let converter = Iconv(from: name) else { throw .unknownEncoding(name) }
        converter.close()
        self.init(known: name)
    }

    /// Names in small letters, without what stands between letters and digits. Both older Chinese encodings are parts
    /// of GB18030, and UTF-16 without a mark is as Windows writes it.
    private static let aliases: [String: TextEncoding] = [
        "utf8": utf8, "utf8sig": utf8, "utf8bom": utf8, "ascii": utf8, "usascii": utf8,
        "utf16": utf16LittleEndian, "utf16le": utf16LittleEndian, "unicode": utf16LittleEndian,
        "utf16be": utf16BigEndian, "utf32": utf32LittleEndian, "utf32le": utf32LittleEndian,
        "utf32be": utf32BigEndian,
        "gb18030": gb18030, "gbk": gb18030, "gb2312": gb18030, "cp936": gb18030, "windows936": gb18030,
        "windows1251": windows1251, "cp1251": windows1251, "win1251": windows1251, "1251": windows1251,
        "koi8r": koi8, "ibm866": ibm866, "cp866": ibm866, "866": ibm866,
    ]

    /// Bytes of the smallest unit.
    var unit: Int {
        switch self {
        case .utf16LittleEndian, .utf16BigEndian: 2
        case .utf32LittleEndian, .utf32BigEndian: 4
        default: 1
        }
    }

    /// The mark of the byte order with which a file may begin.
    var mark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .utf32LittleEndian: [0xFF, 0xFE, 0, 0]
        case .utf32BigEndian: [0, 0, 0xFE, 0xFF]
        case .gb18030: [0x84, 0x31, 0x95, 0x33]
        default: []
        }
    }
}
