import ReplicaModel

/// Why this side refuses to go on: a code for the peer's software, and a sentence for people.
struct Refusal: Error, Hashable {
    let code: ErrorCode
    let sentence: String

    init(_ code: ErrorCode, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    static let stranger = Refusal(.stranger, "this node does not know the key that was shown")

    static func unexpected(_ sentence: String) -> Refusal { Refusal(.unexpected, sentence) }
}
