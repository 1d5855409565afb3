/// The words of which dates are made in Chinese, Russian, English and the languages of Central Asia. All are in small
/// letters, and a word is one of them as a whole or none.
enum DateWords {
    /// The month of a name, in full with the ending of a case, or shortened.
    static func month(_ word: String) -> Int? {
        if let known = shortened[word] { return known }
        for length in 0...endingMax where word.count > length {
            let ending = String(word.suffix(length))
            if endings.contains(ending), let known = full[String(word.dropLast(length))] { return known }
        }
        return nil
    }

    private static let full = byWord([
        ["январ", "january", "yanvar", "ýanwar", "қаңтар", "қантар"],
        ["феврал", "february", "fevral", "fewral", "ақпан"],
        ["март", "march", "mart", "наурыз"],
        ["апрел", "april", "aprel", "сәуір"],
        ["май", "мая", "мае", "маю", "may", "maý", "мамыр"],
        ["июн", "june", "iyun", "iýun", "маусым"],
        ["июл", "july", "iyul", "iýul", "шілде"],
        ["август", "august", "avgust", "awgust", "тамыз"],
        ["сентябр", "сентабр", "september", "sentabr", "sentyabr", "sentýabr", "қыркүйек"],
        ["октябр", "октабр", "october", "oktabr", "oktyabr", "oktýabr", "қазан"],
        ["ноябр", "november", "noyabr", "noýabr", "қараша"],
        ["декабр", "december", "dekabr", "желтоқсан"],
    ])

    private static let shortened = byWord([
        ["янв", "jan", "yan", "қаң", "қан"], ["фев", "февр", "feb", "fev", "ақп"], ["мар", "mar", "нау"],
        ["апр", "apr", "сәу"], ["мам"], ["июн", "jun", "мау"], ["июл", "jul", "шіл"], ["авг", "aug", "avg", "там"],
        ["сен", "сент", "sep", "sept", "sen", "қыр"], ["окт", "oct", "okt", "қаз"],
        ["ноя", "нояб", "nov", "noy", "қар"],
        ["дек", "dec", "dek", "жел"],
    ])

    private static func byWord(_ months: [[String]]) -> [String: Int] {
        var out: [String: Int] = [:]
        for (index, words) in months.enumerated() { for word in words { out[word] = index + 1 } }
        return out
    }

    /// Endings of the cases of months, without the hyphen.
    private static let endings: Set<String> = [
        "", "ь", "я", "а", "и", "е", "ю", "у", "да", "де", "та", "те", "ның", "нің", "дың", "дің", "тың", "тің", "dan",
        "da", "ning",
    ]
    private static let endingMax = 4

    static let beforeYear: Set<String> = ["соли", "of"]
    /// Words that stand behind a number which is the year, and those that stand behind the day of a month.
    static let ofYear: Set<String> = [
        "г", "год", "года", "году", "ж", "жыл", "жылы", "жылғы", "жылдын", "жылдың", "й", "йил", "йилда", "йилги",
        "yil",
        "yili", "y", "с", "сол", "соли", "ýyl", "ýylyň", "year",
    ]
    static let ofDay: Set<String> = [
        "го", "е", "ое", "st", "nd", "rd", "th", "ші", "шы", "чи", "чы", "уми", "юми", "ум", "of",
    ]

    static let weekdays: Set<String> = [
        "понедельник", "вторник", "среда", "среду", "четверг", "пятница", "пятницу", "суббота", "субботу",
        "воскресенье",
        "пн", "вт", "ср", "чт", "пт", "сб", "вс",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
        "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі",
        "дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби",
        "душанбе", "сешанбе", "чоршанбе", "панҷшанбе", "ҷумъа", "шанбе", "якшанбе",
        "душанба", "сешанба", "чоршанба", "пайшанба", "шанба", "якшанба",
        "dushanba", "seshanba", "chorshanba", "payshanba", "juma", "shanba", "yakshanba",
    ]

    /// Chinese weekdays, which stand without a blank behind the day.
    static let joinedWeekdays = ["星期", "礼拜", "周"].flatMap { head in "一二三四五六日天".map { head + String($0) } }
}
