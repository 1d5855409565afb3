import ArgumentParser

/// The figures, in the order in which they are taken.
enum Figure: String, CaseIterable, Codable, ExpressibleByArgument {
    case insert, seal, start, size, verify, exchange, wire, idle, cell, update, singles, many, lists
    case exchangeUpdates = "exchange-updates"

    static let allCases: [Figure] = [
        .insert, .seal, .start, .size, .verify, .exchange, .wire, .idle, .cell, .update, .exchangeUpdates, .singles,
        .many, .lists,
    ]

    /// Whether two nodes must have exchanged the first rows before it can be taken.
    var isOfExchange: Bool { [.size, .exchange, .wire, .idle, .cell, .exchangeUpdates].contains(self) }

    /// Whether the rows must have been updated.
    var isOfUpdate: Bool { [.update, .exchangeUpdates].contains(self) }
}
