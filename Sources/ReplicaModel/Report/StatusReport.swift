/// The state of a node, as `status` tells it.
public struct StatusReport: Sendable {
    /// The id of this node as an author: its public key.
    public var site: SiteID
    /// The node's name in the roster; the short form of its id while it has none.
    public var name: String
    /// The node's role by the roster; nil while it is no member.
    public var role: Role?
    /// The id of the alliance: the hash of its founding changeset.
    public var alliance: Bytes32
    /// The incarnation in which this node writes now.
    public var incarnation: Incarnation
    /// The applied vector of scope `alliance`, feeds with at least one changeset.
    public var versionVector: Vector
    /// Rows by table.
    public var rows: [Identifier: Int]
    /// Changesets of every scope that this replica holds.
    public var changesets: Int
    /// Rows that are noted and not sealed.
    public var pending: Int
    /// Changesets held that wait: for their context, for newer software, or because they cannot be applied on this
    /// node.
    public var waiting: Int
    /// Changesets held that newer software wrote, so that this software must be updated.
    public var newer: Int
    /// Changesets held that cannot be applied on this node, and are tried again.
    public var failed: Int
    /// Changesets beyond a cut, which have no effect.
    public var quarantined: Int
    /// Changesets that are void.
    public var void: Int
    /// Conflicts that are listed, over all tables and kinds.
    public var conflicts: Int
    /// Indexes, columns and triggers that a person made and that had to go, for they stood in the way of what others
    /// write.
    public var putAside: [String]
    /// The peers that this node dials, by name, and behind them the members that it has met because they dialled.
    public var peers: [PeerReport]
    /// How often peers were refused here, by the name of what they did wrong.
    public var refusals: [String: UInt64]
    /// The digest of the tables; nil unless asked for.
    public var digest: Bytes32?
    /// Bytes of the replica's files.
    public var diskBytes: Int64
    /// Bytes that went through its sockets, and how many may.
    public var budget: BudgetReport
    /// The node's place in the roster; nil while nobody has admitted it.
    public var member: RosterEntry?
    /// Peers that refuse this node as one whose right was ended; nil where none does.
    public var retirement: RetirementReport?
    /// The correction of this machine's clock; nil where there is none.
    public var clockCorrection: ClockCorrection?
    /// The servers that run on the replica at this moment: one, or none, unless somebody started several.
    public var servers: [ServerReport] = []
    /// Changesets of which only a part has come.
    public var unfinished: [UnfinishedReport] = []
    /// Bytes that the replica's disk has left for its owner; nil where it does not say.
    public var diskFree: Int64?

    package init(
        site: SiteID, name: String, role: Role?, alliance: Bytes32, incarnation: Incarnation, versionVector: Vector,
        rows: [Identifier: Int], changesets: Int, pending: Int, waiting: Int, newer: Int, failed: Int, quarantined: Int,
        void: Int,
        conflicts: Int, putAside: [String], peers: [PeerReport], refusals: [String: UInt64], digest: Bytes32?,
        diskBytes: Int64, budget: BudgetReport
    ) {
        self.site = site
        self.name = name
        self.role = role
        self.alliance = alliance
        self.incarnation = incarnation
        self.versionVector = versionVector
        self.rows = rows
        self.changesets = changesets
        self.pending = pending
        self.waiting = waiting
        self.newer = newer
        self.failed = failed
        self.quarantined = quarantined
        self.void = void
        self.conflicts = conflicts
        self.putAside = putAside
        self.peers = peers
        self.refusals = refusals
        self.digest = digest
        self.diskBytes = diskBytes
        self.budget = budget
    }
}

/// The peers that refuse a node as one whose right was ended, of which its own roster does not know.
public struct RetirementReport: Sendable {
    /// The names of those peers.
    public var by: [String]
    /// When the first of them refused it, in milliseconds since 1970.
    public var since: Int64
    /// The node's name as a command takes it.
    public var word: String
    /// The role that it had.
    public var role: Role

    package init(by: [String], since: Int64, word: String, role: Role) {
        (self.by, self.since, self.word, self.role) = (by, since, word, role)
    }
}

/// The bytes that went through a node's sockets in both directions, with TLS and its handshakes, and how many may: what
/// TCP and IP put before them is not counted. Of a session that lasts they are written down once a minute.
public struct BudgetReport: Sendable {
    /// Bytes of this day, by local time.
    public var dayUsed: Int
    /// The most of a day, `budgetDay` in config.yaml; nil for any number.
    public var dayMax: Int?
    /// Bytes of this month, by local time.
    public var monthUsed: Int
    /// The most of a month, `budgetMonth` in config.yaml; nil for any number.
    public var monthMax: Int?

    package init(dayUsed: Int, dayMax: Int?, monthUsed: Int, monthMax: Int?) {
        self.dayUsed = dayUsed
        self.dayMax = dayMax
        self.monthUsed = monthUsed
        self.monthMax = monthMax
    }
}

/// The state of a peer, as far as this node knows it. Sent, durable at the peer and applied by the peer are three
/// different numbers.
public struct PeerReport: Sendable {
    /// The name under which this node dials the peer; of one that it does not dial, the name in the roster.
    public var name: String
    /// The site of the peer; nil before the first contact with a peer that was given by address alone.
    public var site: SiteID?
    /// The addresses at which it is dialled, as HOST:PORT, in the order in which they are tried; empty for one that is
    /// not.
    public var addresses: [String]
    /// Milliseconds since 1970; nil if there was none.
    public var lastContact: Int64?
    /// Changesets, over every feed, that were sent to it or that it said that it holds.
    public var sent: UInt64
    /// Changesets, over every feed, that it said that it holds durably.
    public var durable: UInt64
    /// Changesets, over every feed, that it said that it applied.
    public var applied: UInt64
    /// Changesets, over every feed, that are held here and that it is not known to hold.
    public var lacks: UInt64
    /// The stamp of the oldest of them, in milliseconds since 1970; nil where there is none.
    public var lacksSince: Int64?
    /// Changesets, over every feed that this node has heard of, that it said that it holds, and that are not here.
    public var ahead: UInt64 = 0
    /// Whether it is a member whose right was ended: nobody exchanges with it any more.
    package var isRetired = false
    /// The sessions with it that a running `serve` has open at this moment.
    public var sessions: [LiveSession] = []
    /// The clock of the peer less ours at the last contact.
    public var skewSeconds: Double?
    /// Whether the two clocks differ by so much that people should look at them.
    public var isClockOff: Bool { skewSeconds.map { abs($0) * 1000 > Double(ClockOffset.reportedBeyond) } ?? false }
    /// Why the last attempt to reach it failed; nil if it did not.
    public var lastError: String?
    /// The same behind the name of the peer, with which most of them begin.
    package var lastErrorNamed: String? {
        lastError.map { $0.hasPrefix("\(name) ") || $0.hasPrefix("\(name): ") ? $0 : "\(name): \($0)" }
    }
    /// The windows in which `serve` dials it, by local time, each as `02:00-05:00`; at any time where there is none.
    public var windows: [String]
    /// The moment at which its windows open, where they are closed, or else close, in milliseconds since 1970; nil
    /// where they do neither within eight days.
    public var windowsChange: Int64?
    /// Whether `serve` may dial it now.
    public var isInWindow: Bool
    /// Bytes a second that may go to it, and that may come from it; nil for any.
    public var limitRate: Int?

    package init(
        name: String, site: SiteID?, addresses: [String], lastContact: Int64?, sent: UInt64, durable: UInt64,
        applied: UInt64, lacks: UInt64, skewSeconds: Double?, lastError: String?, windows: [String] = [],
        windowsChange: Int64? = nil, isInWindow: Bool = true, limitRate: Int? = nil
    ) {
        self.name = name
        self.site = site
        self.addresses = addresses
        self.lastContact = lastContact
        self.sent = sent
        self.durable = durable
        self.applied = applied
        self.lacks = lacks
        self.skewSeconds = skewSeconds
        self.lastError = lastError
        self.windows = windows
        self.windowsChange = windowsChange
        self.isInWindow = isInWindow
        self.limitRate = limitRate
    }
}

/// The correction of a machine's clock where a node stamps what is written, by that of a member that keeps time, as it
/// was at the last contact.
public struct ClockCorrection: Sendable {
    /// The member that keeps time, by its name.
    public let keeper: String
    /// The clock of the peer less ours.
    public let seconds: Double

    package init(keeper: String, seconds: Double) {
        self.keeper = keeper
        self.seconds = seconds
    }
}
