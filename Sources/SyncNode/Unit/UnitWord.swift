import ReplicaModel

/// Words of a systemd unit file (systemd.syntax(7), systemd.service(5)): what systemd reads back is the text that was
/// given, whatever stands in it.
enum UnitWord {
    /// An argument of a command line.
    static func argument(_ text: String) -> String { path(text).replacing("$", with: "$$") }

    /// A path in a list, or the program that a command line begins with.
    static func path(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { isPlainByte($0) }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return specified(isPlain ? text : "\"\(escaped)\"")
    }

    /// A text that is read as it stands, such as a description.
    static func specified(_ text: String) -> String { text.replacing("%", with: "%%") }

    private static func isPlainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: "%"):
            true
        default: byte >= 0x80
        }
    }
}
