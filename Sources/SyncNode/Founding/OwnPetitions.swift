import Foundation
import ReplicaModel
import SyncWire

/// The petitions that a home wrote and that nobody has answered yet, in files of their own. An admin may have any of them
/// in hand, so the answer to each is taken.
struct OwnPetitions {
    let folder: String

    /// The most that are kept: who asks more often has lost the first.
    private static let countMax = 16

    var isThere: Bool { FileManager.default.fileExists(atPath: file(0)) }

    /// The place of a petition: the newest is number 0.
    private func file(_ number: Int) -> String {
        folder + (number == 0 ? "/petition" : "/petition-\(number)") + ".caravan"
    }

    /// Keeps one more.
    func keep(_ bytes: [UInt8]) throws(NodeError) {
        if isThere {
            // From the first free place on, each makes room for the one before it.
            let free = (1..<Self.countMax).first { !FileManager.default.fileExists(atPath: file($0)) }
            for number in (1...(free ?? Self.countMax - 1)).reversed() { rename(file(number - 1), file(number)) }
        }
        let output = try OutputFile(file(0))
        try output.write(bytes)
        try output.finish()
    }

    /// Those that can be read, the newest first.
    func kept() -> [Petition] {
        (0..<Self.countMax).compactMap { number in
            guard let data = FileManager.default.contents(atPath: file(number)) else { return nil }
            var check = CarriedCheck()
            guard (try? check.take(Array(data))) != nil, case .petition(let petition)? = try? check.finish().head else {
                return nil
            }
            return petition
        }
    }

    /// Takes all away, the newest last: while that is there, the others are looked for.
    func remove() { for number in (0..<Self.countMax).reversed() { unlink(file(number)) } }
}
