/// Numbers of bytes as people write them: `500`, `32k`, `50M`, `1G`, `1T`, each 1024 times the one before.
public enum ByteCount {
    private static let suffixes: [Character: Int] = ["k": 10, "K": 10, "M": 20, "G": 30, "T": 40]

    /// Nil for anything else, and for what is no number of bytes that a disk could have.
    static func read(_ text: String) -> Int? {
        let shift = text.last.flatMap { suffixes[$0] }
        let digits = shift == nil ? Substring(text) : text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int(digits),
            count <= most >> (shift ?? 0)
        else { return nil }
        return count << (shift ?? 0)
    }

    /// The shortest text that `read` reads as the same number.
    public static func text(_ count: Int) -> String {
        for (suffix, shift) in [("T", 40), ("G", 30), ("M", 20), ("k", 10)] where count > 0 && count % (1 << shift) == 0
        {
            return "\(count >> shift)\(suffix)"
        }
        return "\(count)"
    }

    /// A text for people, of two digits or more.
    public static func rounded(_ count: Int) -> String {
        for (suffix, shift) in [("T", 40), ("G", 30), ("M", 20), ("k", 10)] where count >= 1 << shift {
            let (whole, tenths) = (count >> shift, ((count & ((1 << shift) - 1)) * 10) >> shift)
            return whole < 10 ? "\(whole).\(tenths)\(suffix)" : "\(whole)\(suffix)"
        }
        return "\(count)"
    }

    /// An exbibyte: sums of a few fit, too.
    private static let most = 1 << 60
}
