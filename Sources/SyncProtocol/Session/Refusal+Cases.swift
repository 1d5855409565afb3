import ReplicaModel

extension Refusal {
    static let stranger = Refusal(.stranger, "this node does not know the key that was shown")

    /// The refusal of a peer whose right was ended.
    package static let retired = Refusal(
        .retired,
        "an admin ended the right of the key that was shown: an admin gives it back with `caravan member role`")

    static func unexpected(_ sentence: String) -> Refusal { Refusal(.unexpected, sentence) }
}
