import CQRencode
import SyncNode

/// A QR code (ISO/IEC 18004) as lines of characters, two rows of modules in each, with the quiet zone around it.
struct QRPicture {
    let lines: [String]

    /// The modules of quiet zone on each side.
    private static let quiet = 4

    /// Draws a text of ASCII.
    ///
    /// - Throws: `usage` where the text is longer than such a code can be: some 2,300 characters.
    init(of text: String) throws(NodeError) {
        // Medium correction: a screen is photographed at an angle.
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
            throw NodeError(
                kind: .usage, message: "the code is too long for a QR picture: name fewer addresses, or leave --qr out")
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        let range = -Self.quiet..<width + Self.quiet
        func isDark(_ row: Int, _ column: Int) -> Bool {
            guard (0..<width).contains(row), (0..<width).contains(column) else { return false }
            return modules[row * width + column] & 1 == 1
        }
        lines = stride(from: range.lowerBound, to: range.upperBound, by: 2).map { row in
            String(
                range.map { column in
                    switch (isDark(row, column), isDark(row + 1, column)) {
                    case (true, true): "█"
                    case (true, false): "▀"
                    case (false, true): "▄"
                    case (false, false): " "
                    }
                } as [Character])
        }
    }
}
