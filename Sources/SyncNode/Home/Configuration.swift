import Foundation
import ReplicaStore
import SyncProtocol
import SyncTransport
import Yams

/// A number of bytes in `config.yaml`: digits, or with a suffix.
struct ByteSetting: Codable, Sendable {
    /// Nil for what is no such number.
    let count: Int?

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        count = ByteCount.read(try value.decode(String.self))
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(count.map(ByteCount.text))
    }
}

/// `config.yaml`: what an admin may set. A file that is missing, or a key that is, leaves the default.
struct Configuration: Codable, Sendable {
    /// The address at which `serve` listens unless told otherwise, as HOST:PORT.
    var listen: String?
    /// Seconds between two exchanges with a peer that does not stay connected, while `serve` runs: 1 to 86,400.
    var interval: Int?
    /// The largest value of a row in bytes: 1,024 to 64 MiB.
    var valueBytesMax: Int?
    /// The most bytes that may go through the sockets in a day, and in a month.
    var budgetDay: ByteSetting?
    var budgetMonth: ByteSetting?

    /// `http://USER:PASSWORD@HOST:PORT` or `socks5://…`, through which peers are dialled; `none` for none, whatever the
    /// environment says.
    var proxy: String?

    /// Names by which browsers may call the console, and the PEM files of a certificate and its key for it.
    var consoleNames: [String]?
    var consoleCertificate: String?
    var consoleKey: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case listen, interval, valueBytesMax, budgetDay, budgetMonth, proxy
        case consoleNames, consoleCertificate, consoleKey
    }

    var budget: ByteBudget { ByteBudget(day: budgetDay?.count, month: budgetMonth?.count) }

    /// The protocol's.
    private static let valueBytesLimit = Replica.valueBytesLimit

    static let intervalDefault = 10

    static func read(_ path: String) throws(NodeError) -> Configuration {
        guard FileManager.default.fileExists(atPath: path) else { return Configuration() }
        let read: Configuration
        let unknown: String?
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let loaded = try Yams.load(yaml: text)
            read = loaded == nil ? Configuration() : try YAMLDecoder().decode(Configuration.self, from: text)
            unknown = (loaded as? [AnyHashable: Any])?.keys.map { "\($0)" }.filter { CodingKeys(rawValue: $0) == nil }
                .min()
        } catch {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(path) cannot be read as YAML with \
                    \(CodingKeys.allCases.map(\.rawValue).joined(separator: ", "))\(reason(error)): correct it, or \
                    take the file away
                    """
            )
        }
        // A setting that somebody misspelt would else be left out without a word.
        if let unknown {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(path): there is no setting \(unknown.escaped()): there are \
                    \(CodingKeys.allCases.map(\.rawValue).joined(separator: ", "))
                    """
            )
        }
        guard (1...86_400).contains(read.interval ?? intervalDefault) else {
            throw NodeError(kind: .usage, message: "\(path): interval is a number of seconds from 1 to 86400")
        }
        guard (1024...valueBytesLimit).contains(read.valueBytesMax ?? Replica.valueBytesDefault) else {
            throw NodeError(
                kind: .usage, message: "\(path): valueBytesMax is a number of bytes from 1024 to \(valueBytesLimit)")
        }
        for (name, setting) in [("budgetDay", read.budgetDay), ("budgetMonth", read.budgetMonth)] {
            guard let setting, setting.count ?? 0 < 1 else { continue }
            throw NodeError(
                kind: .usage,
                message: "\(path): \(name) is a number of bytes, such as 50M or 1G (M is 1024 × 1024), or is left out")
        }
        _ = try read.proxySetting(path)
        return read
    }

    /// - Throws: `usage` where it is none.
    private func proxySetting(_ path: String) throws(NodeError) -> ProxySettings.Configured {
        guard let proxy else { return .unsaid }
        guard proxy != "none" else { return .direct }
        do throws(Proxy.BadProxy) { return .proxy(try Proxy(proxy)) } catch {
            let sentence = TransportError.badProxy(setting: "\(path): proxy", reason: error.reason).sentence
            throw NodeError(kind: .usage, message: String(sentence.dropLast()))
        }
    }

    /// The choice of the proxy through which peers are dialled, by the configuration, else by the environment.
    func proxies(environment: [String: String]) -> ProxySettings {
        ProxySettings(configured: (try? proxySetting("")) ?? .unsaid, environment: environment)
    }

    var hasProxyPassword: Bool {
        if case .proxy(let proxy)? = try? proxySetting("") { proxy.credentials != nil } else { false }
    }

    /// The place that is wrong and the reason, as far as they are known, in one line.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            " (line \(mark.line): \(problem))"
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context),
            DecodingError.valueNotFound(_, let context):
            context.codingPath.isEmpty
                ? "" : " (\(context.codingPath.map(\.stringValue).joined(separator: ".")) has another kind of value)"
        default: ""
        }
    }

    /// Writes the file that a new node begins with.
    static func writeInitial(_ path: String) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let text = """
            # listen: 0.0.0.0:7410     # where `caravan serve` listens
            # interval: \(intervalDefault)            # seconds before a peer that does not stay is dialled again
            # valueBytesMax: \(Replica.valueBytesDefault) # the largest value of a row
            # budgetDay: 50M          # the most bytes that `serve` moves in a day,
            # budgetMonth: 1G         # and in a month
            # proxy: http://user:password@proxy.example:3128  # or socks5://…, through which peers are dialled
            # consoleNames: [campus.example]  # names by which browsers may call the console
            # consoleCertificate: /etc/ssl/campus.pem  # and under which certificate, with consoleKey; else its own

            """
        do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw NodeError(kind: .readOnly, message: "\(path) cannot be written: check who owns the folder")
        }
    }
}
