import ArgumentParser
import Foundation

/// A folder that remembers of campaigns which seeds failed, and which comes next.
final class KeptSeeds {
    private let folder: URL
    /// The seeds in the order in which they failed.
    private(set) var failed: [UInt64] { didSet { write(failed, to: "failed") } }
    /// Nil before the first campaign.
    var next: UInt64? { didSet { write(next.map { [$0] } ?? [], to: "next") } }

    /// - Throws: where the folder cannot be made.
    init(folder path: String) throws {
        folder = URL(fileURLWithPath: path)
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw ValidationError("the folder \(path) cannot be made: choose another with --keep")
        }
        failed = Self.read(folder, "failed")
        next = Self.read(folder, "next").first
    }

    func failed(_ seed: UInt64) { if !failed.contains(seed) { failed.append(seed) } }

    func passed(_ seed: UInt64) { failed.removeAll { $0 == seed } }

    private static func read(_ folder: URL, _ name: String) -> [UInt64] {
        let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { UInt64($0) }
    }

    /// Writes seeds into the folder. What cannot be remembered is said: the campaign itself goes on.
    private func write(_ seeds: [UInt64], to name: String) {
        let text = seeds.map { "\($0)\n" }.joined()
        do { try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8) } catch {
            FileHandle.standardError.write(
                Data("\(folder.path) does not remember \(name): \(error.localizedDescription)\n".utf8))
        }
    }
}
