/// Settings of the console in `config.yaml`.
package struct ConsoleSettings: Sendable {
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
            names: read.consoleNames ?? [], certificate: read.consoleCertificate, key: read.consoleKey)
    }
}
