/// Names that are given, without regard to case, so that whatever definitions meet, no two things have one name.
struct TakenNames {
    private var names: Set<String> = []

    /// The name itself if nothing has it, and otherwise with so many suffixes as it takes.
    mutating func take(_ name: String, suffix: String) -> String {
        var out = name
        while !names.insert(out.lowercased()).inserted { out += suffix }
        return out
    }
}
