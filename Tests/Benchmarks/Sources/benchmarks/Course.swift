/// Runs everything that the figures need, in its order, and notes what it cost.
final class Course {
    /// The number of transactions of one row; fewer where there are fewer rows.
    static let singlesMax = 20_000
    /// The number of rows that are updated; fewer where there are fewer.
    static let updatesMax = 100_000
    /// The number of exchanges with nothing or one cell to send: one alone is over before it can be measured.
    static let smallExchanges = 10
    /// The number of times that a short command is run.
    static let starts = 10

    /// The number of changesets of one row; fewer where there are fewer rows. Each is the work of three processes.
    static let changesetsMax = 1_000
    /// The number of cells that are in conflict when lists are taken; fewer where there are fewer rows.
    static let conflictsMax = 20_000

    private let scene: Scene
    private let figures: Set<Figure>
    private var outcome = Outcome()
    private var inserted = Cost(cpu: 0, wall: 0, peak: 0)
    private var updated = Cost(cpu: 0, wall: 0, peak: 0)

    init(scene: Scene, figures: Set<Figure>) { (self.scene, self.figures) = (scene, figures) }

    func run() throws -> Outcome {
        scene.say("two nodes")
        try scene.found()
        try insert()
        if figures.contains(.start) { try start() }
        if figures.contains(.verify) { try verify() }
        if figures.contains(where: \.isOfExchange) { try exchangeInserted() }
        if !figures.isDisjoint(with: [.idle, .cell]) { try exchangeLittle() }
        if figures.contains(where: \.isOfUpdate) { try update() }
        if figures.contains(.exchangeUpdates) { try exchangeUpdated() }
        if figures.contains(.singles) { try insertSingly() }
        if figures.contains(.many) { try exchangeMany() }
        scene.say("the rows of both nodes")
        _ = try Exchange.take(scene)
        try compare()
        if figures.contains(.lists) { try list() }
        return outcome
    }

    private func add(_ figure: Figure, _ readings: [Reading]) {
        if figures.contains(figure) { outcome.readings += readings }
    }

    /// Does the same to the plain file and, as a program that knows nothing of nodes, to the author's replica.
    private func both(_ act: String, _ arguments: Int...) throws -> (plain: Cost, captured: Cost) {
        let words = arguments.map(String.init)
        return (try scene.plainCost(act, words), try scene.plain([act, scene.replica(.author)] + words).cost)
    }

    /// The cost of any command of the author that first seals whatever was written.
    private func seal() throws -> Cost { try scene.caravan(.author, "sql", "SELECT 1").cost }

    private func insert() throws {
        scene.say("insert of \(scene.rows) rows")
        let (plain, captured) = try both("insert", 0, scene.rows)
        inserted = plain
        add(.insert, Reading.all(.insert, captured, by: plain))
        scene.say("seal")
        let (sealed, idle) = (try seal(), try seal())
        add(
            .seal,
            Reading.all(.seal, sealed, by: plain)
                + Reading.times(.seal, captured + sealed, of: "with insert ", by: plain)
                + Reading.times(.seal, idle, of: "nothing to do ", by: plain))
        let size = try scene.numbers("checkpoint", scene.plainFile)[0]
        let replica = try scene.numbers("checkpoint", scene.replica(.author))[0]
        add(.size, [.size(.size, "author", replica, by: size)])
    }

    /// A command that does next to nothing, and one that counts what there is.
    private func start() throws {
        scene.say("short commands")
        let each = inserted.cpu / Double(scene.rows)
        for words in [["peer", "list"], ["status"]] {
            let costs = try (0..<Self.starts).map { _ in try scene.caravan(.author, words).cost }
            add(.start, [.inserts(.start, words.joined(separator: " ") + " cpu", costs.map(\.cpu).median, each: each)])
        }
    }

    /// The whole log held against the tables.
    private func verify() throws {
        scene.say("verify --deep")
        add(.verify, Reading.all(.verify, try scene.caravan(.author, "verify", "--deep").cost, by: inserted))
    }

    private func exchangeInserted() throws {
        scene.say("exchange of \(scene.rows) rows")
        let exchange = try Exchange.take(scene)
        add(.exchange, exchange.readings(.exchange, by: inserted))
        try compare()
        let compressed = try scene.numbers("compress", scene.plainFile)
        let size = try scene.numbers("checkpoint", scene.plainFile)[0]
        let replica = try scene.numbers("checkpoint", scene.replica(.receiver))[0]
        add(.size, [.size(.size, "receiver", replica, by: size)])
        add(
            .wire,
            [
                .size(.wire, "zstd -3 of the CSV", exchange.bytes.down, by: compressed[1]),
                .size(.wire, "the CSV", exchange.bytes.down, by: compressed[0]),
                .bytes(.wire, "bytes up", exchange.bytes.up),
            ])
    }

    /// Exchanges with nothing to send, then with one cell each, which the author's server sees and seals.
    private func exchangeLittle() throws {
        scene.say("exchanges of nothing and of one cell")
        let idle = try Exchange.take(scene, times: Self.smallExchanges)
        add(.idle, small(.idle, idle))
        guard figures.contains(.cell) else { return }
        let cell = try Exchange.take(scene, times: Self.smallExchanges) { number in
            for file in [scene.plainFile, scene.replica(.author)] {
                try scene.plain(["update", file, "\(scene.rows)", "1", "\(number + 1)"])
            }
        }
        add(.cell, small(.cell, cell, beyond: idle))
        try compare()
    }

    /// The cost of one of several exchanges, less the cost of one of the others.
    private func small(_ figure: Figure, _ exchange: Exchange, beyond less: Exchange? = nil) -> [Reading] {
        let each = inserted.cpu / Double(scene.rows)
        func one(_ path: KeyPath<Exchange, Double>) -> Double {
            exchange[keyPath: path] / exchange.times - (less.map { $0[keyPath: path] / $0.times } ?? 0)
        }
        return [
            .inserts(figure, "receiver cpu", one(\.receiver.cpu), each: each),
            .inserts(figure, "receiver wall", one(\.receiver.wall), each: inserted.wall / Double(scene.rows)),
            .inserts(figure, "sender cpu", one(\.sender.cpu), each: each),
            .bytes(figure, "bytes up", one(\.bytes.up)), .bytes(figure, "bytes down", one(\.bytes.down)),
        ]
    }

    private func update() throws {
        let count = min(Self.updatesMax, scene.rows)
        scene.say("update of \(count) rows")
        let (plain, captured) = try both("update", scene.rows, count, 1000)
        let sealed = try seal()
        updated = plain
        add(.update, withSeal(.update, captured, sealed, by: plain))
    }

    private func exchangeUpdated() throws {
        scene.say("exchange of the updates")
        add(.exchangeUpdates, try Exchange.take(scene).readings(.exchangeUpdates, by: updated))
    }

    private func insertSingly() throws {
        let count = min(Self.singlesMax, scene.rows)
        scene.say("\(count) transactions of one row")
        let (plain, captured) = try both("singles", scene.rows, count)
        let sealed = try seal()
        add(.singles, withSeal(.singles, captured, sealed, by: plain))
    }

    /// Changesets of one row each in one exchange: what one of them costs beyond an exchange with nothing to send.
    private func exchangeMany() throws {
        let count = min(Self.changesetsMax, scene.rows)
        scene.say("\(count) changesets of one row")
        _ = try Exchange.take(scene)
        let first = scene.rows + Self.singlesMax
        for number in first..<first + count {
            for file in [scene.plainFile, scene.replica(.author)] {
                try scene.plain(["insert", file, "\(number)", "1"])
            }
            _ = try seal()
        }
        let all = try Exchange.take(scene)
        let idle = try Exchange.take(scene, times: Self.smallExchanges)
        let each = inserted.cpu / Double(scene.rows)
        func one(_ path: KeyPath<Exchange, Double>) -> Double {
            (all[keyPath: path] - idle[keyPath: path] / idle.times) / Double(count)
        }
        add(
            .many,
            [
                .inserts(.many, "receiver cpu of one", one(\.receiver.cpu), each: each),
                .inserts(.many, "sender cpu of one", one(\.sender.cpu), each: each),
                .bytes(.many, "bytes down of one", one(\.bytes.down)),
            ])
    }

    /// Prints the first of lists, where both nodes wrote the same cells apart. Afterwards they are not what the plain
    /// file is.
    private func list() throws {
        let count = min(Self.conflictsMax, scene.rows)
        scene.say("lists with \(count) conflicts")
        let rows = "\(scene.rows)"
        try scene.plain(["update", scene.replica(.author), rows, "\(count)", "2000"])
        // Of all rows, for each round changes others first.
        try scene.plain(["update", scene.replica(.receiver), rows, rows, "3000"])
        _ = try Exchange.take(scene)
        let each = inserted.cpu / Double(scene.rows)
        for words in [["status"], ["conflicts"], ["log"]] {
            let costs = try (0..<Self.starts).map { _ in try scene.firstLines(.receiver, words) }
            add(.lists, [.inserts(.lists, words[0] + " cpu", costs.map(\.cpu).median, each: each)])
        }
    }

    private func withSeal(_ figure: Figure, _ captured: Cost, _ sealed: Cost, by plain: Cost) -> [Reading] {
        Reading.all(figure, captured, by: plain) + Reading.times(figure, captured + sealed, of: "with seal ", by: plain)
    }

    /// Fails unless both nodes hold what the plain file holds.
    private func compare() throws {
        let expected = try scene.plain(["hash", scene.plainFile]).out
        for node in [Scene.Node.author, .receiver] {
            let found = try scene.plain(["hash", scene.replica(node)]).out
            guard found == expected else {
                throw Failure.differ("the \(node.rawValue)", found: found, expected: expected)
            }
        }
        outcome.content = expected
    }
}
