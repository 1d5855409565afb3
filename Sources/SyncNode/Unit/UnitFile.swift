/// The text of a systemd unit that runs `serve` for one node, with no more rights than that needs.
struct UnitFile {
    let scope: ServiceScope
    /// The node's folder, and other folders in which the replica is.
    let home: String
    let others: [String]
    let executable: String
    /// Arguments of `serve`.
    let arguments: [String]
    /// The account of a system's service; nil for root, and for a user's service.
    let user: String?
    /// Whether it listens at a port that only root may have (below 1024).
    let isPortLow: Bool
    /// Whether a user's service can have a view of its own of the file system.
    let canConfine: Bool

    /// The beginning of the first line, behind which the node's folder stands.
    static let mark = "# Made by `caravan service install` for the node at "

    var text: String {
        """
        \(Self.mark)\(home)
        # It is written anew when that is run again: `systemctl\(scope == .user ? " --user" : "") edit` keeps changes beside it.
        [Unit]
        Description=Caravan, which keeps the node in \(UnitWord.specified(home)) in sync (serve)
        \(lines(network + ["RequiresMountsFor=" + ([home] + others).map(UnitWord.path).joined(separator: " ")]))
        StartLimitIntervalSec=600
        StartLimitBurst=5

        [Service]
        Type=notify
        NotifyAccess=main
        ExecStart=\(command)
        ExecReload=/bin/kill -HUP $MAINPID
        Restart=on-failure
        RestartSec=5
        # Settings that cannot be meant, and a key that others may read, do not mend themselves.
        RestartPreventExitStatus=2 5
        # A full disk or a locked replica is waited for before the service counts as started.
        TimeoutStartSec=infinity
        TimeoutStopSec=30
        WatchdogSec=60
        \(lines(account + rights + places))

        [Install]
        WantedBy=\(scope == .user ? "default.target" : "multi-user.target")

        """
    }

    private func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") }

    private var command: String {
        ([UnitWord.path(executable)] + (["--home", home, "serve"] + arguments).map(UnitWord.argument))
            .joined(separator: " ")
    }

    /// A user's manager knows nothing of the network.
    private var network: [String] {
        scope == .user ? [] : ["Wants=network-online.target", "After=network-online.target"]
    }

    private var account: [String] { user.map { ["User=" + UnitWord.specified($0)] } ?? [] }

    private var rights: [String] {
        var lines = [
            "UMask=0077", "NoNewPrivileges=yes", "LockPersonality=yes", "MemoryDenyWriteExecute=yes",
            "RestrictRealtime=yes", "RestrictSUIDSGID=yes", "RestrictNamespaces=yes",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK", "SystemCallArchitectures=native",
            "SystemCallFilter=@system-service", "SystemCallErrorNumber=EPERM",
        ]
        guard scope == .system else { return lines }
        let kept = isPortLow ? "CAP_NET_BIND_SERVICE" : ""
        lines.append("CapabilityBoundingSet=\(kept)")
        if isPortLow { lines.append("AmbientCapabilities=\(kept)") }
        return lines + [
            "PrivateDevices=yes", "ProtectClock=yes", "ProtectHostname=yes", "ProtectKernelLogs=yes",
            "ProtectKernelModules=yes", "ProtectProc=invisible",
        ]
    }

    private var places: [String] {
        var lines: [String] = []
        if scope == .user {
            guard canConfine else { return [] }
            // Only with users of its own may a user's service see other mounts than its user.
            lines.append("PrivateUsers=yes")
        }
        lines += [
            "ProtectSystem=strict", "ProtectHome=\(lies(in: ["/home/", "/root/", "/run/user/"]) ? "read-only" : "yes")",
            "ProtectControlGroups=yes", "ProtectKernelTunables=yes",
        ]
        // A node that lies there would not be seen.
        if !lies(in: ["/tmp/", "/var/tmp/"]) { lines.append("PrivateTmp=yes") }
        var writable = others
        if let name = stateName {
            lines += ["StateDirectory=\(name)", "StateDirectoryMode=0700"]
        } else {
            writable.insert(home, at: 0)
        }
        if !writable.isEmpty {
            lines.append("ReadWritePaths=" + writable.map(UnitWord.path).joined(separator: " "))
        }
        return lines
    }

    /// The folder's name below that of the system's services, where it lies there.
    private var stateName: String? {
        guard scope == .system, home.hasPrefix(Self.states) else { return nil }
        let name = String(home.dropFirst(Self.states.count))
        return name == UnitWord.path(name) && !name.contains("%") && !name.contains(":") ? name : nil
    }

    private static let states = "/var/lib/"

    /// Whether the program or the node is in one of several folders.
    private func lies(in folders: [String]) -> Bool {
        ([executable, home] + others).contains { path in folders.contains { path.hasPrefix($0) } }
    }
}
