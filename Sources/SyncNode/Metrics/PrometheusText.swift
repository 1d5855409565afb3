/// The name of a measure, and its labels as they stand in braces.
struct PrometheusKey: Hashable, Sendable {
    let name: String
    let labels: String

    init(_ name: String, _ dimensions: [(String, String)]) {
        self.name = Self.name(name)
        labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.value($0.1))\"" }.joined(separator: ",")
    }

    /// Letters, digits and underlines, no digit first.
    private static func name(_ text: String) -> String {
        var bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        if bytes.first.map({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) ?? true {
            bytes.insert(UInt8(ascii: "_"), at: 0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func value(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// Series of a measure: the sum of a counter or the value of a gauge, or what was observed.
struct PrometheusSeries: Sendable {
    var value = 0.0
    /// Observations up to each bound, and all.
    private(set) var buckets = [UInt64](repeating: 0, count: bounds.count + 1)

    /// Seconds: from a sealed row to a transaction of a million.
    static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60]

    mutating func observe(_ observed: Double) {
        value += observed
        for place in buckets.indices where place == Self.bounds.count || observed <= Self.bounds[place] {
            buckets[place] += 1
        }
    }
}

/// All series of one name.
struct PrometheusFamily: Sendable {
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    let kind: Kind
    private var series: [String: PrometheusSeries] = [:]

    init(kind: Kind) { self.kind = kind }

    /// Returns false where there is no room for a series more.
    @discardableResult
    mutating func change(_ labels: String, seriesMax: Int, _ body: (inout PrometheusSeries) -> Void) -> Bool {
        guard series[labels] != nil || series.count < seriesMax else { return false }
        body(&series[labels, default: PrometheusSeries()])
        return true
    }

    mutating func remove(_ labels: String) { series[labels] = nil }

    func text(name: String, help: String?) -> String {
        var out = help.map { "# HELP \(name) \($0)\n" } ?? ""
        out += "# TYPE \(name) \(kind.rawValue)\n"
        for (labels, one) in series.sorted(by: { Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8) }) {
            if kind == .histogram { out += histogram(name, labels, one) } else { out += line(name, labels, one.value) }
        }
        return out
    }

    private func histogram(_ name: String, _ labels: String, _ one: PrometheusSeries) -> String {
        var out = ""
        let bounds = PrometheusSeries.bounds.map { "\($0)" } + ["+Inf"]
        for (bound, count) in zip(bounds, one.buckets) {
            let within = labels.isEmpty ? "" : labels + ","
            out += line(name + "_bucket", "\(within)le=\"\(bound)\"", Double(count))
        }
        return out + line(name + "_sum", labels, one.value)
            + line(name + "_count", labels, Double(one.buckets.last ?? 0))
    }

    private func line(_ name: String, _ labels: String, _ value: Double) -> String {
        "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.text(value))\n"
    }

    private static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        guard value.isFinite else { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
