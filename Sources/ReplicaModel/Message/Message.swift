/// A thing that a side of a session says to the other. The bytes are `SyncWire`'s.
package enum Message: Hashable, Sendable {
    case hello(Hello)
    /// The word of a dialling side that does not know the key that answered: show yourself, if you know me.
    case knock
    /// The word of a site that holds an invitation of the listening side's.
    case join(JoinRequest)
    /// Asks for the held vector in full, because the hello's could not be read with the receiver's roster.
    case vectorWanted
    case vector(Vector)
    /// The next bytes of the one zstd stream of this direction. `isLast`: all that the sender had for the receiver is
    /// in.
    case changes(bytes: [UInt8], isLast: Bool)
    /// The word that what it names is durable on disk, and applied as far as it says.
    case ack(held: Vector, applied: Vector)
    case ping
    case bye(ByeReason)
    case error(code: ErrorCode, sentence: String)
}

/// Feed to highest seq, over the feeds of every scope. Feeds that stand at 0 are absent.
public typealias Vector = [FeedID: UInt64]

package struct Hello: Hashable, Sendable {
    /// Lowest and highest protocol version that the sender speaks.
    package var versions: ClosedRange<UInt64>
    package var alliance: Bytes32
    package var site: SiteID
    package var incarnation: Incarnation
    package var software: String
    /// Milliseconds since 1970 by the sender's clock.
    package var wallClock: Int64
    /// The largest frame that the sender accepts.
    package var frameBytesMax: UInt64
    package var scopes: [Scope]
    /// Digest of the heads of the control feeds.
    package var controlDigest: Bytes32
    /// Digest of all held heads.
    package var headsDigest: Bytes32
    package var held: HelloVector
    package var unfinished: [UnfinishedChangeset]
    /// How many changesets the sender holds and has not applied; nil if it does not say.
    package var waiting: UInt64?
    /// Whether the sender stays once all is exchanged, if the receiver does: what either gets later it tells at once.
    package var stays: Bool
    /// The branches of feeds that went two ways, with the seq to which each is held. The vector has what is common.
    package var branches: Vector
    /// Changesets that the sender holds, of feeds of which the two seem to hold different ones: more and more seldom
    /// towards the beginning. Of these feeds nothing else says what the sender holds.
    package var marks: [FeedHead]

    package init(
        versions: ClosedRange<UInt64>, alliance: Bytes32, site: SiteID, incarnation: Incarnation, software: String,
        wallClock: Int64, frameBytesMax: UInt64, scopes: [Scope], controlDigest: Bytes32, headsDigest: Bytes32,
        held: HelloVector, unfinished: [UnfinishedChangeset], waiting: UInt64? = nil, stays: Bool = false,
        branches: Vector = [:], marks: [FeedHead] = []
    ) {
        self.versions = versions
        self.alliance = alliance
        self.site = site
        self.incarnation = incarnation
        self.software = software
        self.wallClock = wallClock
        self.frameBytesMax = frameBytesMax
        self.scopes = scopes
        self.controlDigest = controlDigest
        self.headsDigest = headsDigest
        self.held = held
        self.unfinished = unfinished
        self.waiting = waiting
        self.stays = stays
        self.branches = branches
        self.marks = marks
    }

    /// Whether it asks for something behind what the vector tells.
    package var asks: Bool { !marks.isEmpty || unfinished.contains { $0.chunks == 0 } }
}

/// The held vector in a hello.
package enum HelloVector: Hashable, Sendable {
    case full(Vector)
    /// Sites as their positions in the roster sorted by site id, by the control changesets that `controlDigest` names:
    /// for a peer that is known to have the same.
    case byRoster([RosterEntry])

    package struct RosterEntry: Hashable, Sendable {
        package let position: UInt64
        package let incarnation: Incarnation
        package let scope: Scope
        package let seq: UInt64

        package init(position: UInt64, incarnation: Incarnation, scope: Scope, seq: UInt64) {
            self.position = position
            self.incarnation = incarnation
            self.scope = scope
            self.seq = seq
        }
    }
}

/// A changeset of which some chunks are kept and not all, or that came and is not as its author signed it any more.
package struct UnfinishedChangeset: Hashable, Sendable {
    package let feed: FeedID
    package let seq: UInt64
    /// Chunks held, from the first without a gap. None of one that is held and that the disk altered.
    package let chunks: UInt64

    package init(feed: FeedID, seq: UInt64, chunks: UInt64) {
        self.feed = feed
        self.seq = seq
        self.chunks = chunks
    }
}

/// Proof of an invitation, over a connection whose key is the inviter's.
package struct JoinRequest: Hashable, Sendable {
    package let alliance: Bytes32
    /// The one-time secret: 16 bytes.
    package let secret: [UInt8]
    /// The name by which the new node wants to be called.
    package let name: String

    package init(alliance: Bytes32, secret: [UInt8], name: String) {
        self.alliance = alliance
        self.secret = secret
        self.name = name
    }
}

package enum ByeReason: UInt64, Hashable, Sendable {
    case done = 0
    case duplicate = 1
    case stopping = 2
}

/// Named refusals. The names are on the wire and in `--json`; they never change.
package enum ErrorCode: String, Hashable, Sendable, CaseIterable {
    case badFrame = "bad-frame"
    case badMessage = "bad-message"
    case noCommonVersion = "no-common-version"
    case wrongAlliance = "wrong-alliance"
    case stranger
    /// A site whose right was ended.
    case retired
    case wrongSite = "wrong-site"
    case badInvitation = "bad-invitation"
    case invitationExpired = "invitation-expired"
    case invitationUsed = "invitation-used"
    case badChangeset = "bad-changeset"
    case badSignature = "bad-signature"
    case brokenChain = "broken-chain"
    case gap
    case fork
    case shrinkingVector = "shrinking-vector"
    case tooMuch = "too-much"
    /// A refusal of more of a member than it may cost others in a day.
    case quota
    case unexpected
    case timeout
    case unavailable
}
