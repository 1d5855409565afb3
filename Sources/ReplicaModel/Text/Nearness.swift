/// How near a word is to another: for names that were mistyped.
public enum Nearness {
    /// The candidate that differs in the fewest letters, where it differs in no more than a third of them.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let ranked = candidates.map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance * 3 <= max(word.utf8.count, 3) ? best.name : nil
    }

    /// The question whether another name was meant, to stand behind one that there is not; empty where none is near.
    /// Capitals of ASCII count as their small letters.
    public static func advice(
        for word: some CustomStringConvertible, among candidates: [some CustomStringConvertible]
    ) -> String {
        let folded = candidates.map { Identifier($0.description).folded.text }
        guard let found = nearest(to: Identifier(word.description).folded.text, among: folded),
            let place = folded.firstIndex(of: found)
        else { return "" }
        return " (did you mean \(candidates[place])?)"
    }

    /// Letters to put in, to take out, to change or to exchange with their neighbour (the restricted distance of
    /// Damerau and Levenshtein).
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        // Longer words are no names of columns, and would take long.
        guard a.count <= 128, b.count <= 128 else { return .max / 4 }
        var rows = [Array(0...b.count)]
        for i in 1...max(a.count, 1) where i <= a.count {
            var row = [i]
            for j in 1...max(b.count, 1) where j <= b.count {
                let changed = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                var least = min(rows[i - 1][j] + 1, row[j - 1] + 1, changed)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    least = min(least, rows[i - 2][j - 2] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
