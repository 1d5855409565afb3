import Foundation
import ReplicaModel

/// The rules for what a table, a column, an index or a constraint may be called.
enum NameRules {
    /// Why it may not be called so, to be read behind the words that say what it is; nil if it may.
    static func refusal(of name: Identifier) -> String? {
        guard (1...SchemaLimits.identifierBytesMax).contains(name.bytes.count), !name.bytes.contains(0) else {
            return
                """
                has the name \(name.text.prefix(40).debugDescription): a name has 1 to \
                \(SchemaLimits.identifierBytesMax) bytes, without NUL
                """
        }
        guard isComposed(name) else {
            return
                """
                has the name \(name.text.prefix(40).debugDescription), which is not in Unicode's normal form C: write \
                its letters composed, as keyboards do
                """
        }
        return nil
    }

    /// Whether a name is in normal form C (Unicode Standard Annex 15): two names that read alike could not be told
    /// apart otherwise.
    private static func isComposed(_ name: Identifier) -> Bool {
        name.bytes.allSatisfy { $0 < 0x80 } || Array(name.text.precomposedStringWithCanonicalMapping.utf8) == name.bytes
    }
}
