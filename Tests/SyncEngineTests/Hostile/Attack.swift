import ReplicaModel
import Testing

/// An attack that a hostile peer can try through the frames of a session. Those below frames are in the transport's
/// tests.
enum Attack: String, CaseIterable, CustomTestStringConvertible {
    // By a member, which TLS has proven.
    case forgedAuthor, alteredOperation, alteredHeader, borrowedSignature
    case replayedHello, replayedSession, gap, branch, brokenChain, chunksLeftOut, changesetCutShort
    case shrinkingVector, oversizeLength, oversizeHeader, deepNesting, unknownDuty
    case zstdBomb, headerBomb, notZstd, unsignedFlood, vectorFlood, askingFlood
    case replayBomb, partFlood, wordWithinParts, askingBeforeHello, lateJoin
    case smuggledStranger, beyondQuota
    case wrongAlliance, stolenName, downgradedVersion, changesBeforeHello
    // By somebody who does not belong.
    case guessedInvitation, expiredInvitation, reusedInvitation
    case strangerWrites, selfAdmission, strangerFlood, strangerBomb, strangerSlow

    var testDescription: String { rawValue }

    /// Whether the attacker belongs to the alliance.
    var isMember: Bool {
        switch self {
        case .guessedInvitation, .expiredInvitation, .reusedInvitation, .strangerWrites, .selfAdmission, .strangerFlood,
            .strangerBomb, .strangerSlow:
            false
        default: true
        }
    }

    /// The name by which the victim refuses.
    var refusal: ErrorCode {
        switch self {
        case .forgedAuthor, .alteredHeader, .borrowedSignature, .unsignedFlood: .badSignature
        case .alteredOperation, .chunksLeftOut, .changesetCutShort: .badChangeset
        case .replayedHello, .changesBeforeHello, .vectorFlood, .askingBeforeHello, .lateJoin: .unexpected
        case .replayedSession, .stolenName: .wrongSite
        case .gap: .gap
        case .branch: .fork
        case .brokenChain: .brokenChain
        case .shrinkingVector: .shrinkingVector
        case .oversizeLength, .unknownDuty, .zstdBomb, .wordWithinParts: .badMessage
        case .deepNesting, .oversizeHeader, .headerBomb, .replayBomb, .partFlood, .askingFlood, .strangerFlood,
            .strangerBomb:
            .tooMuch
        case .notZstd: .badFrame
        case .wrongAlliance: .wrongAlliance
        case .downgradedVersion: .noCommonVersion
        case .guessedInvitation: .badInvitation
        case .expiredInvitation: .invitationExpired
        case .reusedInvitation: .invitationUsed
        case .strangerWrites, .selfAdmission, .strangerSlow, .smuggledStranger: .stranger
        case .beyondQuota: .quota
        }
    }
}
