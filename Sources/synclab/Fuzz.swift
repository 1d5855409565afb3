import ArgumentParser
import Foundation
import SyncSimulator

struct Fuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Feeds a target with files, or with what a seed makes of its corpus.",
        discussion: """
            With files or folders: runs each file once. Without: changes the corpus for some seconds. The process \
            stops at the first law that is \
            broken, and says which input broke it.

            Targets: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).

            EXAMPLE
              synclab fuzz cbor --seconds 10 --seed 7
              synclab fuzz fold Tests/Fuzz/Corpus/fold
              synclab fuzz --write-corpus Tests/Fuzz/Corpus
            """)

    @Argument(
        help: "The target.",
        transform: { text in
            guard let target = FuzzTarget(rawValue: text) else { throw ValidationError("there is no target \(text)") }
            return target
        })
    var target: FuzzTarget?

    @Argument(help: "Files, or folders of files, to run.")
    var files: [String] = []

    @Option(help: "How long to change the corpus.")
    var seconds = 10

    @Option(help: "Decides every change.")
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp(
            "Write each target's first inputs into a folder of its name here, and stop.", valueName: "folder"))
    var writeCorpus: String?

    func validate() throws {
        guard target != nil || writeCorpus != nil else { throw ValidationError("say which target to run") }
    }

    func run() throws {
        if let writeCorpus { return try write(to: URL(fileURLWithPath: writeCorpus)) }
        guard let target else { return }
        let clock = ContinuousClock()
        let began = clock.now
        let runs = files.isEmpty ? try mutate(target, until: began + .seconds(seconds)) : try replay(target)
        let took = max(Double((clock.now - began) / .milliseconds(1)), 1)
        print("\(target.rawValue): \(runs) runs, \(Int(Double(runs) * 1000 / took)) a second")
    }

    private func replay(_ target: FuzzTarget) throws -> Int {
        let paths = try files.flatMap(Self.paths)
        for path in paths { try hold(target, Array(Data(contentsOf: path)), "the input is \(path.path)") }
        return paths.count
    }

    private func mutate(_ target: FuzzTarget, until end: ContinuousClock.Instant) throws -> Int {
        var mutator = FuzzMutator(seed: seed, corpus: FuzzCorpus.units(for: target).map(\.bytes))
        var runs = 0
        while ContinuousClock().now < end {
            try hold(target, mutator.next(), "the input is number \(runs) of seed \(seed)")
            runs += 1
        }
        return runs
    }

    /// Keeps the input that broke a law beside the temporary files.
    private func hold(_ target: FuzzTarget, _ bytes: [UInt8], _ origin: String) throws {
        guard let sentence = target.violation(by: bytes) else { return }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "fuzz-\(target.rawValue)-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        print(
            "\(target.rawValue): \(sentence)\n\(origin); repeat it with\n  synclab fuzz \(target.rawValue) \(file.path)"
        )
        throw ExitCode.failure
    }

    private static func paths(_ path: String) throws -> [URL] {
        let url = URL(fileURLWithPath: path)
        guard url.hasDirectoryPath else { return [url] }
        return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil).sorted {
            $0.path < $1.path
        }
    }

    private func write(to folder: URL) throws {
        for target in FuzzTarget.allCases {
            let place = folder.appendingPathComponent(target.rawValue)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for unit in FuzzCorpus.units(for: target) {
                try Data(unit.bytes).write(to: place.appendingPathComponent(unit.name))
            }
        }
    }
}
