import ReplicaModel
import SyncEngine
import SyncProtocol

/// Connects two engines: frames wait in two queues and are delivered by turns.
package final class Meeting {
    private let town: Town
    private let engines: [Engine]
    package private(set) var sessions: [PeerSession]
    private var queues: [[[UInt8]]] = [[], []]
    /// Every frame that the dialling side sent, and that the listening side sent.
    package private(set) var frames: [[[UInt8]]] = [[], []]
    package private(set) var ends: [SessionEnd?] = [nil, nil]
    package private(set) var delivered = 0
    /// Frames that came to the dialling side, and to the listening side, and their bytes.
    package private(set) var came: [[[UInt8]]] = [[], []]
    package private(set) var deliveredBytes = [0, 0]

    package init(
        _ town: Town, _ dialler: Engine, _ listener: Engine, joining request: JoinRequest? = nil, stays: Bool = false
    ) throws {
        self.town = town
        engines = [dialler, listener]
        let moment = town.moment
        sessions = [
            try PeerSession(
                engine: dialler, peer: listener.site, isDialler: true,
                trust: try dialler.trust(in: listener.site, joining: request), stays: stays,
                at: moment),
            try PeerSession(
                engine: listener, peer: dialler.site, isDialler: false, trust: try listener.trust(in: dialler.site),
                stays: stays, at: moment),
        ]
        try sessions[0].start(joining: request, at: moment)
        try sessions[1].start(at: moment)
        for side in 0...1 { _ = try drain(side) }
    }

    /// Whether a side had anything to say.
    private func drain(_ side: Int) throws -> Bool {
        var said = false
        while let output = try sessions[side].next(at: town.moment) {
            said = true
            switch output {
            case .frame(let frame): send(frame, from: side)
            case .end(let end): ends[side] = end
            }
        }
        return said
    }

    private func send(_ frame: [UInt8], from side: Int) {
        frames[side].append(frame)
        queues[1 - side].append(frame)
    }

    /// Delivers frames until nothing moves, or until `most` were delivered: then the connection is cut.
    ///
    /// - Parameters:
    ///   - bytesMost: of both directions, after which it is cut, within a frame or not.
    ///   - altering: what a hostile link does to a frame of the dialling side.
    package func run(
        most: Int = .max, bytesMost: Int = .max, altering: ((Int, [UInt8]) -> [UInt8])? = nil
    ) throws {
        var bytesLeft = bytesMost
        var moves = true
        while moves {
            moves = false
            for side in 0...1 {
                if try drain(side) { moves = true }
                while !queues[side].isEmpty {
                    guard delivered < most, queues[side][0].count + 4 <= bytesLeft else { return }
                    var frame = queues[side].removeFirst()
                    bytesLeft -= frame.count + 4
                    if side == 1, let altering { frame = altering(delivered, frame) }
                    delivered += 1
                    deliveredBytes[side] += frame.count
                    came[side].append(frame)
                    try sessions[side].received(frame, at: town.moment)
                    _ = try drain(side)
                    moves = true
                }
            }
        }
    }

    /// Lets time pass on both sides.
    package func wait(milliseconds: Int64) throws {
        town.moment = Moment(wall: town.moment.wall + milliseconds, steady: town.moment.steady + milliseconds)
        for side in 0...1 { try sessions[side].tick(at: town.moment) }
        try run()
    }

    /// Tells a side what its replica holds now, and delivers what comes of it.
    ///
    /// - Returns: whether there was something that the other lacks.
    @discardableResult
    package func push(_ side: Int, cutAfter most: Int = .max) throws -> Bool {
        let engine = engines[side]
        try engine.seal()
        let isNew = try sessions[side].holds(try engine.replica.soundVector(), at: town.moment)
        try run(most: most == .max ? .max : delivered + most)
        return isNew
    }

    /// The connection breaks, and both sides hear of it.
    package func breaks() throws {
        for session in sessions { try session.broke(at: town.moment) }
    }

    package var areStanding: Bool { sessions.allSatisfy(\.isStanding) }

    package func part(_ side: Int) throws {
        try sessions[side].part(at: town.moment)
        try run()
    }

    package func bytes(_ side: Int) -> Int { frames[side].reduce(0) { $0 + $1.count } }
}
