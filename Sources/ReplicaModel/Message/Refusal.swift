/// A refusal to go on with a peer, or to take what came of it: a code for the peer's software, and a sentence for
/// people.
package struct Refusal: Error, Hashable {
    package let code: ErrorCode
    package let sentence: String

    package init(_ code: ErrorCode, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }
}
