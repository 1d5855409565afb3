/// Settings of the console of a node.
package struct ConsoleSettings: Sendable {
    /// The address on which it listens where `serve` is told no other; nil for none.
    package let listen: String?
    /// Names by which browsers may call the console, beside the address on which it listens.
    package let names: [String]
    /// The paths of a certificate and its key in PEM; nil where the console makes its own.
    package let certificate: String?
    package let key: String?
}

extension NodeHome {
    /// The settings of the console.
    ///
    /// - Throws: `usage` where the file cannot be meant.
    package func consoleSettings() throws(NodeError) -> ConsoleSettings {
        let read = try Configuration.read(configuration)
        guard (read.consoleCertificate == nil) == (read.consoleKey == nil) else {
            throw NodeError(
                kind: .usage, message: "\(configuration): consoleCertificate and consoleKey are given both, or neither")
        }
        return ConsoleSettings(
            listen: read.console, names: read.consoleNames ?? [], certificate: read.consoleCertificate,
            key: read.consoleKey)
    }
}
