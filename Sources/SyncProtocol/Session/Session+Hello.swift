import ReplicaModel

extension Session {
    mutating func receivedHello(_ hello: Hello) -> [Action] {
        guard self.hello == nil else { return refuse(.unexpected, "a second hello in one session") }
        guard !isIntroducing else { return refuse(.unexpected, "a hello before the end of what the peer knocked for") }
        guard hello.site == peer else { return refuse(.wrongSite, "the hello names another site than the connection's key") }
        guard hello.alliance == alliance else {
            return refuse(.wrongAlliance, "the peer belongs to another alliance")
        }
        guard hello.versions.overlaps(Self.versions) else {
            return refuse(
                .noCommonVersion,
                "this node speaks protocol \(Self.text(Self.versions)) and the peer \(Self.text(hello.versions)): update the older one")
        }
        self.hello = hello
        return knowsPeer ? accepted() : knock()
    }

    private static func text(_ versions: ClosedRange<UInt64>) -> String {
        versions.lowerBound == versions.upperBound ? "\(versions.lowerBound)" : "\(versions.lowerBound) to \(versions.upperBound)"
    }

    /// The peer is known and may have said hello: the exchange begins once both hellos are there.
    mutating func accepted() -> [Action] {
        guard knowsPeer, hello != nil else { return [] }
        return begin()
    }

    /// Both hellos are there: either nothing is to do, or the peer's vector says what it lacks.
    mutating func begin() -> [Action] {
        guard let hello, let ownHeads, !isStreaming, knowsPeer else { return [] }
        isStreaming = true
        guard hello.headsDigest != ownHeads else {
            (hasSentLast, hasReceivedLast, hasAcknowledgedLast, hasReceivedAck) = (true, true, true, true)
            return finishIfDone()
        }
        return [.resolve(hello)]
    }

    /// The vector of the peer's hello, or nil if it could not be read with this side's roster.
    public mutating func resolved(_ vector: Vector?) -> [Action] {
        guard let vector else {
            isVectorWanted = true
            return [.send(.vectorWanted)]
        }
        // Digests differ, or nobody would have asked. A vector that is sent later than the hello may be of a later moment, and says nothing of this.
        guard vector != ownHeld else {
            return refuse(
                .fork,
                "both sides hold as many changesets of everybody, and they are not the same: a node's whole disk was copied or put back, and both copies wrote; keep one of them, and let the other join anew"
            )
        }
        return received(vector: vector)
    }

    mutating func received(vector: Vector) -> [Action] {
        acked = vector
        return [.stream(lackedBy: vector, scopes: nil)]
    }
}
