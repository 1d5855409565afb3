import Foundation
import ReplicaModel
import SyncTransport

/// The systemd service that runs `serve` for one node.
public struct NodeUnit: Sendable {
    /// The outcome of an act on the service.
    public struct Report: Sendable {
        /// The unit's file.
        public let path: String
        /// The commands that were carried out.
        public internal(set) var done: [String] = []
        /// The commands that are left for a person to run.
        public internal(set) var left: [String] = []
        /// Why they are left.
        public internal(set) var reason: String?
        /// Notes for the person besides, a sentence each.
        public internal(set) var notes: [String] = []
    }

    /// How the service stands.
    public struct Standing: Sendable {
        /// The unit's file; nil where there is none.
        public let path: String?
        /// Whether the file is as `install` would write it now.
        public let isCurrent: Bool
        /// systemd's word, such as `active`, `activating` or `failed`; nil where there is no systemd.
        public let state: String?
        /// The line that the server says of itself.
        public let line: String?
        /// Whether it is started with the machine, or with its user's first login.
        public let isEnabled: Bool
        /// How often it was started again.
        public let restarts: Int?
        /// Why systemd says nothing.
        public let reason: String?
    }

    private let home: NodeHome
    private let scope: ServiceScope
    private let name: String
    private let arguments: [String]
    private let executable: String
    private let environment: [String: String]

    /// - Parameters:
    ///   - name: of the unit, without `.service`.
    ///   - arguments: those that `serve` is to get.
    ///   - executable: the path of the command.
    /// - Throws: `usage` for a name that no unit can have.
    public init(
        home: NodeHome, scope: ServiceScope, name: String, arguments: [String] = [], executable: String,
        environment: [String: String]
    ) throws(NodeError) {
        let isName =
            (1...64).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
            && name.utf8.allSatisfy {
                ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
                    || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || "-_.".utf8.contains($0)
            }
        guard isName else {
            throw NodeError(
                kind: .usage,
                message:
                    "a service cannot be called “\(name.escaped())”: letters a to z, digits, and - _ . may stand in it")
        }
        (self.home, self.scope, self.name, self.arguments) = (home, scope, name, arguments)
        (self.executable, self.environment) = (executable, environment)
    }

    private var unit: String { name + ".service" }
    private var systemctl: Systemctl { Systemctl(scope: scope) }

    /// The place of the unit's file.
    public var path: String {
        guard scope == .user else { return "/etc/systemd/system/" + unit }
        let own = (environment["HOME"] ?? "") + "/.config"
        let settings = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? own
        return settings + "/systemd/user/" + unit
    }

    /// The text of the unit's file.
    ///
    /// - Throws: `missing` where no node is at home, `usage` for a path that no unit can name.
    public func text() throws(NodeError) -> String {
        guard home.hasReplica, home.hasKey else {
            throw NodeError(
                kind: .missing,
                message:
                    """
                    there is no node at \(home.path) that could be served: make one with `caravan init` or `caravan \
                    join`, or check --home
                    """
            )
        }
        let folder = Self.real(home.path)
        let replica = URL(fileURLWithPath: Self.real(home.realReplica)).deletingLastPathComponent().path
        let paths = [folder, replica, executable] + arguments
        guard !paths.contains(where: { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } }) else {
            throw NodeError(
                kind: .usage,
                message: "a line end or another control character is in a path, and no unit can name that: rename it")
        }
        guard !executable.contains(where: { "\"'\\".contains($0) }) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    systemd runs no program in whose path a quotation mark or a backslash stands, as in \
                    \(executable.escaped()): put the command elsewhere
                    """
            )
        }
        let settings = try Configuration.readFile(home.configuration)
        let ports = [
            try HostPort.port(settings.listen, unless: arguments, after: "--listen"),
            try HostPort.port(settings.console, unless: arguments, after: "--console"),
        ]
        return UnitFile(
            scope: scope, home: folder, others: replica == folder ? [] : [replica], executable: executable,
            arguments: arguments, user: scope == .system ? Self.owner(of: folder) : nil,
            isPortLow: ports.contains { $0 > 0 && $0 < 1024 }, canConfine: Self.mayConfine
        ).text
    }

    private static func real(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The account that owns a file; nil for root.
    private static func owner(of path: String) -> String? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_uid != 0 else { return nil }
        return getpwuid(facts.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "\(facts.st_uid)"
    }

    /// Whether this machine lets its users have name spaces of their own.
    private static var mayConfine: Bool {
        func number(_ name: String) -> Int? {
            let text = try? String(contentsOfFile: "/proc/sys/" + name, encoding: .utf8)
            return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        return (number("user/max_user_namespaces") ?? 0) > 0 && number("kernel/unprivileged_userns_clone") != 0
            && (number("kernel/apparmor_restrict_unprivileged_userns") ?? 0) == 0
    }

    // MARK: Acts

    /// Writes the unit, has it started now and whenever the machine or the user's session starts.
    ///
    /// - Throws: `usage` where a unit of that name is another's, `readOnly` or `diskFull` where it cannot be written.
    public func install() throws(NodeError) -> Report {
        let text = try text()
        try refuseForeign()
        try? FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
            throw NodeError(
                kind: .readOnly,
                message: scope == .system
                    ? "\(path) cannot be written: run this as root, or with --user"
                    : "\(path) cannot be written: check who owns the folder")
        }
        chmod(path, 0o644)
        var report = Report(path: path)
        carryOut([["daemon-reload"], ["enable", unit], ["restart", "--no-block", unit]], &report)
        if scope == .user, let user = environment["USER"] ?? environment["LOGNAME"],
            !FileManager.default.fileExists(atPath: "/var/lib/systemd/linger/" + user)
        {
            report.notes.append(
                """
                the service ends when you log out: run `loginctl enable-linger \(ShellWord.quoted(user))` to have it run \
                always
                """
            )
        }
        if scope == .user, !Self.mayConfine {
            report.notes.append(
                "this machine lets no user's service have a view of its own of the disk: --system confines it further")
        }
        return report
    }

    /// Stops the service, and removes its unit. The node stays as it is.
    ///
    /// - Throws: `notFound` where there is none, `usage` where it is another's.
    public func uninstall() throws(NodeError) -> Report {
        guard FileManager.default.fileExists(atPath: path) else {
            throw NodeError(kind: .notFound, message: "\(path) is not there: no service of that name was installed")
        }
        try refuseForeign()
        var report = Report(path: path)
        // Whatever systemd says, no unit stays that would start again.
        carryOut([["disable", "--now", unit]], &report)
        guard unlink(path) == 0 else {
            throw NodeError(kind: .readOnly, message: "\(path) cannot be removed: check who owns the folder")
        }
        if report.left.isEmpty { carryOut([["daemon-reload"]], &report) }
        return report
    }

    /// How the service stands, by systemd and by what the server says of itself.
    public func standing() -> Standing {
        let written = try? String(contentsOfFile: path, encoding: .utf8)
        let asked = ["ActiveState", "StatusText", "UnitFileState", "NRestarts"]
        let outcome = systemctl.run(["show", unit, "--property=" + asked.joined(separator: ",")])
        var facts: [Substring: String] = [:]
        for line in outcome.out.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, !parts[1].isEmpty { facts[parts[0]] = String(parts[1]) }
        }
        return Standing(
            path: written == nil ? nil : path, isCurrent: written != nil && written == (try? text()),
            state: outcome.status == 0 ? facts["ActiveState"] : nil, line: facts["StatusText"],
            isEnabled: facts["UnitFileState"] == "enabled", restarts: facts["NRestarts"].flatMap { Int($0) },
            reason: outcome.status == 0 ? nil : outcome.reason)
    }

    /// Runs commands until one fails; that and those behind it are left.
    private func carryOut(_ commands: [[String]], _ report: inout Report) {
        for command in commands {
            if report.reason == nil {
                let outcome = systemctl.run(command)
                if outcome.status != 0 { report.reason = outcome.reason }
            }
            if report.reason == nil {
                report.done.append(systemctl.line(command))
            } else {
                report.left.append(systemctl.line(command))
            }
        }
    }

    /// A unit that somebody else wrote, or that runs another node, is left alone.
    private func refuseForeign() throws(NodeError) {
        guard let there = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        let first = there.prefix { $0 != "\n" }
        guard first.hasPrefix(UnitFile.mark) else {
            throw NodeError(
                kind: .usage,
                message: "\(path) was not made by caravan: take it away, or call this service otherwise with --name")
        }
        let other = String(first.dropFirst(UnitFile.mark.count))
        guard other == Self.real(home.path) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(path) runs the node at \(other.escaped()): name that one with --home, or call this service otherwise \
                    with --name
                    """
            )
        }
    }
}

extension HostPort {
    /// The port of an address at which `serve` is to listen: that of an option, else the one that is set; 0 where
    /// there is none.
    fileprivate static func port(
        _ set: String?, unless arguments: [String], after option: String
    ) throws(NodeError) -> UInt16 {
        var listen = set
        for (place, word) in arguments.enumerated() {
            if word == option, place + 1 < arguments.count { listen = arguments[place + 1] }
            if word.hasPrefix(option + "=") { listen = String(word.dropFirst(option.count + 1)) }
        }
        guard let listen else { return 0 }
        do { return try HostPort(listen, isListening: true).port } catch {
            throw NodeError(kind: .usage, message: error.sentence)
        }
    }
}
