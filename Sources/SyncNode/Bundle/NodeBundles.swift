import Foundation
import ReplicaModel
import ReplicaStore
import SyncEngine
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
    ///   - progress: changesets done and in all.
    /// - Throws: `usage` or `notFound` where somebody cannot be meant, or has given no key to encrypt to.
    public func export(
        to file: String, _ extent: Extent, encrypt: Bool,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
    ) async throws(NodeError) -> BundleReport {
        try await BundleExporter().export(to: file, extent, encrypt: encrypt, at: node, progress: progress)
    }

    /// Takes bundles, encrypted or not, and announcements, in any order. Each is checked from its first byte to its last
    /// before anything of it is taken.
    public func take(
        _ files: [String], progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
    ) async throws(NodeError) -> BundleImport {
        var all = BundleImport()
        let importer = try BundleImporter(node.home)
        for file in files {
            do { all.add(try await importer.take(file, at: node, progress: progress)) } catch {
                // What is wrong with this node is wrong for every file.
                guard [.refused, .usage].contains(error.kind) else { throw error }
                all.refusals.append(error)
            }
        }
        try await importer.settle(&all, at: node)
        return all
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
}
