import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// A copy of a carried file on this node's own disk, which was checked from its first byte to its last. What is taken
/// is taken from the copy: nobody can alter it meanwhile, or pull it out.
struct ArrivedFile {
    /// The file as people named it.
    let name: String
    /// The copy; it goes with its scratch folder unless it is moved.
    let path: String
    let head: CarriedHead
    let id: HashPrefix
    let bytes: Int
}

/// Files that are being looked at, each as a copy in a folder that goes with this value.
struct CarriedFiles: Sendable {
    let scratch: ScratchFolder

    /// Copies a file, and checks the copy while it is written.
    ///
    /// - Throws: `refused` where it is not whole, not what its writer signed, or of newer software; nothing is kept then.
    func arrive(_ name: String, at node: isolated Node) async throws(NodeError) -> ArrivedFile {
        let copy = place
        let to = try OutputFile(copy)
        let (head, id) = try await check(name, at: node, copyingTo: to)
        try to.finish(isToLast: false)
        return ArrivedFile(name: name, path: copy, head: head, id: id, bytes: to.bytes)
    }

    /// Checks a file where it lies.
    @discardableResult
    func check(
        _ name: String, at node: isolated Node, copyingTo to: OutputFile? = nil
    ) async throws(NodeError) -> (head: CarriedHead, id: HashPrefix) {
        let from = try InputFile(name)
        var check = CarriedCheck()
        while true {
            let piece = try from.next()
            guard !piece.isEmpty else { return try saying(of: name) { try check.finish() } }
            try saying(of: name) { try check.take(piece) }
            try to?.write(piece)
            await Task.yield()
        }
    }

    /// Decrypts the content of a file for this node, and checks it like any other.
    func open(_ file: ArrivedFile, _ head: SealedHead, at node: isolated Node) async throws(NodeError) -> ArrivedFile {
        guard let key = node.engine.sealingKey.unwrap(head) else {
            let fault: CarriedFault =
                head.recipients.contains(node.engine.site) ? .unopened : .notForUs
            throw NodeError(fault, of: file.name)
        }
        let copy = place
        let to = try OutputFile(copy)
        var opener: SealedFileOpener?
        var (reader, check) = (CarriedFileReader(), CarriedCheck())
        let from = try InputFile(file.path)
        while true {
            let piece = try from.next()
            guard !piece.isEmpty else { break }
            reader.append(piece)
            let plain: [UInt8] = try saying(of: file.name) {
                var plain: [UInt8] = []
                while let part = try reader.next() {
                    switch part {
                    case .head: opener = SealedFileOpener(content: key, headHash: reader.headHash)
                    case .block(let block): plain += try opener?.take(block) ?? []
                    case .end: plain += try opener?.finish() ?? []
                    }
                }
                try check.take(plain)
                return plain
            }
            try to.write(plain)
            await Task.yield()
        }
        let (inner, _) = try saying(of: file.name) { try check.finish() }
        try to.finish(isToLast: false)
        guard case .bundle = inner, inner.site == head.site, inner.alliance == head.alliance else {
            throw NodeError(CarriedFault.altered("what is encrypted in it is not its writer's"), of: file.name)
        }
        return ArrivedFile(name: file.name, path: copy, head: inner, id: file.id, bytes: file.bytes)
    }

    private var place: String {
        let count = (try? FileManager.default.contentsOfDirectory(atPath: scratch.path))?.count ?? 0
        return scratch.path + "/\(count)"
    }

    /// Gives the blocks of a copy, as long as `take` wants more.
    func eachBlock(
        of file: ArrivedFile, at node: isolated Node, _ take: ([UInt8]) async throws(NodeError) -> Bool
    ) async throws(NodeError) {
        var reader = CarriedFileReader()
        let from = try InputFile(file.path)
        while true {
            let piece = try from.next()
            guard !piece.isEmpty else { return }
            reader.append(piece)
            while let part = try saying(of: file.name, { try reader.next() }) {
                guard case .block(let block) = part else { continue }
                guard try await take(block) else { return }
            }
        }
    }
}
