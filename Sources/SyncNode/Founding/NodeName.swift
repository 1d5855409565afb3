import ReplicaModel

/// Rules for the name of a node, which people tell it by.
enum NodeName {
    /// The name, where it can be one.
    static func checked(_ name: String) throws(NodeError) -> String {
        guard let fault = fault(of: name) else { return name }
        throw NodeError(kind: .usage, message: "\(fault): choose another with --name")
    }

    /// The reason for which a text can be no name; nil where it can.
    static func fault(of name: String) -> String? {
        guard !name.isEmpty, name.utf8.count <= 64, !name.contains(where: \.isNewline) else {
            return "a node's name has 1 to 64 bytes on one line"
        }
        guard name.unicodeScalars.contains(where: isVisible), !name.unicodeScalars.contains(where: isSteering) else {
            return "a node's name is something that people see, without signs that only steer text"
        }
        return nil
    }

    private static func isVisible(_ sign: Unicode.Scalar) -> Bool {
        !sign.properties.isWhitespace && !sign.properties.isDefaultIgnorableCodePoint
            && ![.format, .control].contains(sign.properties.generalCategory)
    }

    /// Whether it is a control sign, or turns the direction of what stands around it, so that a name looks like
    /// another.
    private static func isSteering(_ sign: Unicode.Scalar) -> Bool {
        sign.properties.isBidiControl || sign.properties.generalCategory == .control
    }
}

extension NodeHome {
    /// The name for a node that is made here: the one that was asked for, else that of the settings, else the
    /// machine's.
    func nodeName(_ wanted: String?) throws(NodeError) -> String {
        if let wanted { return try NodeName.checked(wanted) }
        if let name = try Configuration.read(configuration).name { return name }
        return try NodeName.checked(Self.hostName)
    }
}
