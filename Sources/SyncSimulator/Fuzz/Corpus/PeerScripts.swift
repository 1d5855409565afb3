/// Scripts of what peers of every kind say when they mean well. A fuzzer changes them, and so peers go wrong.
enum PeerScripts {
    static let units: [FuzzCorpus.Unit] = [
        ("member", member + hello + take + changes([0, 1, 2]) + take),
        ("member-of-two-minds", member + hello + take + changes([3]) + changes([0]) + take),
        ("member-that-is-dialled", [1, 0] + take + hello + changes([]) + take + ack + take),
        ("member-that-knocks", member + knock + take + hello + take + changes([0]) + take),
        ("relay", member + hello + changes([4, 5, 7, 0]) + take + ack),
        ("relay-of-strangers", member + hello + changes([4, 6, 0]) + take),
        ("stranger", stranger + hello + take + changes([7]) + take),
        ("stranger-that-was-let-in", stranger + hello + take + changes([5]) + take + changes([4]) + take),
        ("stranger-that-joins", stranger + join + take + hello + take + changes([]) + take + ack + take),
        ("inviter", [1, 1, 1, 1] + take + hello + take + changes([5]) + take),
        ("vector-asked-for", member + helloByRoster + take + vector + take + changes([0]) + take),
    ]

    /// The beginning of a script: a member dials.
    private static let member: [UInt8] = [0, 0]
    private static let stranger: [UInt8] = [0, 1]
    private static let hello: [UInt8] = [9, 0, 0, 0, 0, 0, 1, 1, 0, 1]
    private static let helloByRoster: [UInt8] = [9, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1]
    private static let knock: [UInt8] = [1, 3]
    /// The message of a join with the secret that is good.
    private static let join: [UInt8] = [1, 4, 1]
    private static let vector: [UInt8] = [1, 6, 0]
    private static let ack: [UInt8] = [1, 9, 0, 0]
    private static let take: [UInt8] = [6]

    /// A final frame with these of `PeerChangesets.all`, at most four; without any, a frame that is empty.
    private static func changes(_ indexes: [UInt8]) -> [UInt8] {
        guard !indexes.isEmpty else { return [1, 7, 0, 1] }
        return [10, UInt8(min(indexes.count, 4) - 1)] + indexes.prefix(4).flatMap { [1, $0, 0] } + [1]
    }
}
