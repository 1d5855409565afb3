/// The cost of some exchanges between the receiver and the author's server, taken together.
struct Exchange {
    /// How many there were.
    let times: Double
    let receiver: Cost
    /// The wall is the receiver's.
    let sender: Cost
    let bytes: Relay.Count

    /// Lets the receiver sync `times` times, each time after `before`, which is counted to the sender.
    static func take(_ scene: Scene, times: Int = 1, before: (Int) throws -> Void = { _ in }) throws -> Exchange {
        try scene.serving { server in
            let relay = try scene.relay(to: server)
            defer { relay.stop() }
            server.rests()
            var receiver = Cost(cpu: 0, wall: 0, peak: 0)
            var bytes = Relay.Count(up: 0, down: 0)
            let began = server.cpu()
            for number in 0..<times {
                try before(number)
                receiver = receiver + (try scene.caravan(.receiver, "sync", relay.address).cost)
                let count = try relay.count()
                bytes = Relay.Count(up: bytes.up + count.up, down: bytes.down + count.down)
            }
            server.rests()
            let sender = Cost(cpu: server.cpu() - began, wall: receiver.wall, peak: server.peak())
            return Exchange(times: Double(times), receiver: receiver, sender: sender, bytes: bytes)
        }
    }

    /// CPU, wall and peak memory of each side against those of plain SQLite.
    func readings(_ figure: Figure, by base: Cost) -> [Reading] {
        Reading.all(figure, receiver, of: "receiver ", by: base) + [
            .time(figure, "sender cpu", sender.cpu, by: base.cpu),
            .size(figure, "sender peak", sender.peak, by: base.peak),
        ]
    }
}
