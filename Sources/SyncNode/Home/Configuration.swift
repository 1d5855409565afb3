import Foundation
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncTransport

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
    static let valueBytesLimit = Replica.valueBytesLimit

    static let intervalDefault = 10
    static let listenDefault = "127.0.0.1:7410"

    /// - Parameter place: in which the setting stands, for the sentence.
    /// - Throws: `usage` where it is none.
    func proxySetting(_ place: String) throws(NodeError) -> ProxySettings.Configured {
        guard let proxy else { return .unsaid }
        guard proxy != "none" else { return .direct }
        do throws(Proxy.BadProxy) { return .proxy(try Proxy(proxy)) } catch {
            let sentence = TransportError.badProxy(setting: "\(place): proxy", reason: error.reason).sentence
            throw NodeError(kind: .usage, message: String(sentence.dropLast()))
        }
    }

    /// The choice of the proxy through which peers are dialled, by the configuration, else by the environment.
    func proxies(environment: [String: String]) -> ProxySettings {
        ProxySettings(configured: (try? proxySetting("")) ?? .unsaid, environment: environment)
    }

    /// The settings with their values, but for a proxy's user and password; what is not set is left out.
    var shown: [(name: String, value: String)] {
        let proxy: String? =
            switch try? proxySetting("") {
            case .proxy(let proxy)?: "\(proxy.kind.rawValue)://\(proxy.credentials == nil ? "" : "…@")\(proxy.address)"
            case .direct?: "none"
            case .unsaid?, nil: nil
            }
        let all: [(CodingKeys, String?)] = [
            (.listen, listen), (.interval, interval.map { "\($0)" }), (.valueBytesMax, valueBytesMax.map { "\($0)" }),
            (.budgetDay, budget.day.map(ByteCount.text)), (.budgetMonth, budget.month.map(ByteCount.text)),
            (.proxy, proxy), (.consoleNames, consoleNames?.joined(separator: ", ")),
            (.consoleCertificate, consoleCertificate), (.consoleKey, consoleKey),
        ]
        return all.compactMap { key, value in value.map { (key.rawValue, $0) } }
    }

    /// The names of the settings that have other values than `before`.
    func changes(since before: Configuration) -> [String] {
        let (old, new) = (before.values, values)
        return CodingKeys.allCases.map(\.rawValue).filter { old[$0] != new[$0] }
    }

    private var values: [String: String] {
        var values = Dictionary(uniqueKeysWithValues: shown.map { ($0.name, $0.value) })
        values[CodingKeys.proxy.rawValue] = proxy
        return values
    }

    var hasProxyPassword: Bool {
        if case .proxy(let proxy)? = try? proxySetting("") { proxy.credentials != nil } else { false }
    }

    /// Writes the file that a new node begins with.
    static func writeInitial(_ path: String) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do { try initial.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw NodeError(kind: .readOnly, message: "\(path) cannot be written: check who owns the folder")
        }
    }

    /// Whether a file is still as a new node begins with it.
    static func isInitial(_ path: String) -> Bool {
        (try? String(contentsOfFile: path, encoding: .utf8)) == initial
    }

    private static var initial: String {
        """
        # listen: 0.0.0.0:7410     # where `caravan serve` listens
        # interval: \(intervalDefault)            # seconds before a peer that does not stay is dialled again
        # valueBytesMax: \(Replica.valueBytesDefault) # the largest value of a row
        # budgetDay: 50M          # the most bytes that `serve` moves in a day,
        # budgetMonth: 1G         # and in a month
        # proxy: http://user:password@proxy.example:3128  # or socks5://…, through which peers are dialled
        # consoleNames: [campus.example]  # names by which browsers may call the console
        # consoleCertificate: /etc/ssl/campus.pem  # and under which certificate, with consoleKey; else its own

        """
    }
}
