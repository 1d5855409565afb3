import ReplicaModel

/// Rules for the name of a node, which people tell it by.
enum NodeName {
    /// The name, where it can be one.
    static func checked(_ name: String) throws(NodeError) -> String {
        guard !name.isEmpty, name.utf8.count <= 64, !name.contains(where: \.isNewline) else {
            throw NodeError(
                kind: .usage, message: "a node's name has 1 to 64 bytes on one line: choose another with --name")
        }
        guard name.unicodeScalars.contains(where: isVisible), !name.unicodeScalars.contains(where: isSteering) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    a node's name is something that people see, without signs that only steer text: choose another with \
                    --name
                    """)
        }
        return name
    }

    private static func isVisible(_ sign: Unicode.Scalar) -> Bool {
        !sign.properties.isWhitespace && !sign.properties.isDefaultIgnorableCodePoint
            && ![.format, .control].contains(sign.properties.generalCategory)
    }

    /// Whether it is a control sign, or turns the direction of what stands around it, so that a name looks like another.
    private static func isSteering(_ sign: Unicode.Scalar) -> Bool {
        sign.properties.isBidiControl || sign.properties.generalCategory == .control
    }
}
