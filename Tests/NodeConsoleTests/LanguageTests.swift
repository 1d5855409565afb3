import Foundation
import Testing

@testable import NodeConsole

@Suite("Languages of the console")
struct LanguageTests {
    @Test("every language has a message for every key")
    func sameKeys() {
        let keys = Language.allCases.map { $0.messages.keys.sorted() }
        #expect(keys[0] == keys[1])
        #expect(keys[1] == keys[2])
        #expect(keys[0].count > 250)
    }

    @Test("every message that a template asks for is there")
    func templatesAsk() {
        for (name, text) in Templates.texts {
            for part in text.components(separatedBy: "{{t.").dropFirst() {
                let key = part.components(separatedBy: "}}")[0]
                #expect(Language.en.messages[key] != nil, "\(name) asks for \(key)")
            }
        }
    }

    @Test("a message has the same blanks in every language, and as many forms as the language has")
    func sameBlanks() {
        for (key, english) in Language.en.messages {
            for language in Language.allCases {
                let text = language.messages[key] ?? ""
                for blank in ["{0}", "{1}", "{2}", "{n}"] {
                    #expect(text.contains(blank) == english.contains(blank), "\(key) \(language) \(blank)")
                }
                guard english.contains(" ¦ ") else { continue }
                let forms = text.components(separatedBy: " ¦ ").count
                #expect(forms == [.zh: 1, .ru: 3, .en: 2][language], "\(key) \(language)")
            }
        }
    }

    @Test("numbers take the form that the language asks for")
    func plurals() {
        #expect(Language.ru.text("n_records", count: 1) == "1 запись")
        #expect(Language.ru.text("n_records", count: 3) == "3 записи")
        #expect(Language.ru.text("n_records", count: 12) == "12 записей")
        #expect(Language.ru.text("n_records", count: 21) == "21 запись")
        #expect(Language.en.text("n_records", count: 1) == "1 record")
        #expect(Language.zh.text("n_records", count: 2) == "2 条")
    }

    @Test("large numbers and times are written as the language writes them")
    func numbersAndTimes() throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        #expect(Language.en.number(1_234_567) == "1,234,567")
        #expect(Language.ru.number(1_234_567) == "1\u{A0}234\u{A0}567")
        #expect(Language.zh.dateTime(1_778_572_800_000, zone) == "2026年5月12日 08:00")
        #expect(Language.ru.dateTime(1_778_572_800_000, zone) == "12 мая 2026, 08:00")
        #expect(Language.en.dateTime(1_778_572_800_000, zone) == "12 May 2026, 08:00")
    }

    @Test(
        "a browser's wish is followed, the weightiest first",
        arguments: [
            ("ru-RU,ru;q=0.9,en;q=0.8", Language.ru), ("fr, zh-CN;q=0.5, en;q=0.4", .zh), ("fr", .en), ("", .en),
            ("en;q=0.1, zh;q=0.9", .zh),
        ])
    func accepting(header: String, language: Language) {
        #expect(Language(accepting: header) == language)
    }

    @Test("what is put into a message is not looked through for blanks")
    func blanksInArguments() {
        #expect(Language.en.text("sync_done", "{1}", "2", "3") == "{1}: 2 sent, 3 received.")
    }
}
