/// The number that one run gave.
struct Reading {
    enum Unit: String, Codable {
        /// Times what the same costs on plain SQLite.
        case ratio
        /// Times what one insert of a row into plain SQLite costs.
        case inserts
        /// Bytes as they are.
        case bytes
    }

    enum AmountUnit: String, Codable {
        case seconds, bytes
    }

    let figure: Figure
    /// The part of the figure that was measured: `cpu`, `receiver peak`.
    let measure: String
    let unit: Unit
    let value: Double
    /// The measured amount, before it was divided: seconds of this machine, or bytes.
    let amount: Double
    let amountUnit: AmountUnit

    private init(
        _ figure: Figure, _ measure: String, _ unit: Unit, _ value: Double, amount: Double, _ amountUnit: AmountUnit
    ) {
        (self.figure, self.measure, self.unit) = (figure, measure, unit)
        (self.value, self.amount, self.amountUnit) = (value, amount, amountUnit)
    }

    static func time(_ figure: Figure, _ measure: String, _ seconds: Double, by base: Double) -> Reading {
        let value = seconds / max(base, 1e-6)
        return Reading(figure, measure, .ratio, value, amount: seconds, .seconds)
    }

    static func inserts(_ figure: Figure, _ measure: String, _ seconds: Double, each: Double) -> Reading {
        let value = seconds / max(each, 1e-9)
        return Reading(figure, measure, .inserts, value, amount: seconds, .seconds)
    }

    static func size(_ figure: Figure, _ measure: String, _ bytes: Double, by base: Double) -> Reading {
        let value = bytes / max(base, 1)
        return Reading(figure, measure, .ratio, value, amount: bytes, .bytes)
    }

    static func bytes(_ figure: Figure, _ measure: String, _ bytes: Double) -> Reading {
        Reading(figure, measure, .bytes, bytes, amount: bytes, .bytes)
    }

    /// CPU and wall, each against those of plain SQLite. `whose` stands before the name of each.
    static func times(_ figure: Figure, _ cost: Cost, of whose: String = "", by base: Cost) -> [Reading] {
        [time(figure, whose + "cpu", cost.cpu, by: base.cpu), time(figure, whose + "wall", cost.wall, by: base.wall)]
    }

    /// The same, and peak memory.
    static func all(_ figure: Figure, _ cost: Cost, of whose: String = "", by base: Cost) -> [Reading] {
        times(figure, cost, of: whose, by: base) + [size(figure, whose + "peak", cost.peak, by: base.peak)]
    }
}

/// The outcome of one run.
struct Outcome {
    var readings: [Reading] = []
    /// How many rows the receiving node holds, and their hash, as one text.
    var content = ""
}
