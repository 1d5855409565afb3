/// The reason why a file that was carried here is refused whole.
package enum CarriedFault: Error, Hashable, Sendable {
    /// Not a file of this kind at all.
    case notOne
    /// Written in a version of the format that this software does not know.
    case newer(version: UInt64)
    /// Bytes that end before the end of the file.
    case cut
    /// Other bytes than its writer signed, or nonsense that the writer signed: with what is wrong.
    case altered(String)
    /// Of another kind than what is asked for.
    case otherKind(found: String, wanted: String)
    case wrongAlliance
    case stranger(String)
    case retired(String)
    /// Encrypted, and not for this node.
    case notForUs
    /// Encrypted for this node, as its head says, with no key in it that opens it.
    case unopened

    /// The name for programs.
    package var name: String {
        switch self {
        case .notOne: "not-a-bundle"
        case .newer: "newer-version"
        case .cut: "cut"
        case .altered: "altered"
        case .otherKind: "other-kind"
        case .wrongAlliance: "wrong-alliance"
        case .stranger: "stranger"
        case .retired: "retired"
        case .notForUs: "not-for-us"
        case .unopened: "unopened"
        }
    }

    /// The sentence for people, which says what to do.
    ///
    /// - Parameter file: the file's name.
    package func sentence(of file: String) -> String {
        switch self {
        case .notOne:
            """
            \(file) is not a file that caravan wrote: name one that `bundle export`, `bundle request`, \
            `join --request` or `invite --grant` made
            """
        case .newer(let version):
            "\(file) was written by newer software (its format is \(version)): update the software of this node"
        case .cut: "\(file) is not whole: copy it again from where it was written, or have it written anew"
        case .altered(let what):
            """
            \(file) is not what its writer signed (\(what)): copy it again from where it was written, or have it \
            written anew
            """
        case .otherKind(let found, let wanted): "\(file) is \(found), and \(wanted) is asked for: name another file"
        case .wrongAlliance: "\(file) is of another alliance: name a file of this node's own"
        case .stranger(let site):
            """
            \(file) is of \(site), whom nobody has admitted as far as this node knows: import first what an admin \
            wrote, or have it written with --all
            """
        case .retired(let name):
            "\(file) is of \(name), whose right an admin ended: have another member write it"
        case .notForUs:
            "\(file) is encrypted to others: take it to one of them, or have it written for this node, too"
        case .unopened:
            """
            \(file) says that it is encrypted for this node, and no key in it opens it: have its writer write it anew, \
            and delete it
            """
        }
    }
}
