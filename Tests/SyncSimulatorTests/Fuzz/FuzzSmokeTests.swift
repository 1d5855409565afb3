import Foundation
import Testing

@testable import SyncSimulator

@Suite("Fuzz targets, for a moment")
struct FuzzSmokeTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "../../Fuzz"
    ).standardized

    private static func files(_ kind: String, _ target: FuzzTarget) throws -> [URL] {
        let place = folder.appendingPathComponent(kind).appendingPathComponent(target.rawValue)
        guard FileManager.default.fileExists(atPath: place.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil).sorted {
            $0.path < $1.path
        }
    }

    /// A replica is made for every run of some targets.
    private static func runs(_ target: FuzzTarget) -> Int {
        switch target {
        case .peer, .fold, .forks, .schema, .roster: 40
        case .operations: 100
        default: 500
        }
    }

    @Test("No file of the corpus and no kept fail case breaks a law", arguments: FuzzTarget.allCases)
    func kept(target: FuzzTarget) throws {
        let corpus = try Self.files("Corpus", target)
        #expect(!corpus.isEmpty)
        for file in try corpus + Self.files("Found", target) {
            let sentence = target.violation(by: Array(try Data(contentsOf: file)))
            #expect(sentence == nil, "\(file.lastPathComponent): \(sentence ?? "")")
        }
    }

    @Test("No change to the corpus breaks a law", arguments: FuzzTarget.allCases)
    func changed(target: FuzzTarget) {
        var mutator = FuzzMutator(seed: 1, corpus: FuzzCorpus.units(for: target).map(\.bytes))
        for number in 0..<Self.runs(target) {
            let sentence = target.violation(by: mutator.next())
            #expect(sentence == nil, "change \(number) of seed 1: \(sentence ?? "")")
        }
    }

    @Test("The files of the corpus are those that are written today", arguments: FuzzTarget.allCases)
    func corpus(target: FuzzTarget) throws {
        let units = FuzzCorpus.units(for: target)
        #expect(try Self.files("Corpus", target).map(\.lastPathComponent) == units.map(\.name).sorted())
        for unit in units {
            let place = Self.folder.appendingPathComponent("Corpus/\(target.rawValue)/\(unit.name)")
            #expect(
                try Array(Data(contentsOf: place)) == unit.bytes,
                "\(unit.name): write it anew with `synclab fuzz --write-corpus Tests/Fuzz/Corpus`")
        }
    }

    @Test("A seed makes the same changes every time")
    func seeded() {
        var one = FuzzMutator(seed: 3, corpus: [[1, 2, 3, 4], [5, 6]])
        var same = FuzzMutator(seed: 3, corpus: [[1, 2, 3, 4], [5, 6]])
        #expect((0..<50).map { _ in one.next() } == (0..<50).map { _ in same.next() })
    }
}
