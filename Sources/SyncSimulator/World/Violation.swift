/// What must hold in every world did not. Or a node met an error that nothing excuses.
public struct Violation: Error, Hashable, Sendable {
    /// Which rule, by the name of its file.
    public let rule: String
    public let sentence: String

    package init(_ rule: String, _ sentence: String) {
        self.rule = rule
        self.sentence = sentence
    }
}
