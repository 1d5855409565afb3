import Foundation
import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncTransport

/// The settings of a node: what an admin may write into `config.yaml`, or into variables of the environment, which come
/// before it. A file that is missing, or a name that is, leaves the default.
struct Configuration: Sendable {
    /// The name of a node that is made here without another; the machine's unless it is set.
    var name: String?
    /// The address at which `serve` listens unless told otherwise, as HOST:PORT.
    var listen: String?
    /// The address of the console for browsers, and that at which measures are read on this machine, while `serve` runs
    /// and is told no other; nil for none.
    var console: String?
    var metrics: String?
    /// Seconds between two exchanges with a peer that does not stay connected, while `serve` runs: 1 to 86,400.
    var interval: Int?
    /// The largest value of a row in bytes: 1,024 to 64 MiB.
    var valueBytesMax: Int?
    /// The most bytes that may go through the sockets in a day, and in a month.
    var budgetDay: Int?
    var budgetMonth: Int?

    /// `http://USER:PASSWORD@HOST:PORT` or `socks5://…`, through which peers are dialled; `none` for none, whatever the
    /// environment says.
    var proxy: String?

    /// Names by which browsers may call the console, and the PEM files of a certificate and its key for it.
    var consoleNames: [String]?
    var consoleCertificate: String?
    var consoleKey: String?

    /// The peers that the node dials, in the order of their names; nil where the file leaves that to what is known.
    var peers: [PeerSetting]?

    /// Settings that were made by variables of the environment.
    var variables: Set<Name> = []

    enum Name: String, CaseIterable {
        case name, listen, console, metrics, interval, valueBytesMax, budgetDay, budgetMonth, proxy
        case consoleNames, consoleCertificate, consoleKey, peers

        /// The variable of the environment: `CARAVAN_BUDGET_DAY` for `budgetDay`.
        var variable: String {
            rawValue.reduce(into: "CARAVAN_") { out, letter in
                if letter.isUppercase { out += "_" }
                out += letter.uppercased()
            }
        }

        /// Whether there are several values.
        var isList: Bool { self == .consoleNames }
    }

    var budget: ByteBudget { ByteBudget(day: budgetDay, month: budgetMonth) }

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
        let all: [(Name, String?)] = [
            (.name, name), (.listen, listen), (.console, console), (.metrics, metrics),
            (.interval, interval.map { "\($0)" }), (.valueBytesMax, valueBytesMax.map { "\($0)" }),
            (.budgetDay, budget.day.map(ByteCount.text)), (.budgetMonth, budget.month.map(ByteCount.text)),
            (.proxy, proxy), (.consoleNames, consoleNames?.joined(separator: ", ")),
            (.consoleCertificate, consoleCertificate), (.consoleKey, consoleKey),
            (.peers, peers.map { $0.isEmpty ? "none" : $0.map(\.shown).joined(separator: ", ") }),
        ]
        return all.compactMap { key, value in value.map { (key.rawValue, $0) } }
    }

    /// The names of the settings that have other values than `before`.
    func changes(since before: Configuration) -> [String] {
        let (old, new) = (before.values, values)
        return Name.allCases.map(\.rawValue).filter { old[$0] != new[$0] }
    }

    private var values: [String: String] {
        var values = Dictionary(uniqueKeysWithValues: shown.map { ($0.name, $0.value) })
        values[Name.proxy.rawValue] = proxy
        return values
    }

    /// Whether a proxy's password stands in the file.
    var hasProxyPassword: Bool {
        guard !variables.contains(.proxy) else { return false }
        return if case .proxy(let proxy)? = try? proxySetting("") { proxy.credentials != nil } else { false }
    }

    /// Writes the file that a new node begins with.
    static func writeInitial(_ path: String) throws(NodeError) {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do { try initial.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw NodeError(kind: .readOnly, message: "\(path) cannot be written: check who owns the folder")
        }
    }

    /// Whether a file is still as a new node begins with it, but for the peers that a joining put there.
    static func isOwn(_ path: String) -> Bool {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return false }
        guard text != initial else { return true }
        guard let bare = try? SettingsText(initial, path: path),
            let peers = try? SettingsText(text, path: path).peers()
        else { return false }
        return (try? PeerLines(bare).text(with: peers)) == text
    }

    private static var initial: String {
        """
        # name: osh               # of the node, where `init` or `join` is given none
        # listen: 0.0.0.0:7410    # where `caravan serve` listens,
        # console: 127.0.0.1:7480 # where it shows the node to browsers,
        # metrics: 127.0.0.1:9410 # and where it tells measures to a collector
        # interval: \(intervalDefault)            # seconds before a peer that does not stay is dialled again
        # valueBytesMax: \(Replica.valueBytesDefault) # the largest value of a row
        # budgetDay: 50M          # the most bytes that `serve` moves in a day,
        # budgetMonth: 1G         # and in a month
        # proxy: http://user:password@proxy.example:3128  # or socks5://…, through which peers are dialled
        # consoleNames: [campus.example]  # names by which browsers may call the console
        # consoleCertificate: /etc/ssl/campus.pem  # and under which certificate, with consoleKey; else its own
        # peers:                  # whom the node dials; `caravan peer add` writes them here, too
        #   urumqi: {addresses: ["urumqi.example:7410"], windows: ["22:00-06:00"], limitRate: 32k}

        """
    }
}
