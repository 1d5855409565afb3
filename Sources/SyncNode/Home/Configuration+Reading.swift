import Foundation
import ReplicaStore
import SyncTransport

extension Configuration {
    /// Reads `config.yaml`, and the variables of the environment, which come before it.
    ///
    /// - Parameter variable: the value of a variable; nil for none.
    /// - Throws: `usage` for what cannot be meant, with the line in which it stands, or the variable.
    static func read(
        _ path: String, variable: (String) -> String? = Self.variable
    ) throws(NodeError) -> Configuration {
        var read = Configuration()
        // All of the file, also what a variable stands before: a mistake there waits for nobody.
        for setting in try SettingsText(at: path).settings() { try read.take(setting) }
        for name in Name.allCases where name != .peers {
            guard let text = variable(name.variable), !text.isEmpty else { continue }
            try read.take(WrittenSetting(name, variable: text))
            read.variables.insert(name)
        }
        return read
    }

    /// Reads `config.yaml` alone, for another process than this, which has another environment.
    static func readFile(_ path: String) throws(NodeError) -> Configuration { try read(path, variable: { _ in nil }) }

    /// A variable of this process's environment.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private mutating func take(_ setting: WrittenSetting) throws(NodeError) {
        guard !setting.isEmpty || setting.name == .peers else { return }
        switch setting.name {
        case .name: name = try Self.nodeName(setting)
        case .listen: listen = try setting.address()
        case .console: console = try setting.address()
        case .metrics: metrics = try setting.address(PageListener.check)
        case .interval: interval = try Self.interval(setting)
        case .valueBytesMax: valueBytesMax = try Self.valueBytesMax(setting)
        case .budgetDay: budgetDay = try Self.budget(setting)
        case .budgetMonth: budgetMonth = try Self.budget(setting)
        case .proxy:
            proxy = try setting.text()
            _ = try proxySetting(setting.place)
        case .peers: peers = try setting.file?.peers()
        case .consoleNames: consoleNames = try setting.texts()
        case .consoleCertificate: consoleCertificate = try setting.text()
        case .consoleKey: consoleKey = try setting.text()
        }
    }

    private static func nodeName(_ setting: WrittenSetting) throws(NodeError) -> String {
        let text = try setting.text()
        if let fault = NodeName.fault(of: text) { throw setting.wrong(fault) }
        return text
    }

    private static func interval(_ setting: WrittenSetting) throws(NodeError) -> Int {
        guard let seconds = try setting.number(), (1...86_400).contains(seconds) else {
            throw NodeError(
                kind: .usage, message: "\(setting.place): interval is a number of seconds from 1 to 86400")
        }
        return seconds
    }

    private static func valueBytesMax(_ setting: WrittenSetting) throws(NodeError) -> Int {
        guard let bytes = try setting.number(), (1024...valueBytesLimit).contains(bytes) else {
            throw NodeError(
                kind: .usage,
                message: "\(setting.place): valueBytesMax is a number of bytes from 1024 to \(valueBytesLimit)")
        }
        return bytes
    }

    private static func budget(_ setting: WrittenSetting) throws(NodeError) -> Int {
        guard let bytes = try setting.byteCount() else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(setting.place): \(setting.name.rawValue) is a number of bytes, such as 50M or 1G (M is 1024 × 1024), \
                    or is left out
                    """)
        }
        return bytes
    }
}
