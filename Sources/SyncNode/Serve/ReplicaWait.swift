import ReplicaStore

/// Waits for a replica that is being moved or copied into its place, and says once what it waits for.
struct ReplicaWait {
    let home: NodeHome
    /// The write-ahead log of the replica that was there before.
    var former = FormerLog.none
    /// Told what is waited for, when that changes; nil: nothing any more.
    let tell: (String?) -> Void

    /// Seconds between two looks.
    private static let every = 1.0
    /// Looks at a whole replica into which somebody writes all the time, after which that is no copying.
    private static let looksMax = 10

    /// Returns once a replica is there, is whole, and is the same at two looks.
    ///
    /// - Parameter rest: sleeps that many seconds; what it throws ends the wait.
    func settle(rest: (Double) async throws -> Void) async rethrows {
        var (seen, looks): (ReplicaPlace?, Int) = (nil, 0)
        var told: ReplicaPlace.Lack?
        while true {
            let present = ReplicaPlace(replica: home.realReplica, key: home.key, after: former)
            if present.lack != told {
                told = present.lack
                tell(told.map(sentence))
            }
            looks = present.lack == nil ? looks + 1 : 0
            if present.lack == nil, present == seen || looks > Self.looksMax { return }
            seen = present
            try await rest(Self.every)
        }
    }

    private func sentence(_ lack: ReplicaPlace.Lack) -> String {
        switch lack {
        case .nothingThere: "\(home.replica) is not there: it is opened once it is, with identity.key beside it"
        case .notWhole: "\(home.replica) is not whole yet: it is opened once it is"
        }
    }
}
