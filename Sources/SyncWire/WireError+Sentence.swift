import ReplicaModel

extension WireError {
    /// The refusal of whoever sent what is wrong.
    package var refusal: Refusal { Refusal(code, sentence) }

    /// Half a sentence for people: what is wrong.
    package var sentence: String {
        switch self {
        case .truncated: "the bytes end within an item"
        case .notDeterministic(let offset, let reason): "\(reason), at byte \(offset)"
        case .wrongKind(let offset, let expected): "\(expected) must stand at byte \(offset)"
        case .overLimit(let what, let found, let limit): "\(what) of \(found), where at most \(limit) are allowed"
        case .trailingBytes(let count): "\(count) bytes stand behind the end"
        case .cannotBeMeant(let reason): reason
        case .unknownOperation(let number): "operation \(number) is of newer software"
        case .illFormed(let reason): reason
        case .badKey(let count): "a key of \(count) bytes is none"
        case .badSignature(let feed, let seq): "changeset \(seq) of feed \(feed) is not signed by its author"
        case .wrongFeed(let expected, let found): "a changeset of feed \(found) stands among those of \(expected)"
        case .gap(let feed, let expected, let found):
            "changeset \(found) of feed \(feed) came where \(expected) must follow"
        case .fork(let feed, let seq):
            """
            feed \(feed) has two changesets numbered \(seq): a node's whole disk was copied or put back, and both \
            copies wrote
            """
        case .brokenChain(let feed, let seq): "changeset \(seq) of feed \(feed) does not follow the one before it"
        case .badChunkHash(let feed, let seq, let chunk):
            "chunk \(chunk) of changeset \(seq) of feed \(feed) is not the one that its header names"
        case .outOfTurn(let reason): reason
        case .compression: "the compressed stream is broken"
        case .badInvitation(let sentence): sentence
        }
    }
}
