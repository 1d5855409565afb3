import Testing

@testable import SyncNode

@Suite("Edits of the lines of config.yaml")
struct PeerLinesTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let names = [
        "osh", "urumqi", "no", "7", "a b", "#x", "*x", "&x", "'", "\"", "\\", "Ўш", "乌鲁木齐", "- a", "🐫", "\u{200B}a",
        "~",
        "{", "%a", "@a", "!a", "a #b", "\t", "null", "<<", "?", "addresses",
    ]

    private static func peer(_ name: String, _ dice: inout Dice) throws -> PeerSetting {
        let addresses = ["o.example:7410", "[::1]:1", "10.0.0.5:65535", "[fe80::1%eth0]:7410"].filter { _ in
            Bool.random(using: &dice)
        }
        return try PeerSetting(
            checking: name, addresses: addresses.isEmpty ? ["x:1"] : addresses,
            windows: Bool.random(using: &dice) ? ["22:00-06:00", "07:00-08:00"] : [],
            limitRate: Bool.random(using: &dice) ? "32k" : nil)
    }

    @Test(
        "Whatever peers are added, replaced and removed, the text says so, and no other line or comment goes",
        arguments: 0..<60)
    func law(seed: UInt64) throws {
        var dice = Dice(state: seed)
        var remarks = ["# first", "interval: 60 # often", "# between", "listen: 127.0.0.1:0", "# last"]
        if seed % 3 == 0 { remarks.removeAll { !$0.hasPrefix("#") } }
        let place = Int.random(in: 0...remarks.count, using: &dice)
        let start = seed % 2 == 0 ? remarks : remarks[..<place] + ["peers:", "  # of peers"] + remarks[place...]
        var text = start.joined(separator: "\n") + (seed % 5 == 0 ? "" : "\n")
        var peers: [PeerSetting] = []
        for _ in 0..<12 {
            let name = Self.names.randomElement(using: &dice) ?? ""
            if Int.random(in: 0..<3, using: &dice) == 0 {
                peers.removeAll { $0.name == name }
            } else {
                peers = peers.filter { $0.name != name } + [try Self.peer(name, &dice)]
            }
            peers.sort { PeerSetting.precedes($0.name, $1.name) }
            let settings = try SettingsText(text, path: "config.yaml")
            let before = (try settings.peers() ?? [], text.split(separator: "\n").map(String.init))
            text = try PeerLines(settings).text(with: peers)
            #expect(try SettingsText(text, path: "config.yaml").peers() == peers)
            let lines = text.split(separator: "\n").map(String.init)
            for remark in remarks { #expect(lines.filter { $0 == remark }.count == 1, "\(text)") }
            #expect(lines.filter { $0.contains("# of peers") }.count == (seed % 2 == 0 ? 0 : 1))
            let kept = before.0.filter(peers.contains).count
            #expect(lines.filter(before.1.contains).count >= remarks.count + kept, "\(text)")
        }
    }
}
