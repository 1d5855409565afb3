import Testing

@testable import NodeConsole

@Suite("Sentences of the node in the console")
struct SentenceTests {
    @Test("What the node says stands on a page in the page's language, and in English where nobody said it otherwise")
    func said() {
        let sentence = "there is no table t: the tables are u, v"
        #expect(Language.en.said(sentence) == sentence)
        #expect(Language.ru.said(sentence) == "таблицы t нет: есть u, v")
        #expect(Language.zh.said(sentence) == "没有表 t：现有 u, v")
        #expect(Language.zh.said("nobody said this") == "nobody said this")
    }
}
