import ReplicaModel

extension Refusal {
    static let stranger = Refusal(.stranger, "this node does not know the key that was shown")

    static func unexpected(_ sentence: String) -> Refusal { Refusal(.unexpected, sentence) }
}
