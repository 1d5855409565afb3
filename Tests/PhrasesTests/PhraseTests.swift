import Testing

@testable import Phrases

@Suite("Phrases")
struct PhraseTests {
    private func text(_ phrase: Phrase, _ arguments: [String]) -> String {
        phrase.pieces(arguments).reduce(into: "") { out, piece in
            switch piece {
            case .text(let text): out += text
            case .argument(let index): out += arguments[index]
            }
        }
    }

    @Test(
        "A Russian word has the form that stands with its number",
        arguments: [
            ("0", "0 строк"), ("1", "1 строка"), ("2", "2 строки"), ("4", "4 строки"), ("5", "5 строк"),
            ("11", "11 строк"), ("12", "12 строк"), ("14", "14 строк"), ("21", "21 строка"), ("22", "22 строки"),
            ("111", "111 строк"), ("112", "112 строк"), ("1001", "1001 строка"), ("-1", "-1 строка"),
            ("many", "many строк"),
        ])
    func russian(_ number: String, _ said: String) {
        #expect(text(Phrase("{1} {1:строка|строки|строк}", in: .russian), [number]) == said)
    }

    @Test("What is put in stands where the other language wants it, and a word may be chosen by it")
    func places() {
        #expect(text(Phrase("{2} 的变更集 {1}", in: .chinese), ["7", "osh"]) == "osh 的变更集 7")
        #expect(text(Phrase("本{1?day:日|month:月}", in: .chinese), ["month"]) == "本月")
        #expect(text(Phrase("本{1?day:日|month:月}", in: .chinese), ["year"]) == "本year")
    }

    @Test("Braces that are no place stay")
    func braces() {
        #expect(text(Phrase(#"{"<feed>": 12, …} {0} {9}{"#, in: .russian), []) == #"{"<feed>": 12, …} {0} {"#)
    }

    @Test(
        "The language is that of LC_ALL, else of LC_MESSAGES, else of LANG; else English",
        arguments: [
            (["LANG": "ru_RU.UTF-8"], Language.russian), (["LANG": "ru_RU.UTF-8", "LC_ALL": "C"], .english),
            (["LC_MESSAGES": "zh_CN.UTF-8", "LANG": "ru"], .chinese), (["LC_ALL": "", "LANG": "zh"], .chinese),
            (["LANG": "kk_KZ.UTF-8"], .english), ([:], .english),
        ])
    func environment(_ environment: [String: String], _ language: Language) {
        #expect(Language(environment: environment) == language)
    }
}

@Suite("Sentences that come as text")
struct RecognitionTests {
    private let book = Phrasebook(
        .russian,
        Entry.read(
            """
            the disk of {} is full: free some space
            ru: диск {1} полон: освободите место
            zh: {1} 已满

            the exchange with {} broke off: {}
            ru: обмен с {1} прервался: {2}
            zh: 与 {1} 中断：{2}

            the connection was lost
            ru: соединение потеряно
            zh: 连接丢失

            ; run `caravan verify` at {}
            ru: ; выполните `caravan verify` на {1}
            zh: ；在 {1} 运行 `caravan verify`

            {} of {}
            ru: {1} из {2}
            zh: {1}/{2}
            """))

    @Test(
        "One is recognised with what was put into it, with and without its full stop, and with what stands behind it",
        arguments: [
            ("the disk of /a is full: free some space", "диск /a полон: освободите место"),
            ("the disk of /a is full: free some space.", "диск /a полон: освободите место."),
            ("the exchange with osh broke off: the connection was lost", "обмен с osh прервался: соединение потеряно"),
            ("osh: at /a: the disk of /a is full: free some space", "osh: at /a: диск /a полон: освободите место"),
            ("the exchange with osh broke off: it was late", "обмен с osh прервался: it was late"),
            (
                "the exchange with osh broke off: the connection was lost; run `caravan verify` at osh",
                "обмен с osh прервался: соединение потеряно; выполните `caravan verify` на osh"
            ),
        ])
    func recognised(_ english: String, _ russian: String) { #expect(book.translation(of: english) == russian) }

    @Test(
        "A word is chosen by what was put in, and not by what that is in another language",
        arguments: [
            (Language.russian, "no row of t has the key or the name “x”", "в t нет строки с ключом или названием «x»"),
            (.chinese, "no row of t has the key or the name “x”", "t 中没有键或名称为“x”的行"),
            (.chinese, "no row of t has the key “x”", "t 中没有键为“x”的行"),
        ])
    func chosen(_ language: Language, _ english: String, _ said: String) {
        let entries = Entry.read(
            """
            no row of {} has {} “{}”
            ru: в {1} нет строки с {2?the key:ключом|the key or the name:ключом или названием} «{3}»
            zh: {1} 中没有{2?the key:键|the key or the name:键或名称}为“{3}”的行

            the key or the name
            ru: ключ или название
            zh: 键或名称
            """)
        #expect(Phrasebook(language, entries).translation(of: english) == said)
    }

    @Test(
        "A count has its words in English too, within what is said around it, and a message without one stays",
        arguments: [
            ("1 rows are in /a", "1 row is in /a"), ("2 rows are in /a", nil),
            ("osh: 1 rows are in /a", "osh: 1 row is in /a"), ("the key or the name", nil),
        ])
    func counted(_ sentence: String, _ said: String?) {
        let book = Phrasebook(
            .english,
            Entry.read(
                """
                {} rows are in {}
                en: {1} {1:row is|rows are} in {2}
                ru: строк в {2}: {1}
                zh: {2} 中有 {1} 行

                the key or the name
                ru: ключ или название
                zh: 键或名称
                """))
        #expect(book.translation(of: sentence) ?? sentence == said ?? sentence)
    }

    @Test("A template of few words fits where a number stands in it, and nothing else")
    func numbers() {
        let book = Phrasebook(
            .russian,
            Entry.read(
                """
                {}, line {}
                ru: {1}, строка {2}
                zh: {1} 第 {2} 行

                it is wrong
                ru: неверно
                zh: 不对
                """))
        #expect(book.translation(of: "a.yaml, line 7") == "a.yaml, строка 7")
        #expect(book.translation(of: "a.yaml, line 7: it is wrong") == "a.yaml, строка 7: неверно")
        #expect(book.translation(of: "a, line of people") == nil)
    }

    @Test(
        "What no template tells is left alone, and so is a name", arguments: ["nobody said this", "osh", "", "a of b"])
    func other(_ sentence: String) { #expect(book.translation(of: sentence) == nil) }

    @Test(
        "Every sentence of the product is recognised as the one that it is, with what was put into it",
        arguments: Language.allCases)
    func ownSentences(_ language: Language) throws {
        let book = Phrasebook(language)
        for entry in Entry.all where Template(entry.english).isTelling && entry.text(in: language) != nil {
            let parts = entry.english.split(separator: "{}", omittingEmptySubsequences: false)
            let arguments = (1..<parts.count).map { "q\($0)q" }
            let sentence = zip(parts, arguments + [""]).map { $0 + $1 }.joined()
            let phrase = try #require(book.phrase(for: entry.english))
            let said = phrase.pieces(arguments).reduce(into: "") { out, piece in
                switch piece {
                case .text(let text): out += text
                case .argument(let index): out += arguments[index]
                }
            }
            #expect(book.translation(of: sentence) == said, "\(entry.english)")
        }
    }

    @Test("Every entry is said in each language, and found by its template", arguments: [Language.russian, .chinese])
    func whole(_ language: Language) {
        let book = Phrasebook(language)
        #expect(Entry.all.count > 900)
        for entry in Entry.all { #expect(book.phrase(for: entry.english) != nil, "\(entry.english)") }
    }
}
