import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncTransport
import SyncWire

/// Sync by file, for places without a network.
public struct NodeBundles: Sendable {
    let node: Node

    /// The part of the log that goes into a bundle.
    public enum Extent: Sendable {
        /// All that these lack: names of members, beginnings of site ids, or files that they wrote.
        case to([String])
        /// All that is beyond a version vector, by feed as JSON names it.
        case since([String: UInt64])
        case all
    }

    /// Seals, and writes a bundle. What stood in its place stays until it is whole.
    ///
    /// - Parameters:
    ///   - encrypt: only those that `extent` names can read it.
    ///   - progress: is told how far the file is.
    /// - Throws: `usage` or `notFound` where somebody cannot be meant, or has given no key to encrypt to.
    public func export(
        to file: String, _ extent: Extent, encrypt: Bool,
        progress: @escaping @Sendable (CarriedProgress) -> Void = { _ in }
    ) async throws(NodeError) -> BundleReport {
        try await BundleExporter().export(to: file, extent, encrypt: encrypt, at: node, progress: progress)
    }

    /// Takes bundles, encrypted or not, and announcements, in any order. Each is checked from its first byte to its
    /// last before anything of it is taken.
    ///
    /// - Throws: what is wrong with this node; where something was taken before, the outcome has it.
    public func take(
        _ files: [String], progress: @escaping @Sendable (CarriedProgress) -> Void = { _ in }
    ) async throws(NodeError) -> BundleImport {
        var all = BundleImport()
        let importer = try BundleImporter(node.home)
        do throws(NodeError) {
            var left = Self.ordered(files)
            while true {
                let before = all.held
                let strangers = try await importer.take(left, into: &all, at: node, progress: progress)
                try await importer.settle(&all, at: node)
                guard !strangers.isEmpty, all.held > before else {
                    all.refusals += strangers.map(\.refusal)
                    break
                }
                // What came may have let them in.
                left = strangers.map(\.file)
            }
        } catch {
            guard !all.isBlank else { throw error }
            all.failure = error
        }
        return all
    }

    /// Files in the order of what they need, so that few have to wait.
    private static func ordered(_ files: [String]) -> [String] {
        guard files.count > 1 else { return files }
        var heads: [(file: String, head: CarriedHead)] = []
        var others: [String] = []
        for file in files {
            if let head = Stick.head(of: file)?.0 { heads.append((file, head)) } else { others.append(file) }
        }
        return heads.sorted { $0.head.goesBefore($1.head) }.map(\.file) + others
    }

    /// Tells what a file holds, and what this node lacks of it. Nothing of it is taken.
    public func inspect(_ file: String) async throws(NodeError) -> BundleReport {
        try await BundleImporter(node.home).inspect(file, at: node)
    }

    /// Writes what this node has into a file, from which others see what it lacks.
    public func request(to file: String) async throws(NodeError) {
        let bytes = try await node.store { engine in try engine.request(now: Clocks.now.wall) }
        let output = try OutputFile(file)
        try output.write(bytes)
        try output.finish()
    }

    /// The visit of a stick: takes what is there for this node, writes what those lack who announced themselves there,
    /// and this node's own announcement. Everything is on the stick once this returns. What was taken from one that
    /// cannot be written is in the report, beside what failed.
    ///
    /// - Parameters:
    ///   - folder: at which the stick is mounted.
    ///   - maxBytes: the bytes that this alliance's files may have there, as `500k`, `8M` or `2G`; nil: as many as there
    ///     is room for.
    ///   - encrypt: what is written can be read only by the one that it is for.
    ///   - withProgram: also puts the running program there, with all that it needs, for machines without a network.
    public func exchange(
        with folder: String, maxBytes: String?, encrypt: Bool, withProgram: Bool = false,
        progress: @escaping @Sendable (CarriedProgress) -> Void = { _ in }
    ) async throws(NodeError) -> ExchangeReport {
        var bytesMax = Int.max
        if let maxBytes {
            guard let count = ByteCount.read(maxBytes) else {
                throw NodeError(kind: .usage, message: "\(maxBytes) is no number of bytes: write 500k, 8M or 2G")
            }
            bytesMax = count
        }
        return try await Self.exchange(folder, bytesMax, encrypt, withProgram, at: node, progress: progress)
    }

    private static func exchange(
        _ folder: String, _ bytesMax: Int, _ encrypt: Bool, _ withProgram: Bool, at node: isolated Node,
        progress: @Sendable (CarriedProgress) -> Void
    ) async throws(NodeError) -> ExchangeReport {
        var exchange = try await StickExchange(
            folder, bytesMax: bytesMax, encrypts: encrypt, withProgram: withProgram, at: node)
        return try await exchange.run(at: node, progress: progress)
    }

    /// Lets the node in that wrote a petition, and writes the answer, which that node alone can read.
    ///
    /// - Parameters:
    ///   - petition: the file that the new node wrote.
    ///   - role: of the new member.
    ///   - withRecords: also all that is in the tables; else roster and schema alone.
    ///   - addresses: where this node is reached, if anywhere, as HOST:PORT.
    /// - Returns: the new member's name and site, for people to compare, and the file.
    /// - Throws: `noRight` unless this node is an admin.
    public func grant(
        _ petition: String, to output: String, role: Role, withRecords: Bool, addresses: [String],
        progress: @escaping @Sendable (CarriedProgress) -> Void = { _ in }
    ) async throws(NodeError) -> (name: String, site: SiteID, file: BundleReport) {
        for address in addresses { try HostPort.check(address, isTold: true) }
        let granting = Granting(role: role, withRecords: withRecords, addresses: addresses)
        return try await granting.answer(petition, in: output, at: node, progress: progress)
    }
}
