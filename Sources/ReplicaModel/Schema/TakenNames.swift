/// Names that are given, without regard to capitals of ASCII, so that whatever definitions meet, no two things have one
/// name.
struct TakenNames {
    private var names: Set<Identifier> = []

    /// The name itself if nothing has it, and otherwise with so many suffixes as it takes.
    mutating func take(_ name: Identifier, suffix: String) -> Identifier {
        var out = name
        while !names.insert(out.folded).inserted { out = out + suffix }
        return out
    }
}
