/// The bytes that may go through a node's sockets in a day and in a month; nil for any number.
package struct ByteBudget: Hashable, Sendable {
    package var day: Int?
    package var month: Int?

    package init(day: Int? = nil, month: Int? = nil) { (self.day, self.month) = (day, month) }

    /// The bytes that went in a day and in its month.
    package struct Used: Hashable, Sendable {
        package var day: Int
        package var month: Int

        package init(day: Int = 0, month: Int = 0) { (self.day, self.month) = (day, month) }
    }

    package enum Period: String, Hashable, Sendable { case day, month }

    /// The longest period whose budget is used up.
    package func usedUp(by used: Used) -> Period? {
        if let month, used.month >= month { return .month }
        if let day, used.day >= day { return .day }
        return nil
    }

    /// The periods of whose budget nine tenths are used, or more.
    package func nearlyUsedUp(by used: Used) -> [Period] {
        var out: [Period] = []
        if let day, Self.isNear(used.day, day) { out.append(.day) }
        if let month, Self.isNear(used.month, month) { out.append(.month) }
        return out
    }

    private static func isNear(_ used: Int, _ most: Int) -> Bool { used >= most - most / 10 }
}
