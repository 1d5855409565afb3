/// A rule that must hold in every world and did not. Or an error that a node met and that nothing excuses.
package struct Violation: Error, Hashable, Sendable {
    /// The name of the rule, after that of its file where it has one.
    package let rule: String
    package let sentence: String

    package init(_ rule: String, _ sentence: String) {
        self.rule = rule
        self.sentence = sentence
    }
}
