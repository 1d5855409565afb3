import ReplicaModel
import ReplicaStore
import SyncWire

/// Sites admit each other, end each other's rights, release, and write rows, each with what it has seen; two replicas
/// get what they signed in different orders that keep feeds whole, and are held against the specification.
struct RosterRun {
    private var script: FuzzScript
    private var alliance: RosterAlliance
    private var sides: [RosterSide]

    private static let changesetsMax = 80

    static func violation(by bytes: [UInt8]) -> String? { play(bytes).violation }

    /// The sentence that says which law these bytes break, and what happened on the way.
    static func play(_ bytes: [UInt8]) -> (violation: String?, seen: RosterWidth) {
        do {
            var run = try RosterRun(FuzzScript(bytes))
            let violation = try run.play()
            return (violation, run.sides.reduce(RosterWidth()) { $0.joined(with: $1.width) })
        } catch {
            return ("what members may sign makes the store fail: \(error)", RosterWidth())
        }
    }

    private init(_ script: FuzzScript) throws {
        self.script = script
        alliance = RosterAlliance()
        let founding = alliance.founding
        sides = try (0..<2).map { _ in try RosterSide(founding) }
    }

    private mutating func play() throws -> String? {
        while !script.isAtEnd, alliance.count < Self.changesetsMax {
            let life = script.below(alliance.lives.count)
            switch script.below(8) {
            case 0, 1: alliance.sealControl(by: life, &script)
            case 2, 3: alliance.sealRows(by: life, &script)
            case 4, 5: alliance.learn(life, from: script.below(alliance.lives.count), &script)
            default:
                let side = script.below(sides.count)
                if script.below(4) == 3 { try sides[side].reopen() }
                try sides[side].take(alliance.chains, upTo: 1 + script.below(4), &script)
                if script.bool(), let sentence = try sides[side].violation(by: alliance.chains) { return sentence }
            }
        }
        for number in sides.indices {
            while try sides[number].take(alliance.chains, upTo: 3, &script) {}
            if let sentence = try sides[number].violation(by: alliance.chains) { return sentence }
        }
        return nil
    }
}
