/// The languages in which people are spoken to.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case russian = "ru"
    case chinese = "zh"

    /// The language of a locale's name, such as `ru_RU.UTF-8` or `zh-CN`; nil for one that is spoken by nobody here.
    package init?(locale: String) {
        let name = locale.prefix { $0 != "_" && $0 != "-" && $0 != "." && $0 != "@" }
        self.init(rawValue: name.lowercased())
    }

    /// The language of an environment: `LC_ALL`, else `LC_MESSAGES`, else `LANG`, as POSIX has it; else English.
    package init(environment: [String: String]) {
        let told = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = told.flatMap { Language(locale: $0) } ?? .english
    }

    /// The one of a word's forms that stands with a number, the first being 0. Russian has three (1, 21; 2 to 4, 22; 0,
    /// 5 to 20), English two, Chinese one, as Unicode CLDR has them for whole numbers.
    func form(of number: Int) -> Int {
        switch self {
        case .chinese: return 0
        case .english: return number == 1 ? 0 : 1
        case .russian:
            let (ten, hundred) = (number.magnitude % 10, number.magnitude % 100)
            if ten == 1, hundred != 11 { return 0 }
            return (2...4).contains(ten) && !(12...14).contains(hundred) ? 1 : 2
        }
    }
}
