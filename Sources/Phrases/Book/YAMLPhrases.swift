/// The messages of the YAML reader, about what somebody wrote into `config.yaml`.
enum YAMLPhrases {
    static let text = #"""
        block sequence entries are not allowed in this context
        ru: элемент списка здесь недопустим
        zh: 此处不能有列表项

        mapping keys are not allowed in this context
        ru: ключ здесь недопустим
        zh: 此处不能有键

        control characters are not allowed
        ru: управляющие знаки недопустимы
        zh: 不允许有控制字符

        could not find expected directive name
        ru: нет имени директивы
        zh: 缺少指令名称

        did not find URI escaped octet
        ru: нет байта в записи %XX
        zh: 缺少 %XX 形式的字节

        did not find expected '!'
        ru: нет знака «!»
        zh: 缺少“!”

        did not find expected ',' or ']'
        ru: нет запятой или «]»
        zh: 缺少逗号或“]”

        did not find expected ',' or '}'
        ru: нет запятой или «}»
        zh: 缺少逗号或“}”

        did not find expected '-' indicator
        ru: нет знака «-»
        zh: 缺少“-”

        did not find expected <document start>
        ru: нет начала документа
        zh: 缺少文档的开头

        did not find expected <stream-start>
        ru: нет начала текста
        zh: 缺少文本的开头

        did not find expected alphabetic or numeric character
        ru: нет буквы или цифры
        zh: 缺少字母或数字

        did not find expected comment or line break
        ru: нет комментария или конца строки
        zh: 缺少注释或换行

        did not find expected digit or '.' character
        ru: нет цифры или точки
        zh: 缺少数字或点

        did not find expected hexdecimal number
        ru: нет шестнадцатеричного числа
        zh: 缺少十六进制数

        did not find expected tag URI
        ru: нет адреса тега
        zh: 缺少标签的 URI

        did not find expected version number
        ru: нет номера версии
        zh: 缺少版本号

        did not find expected whitespace or line break
        ru: нет пробела или конца строки
        zh: 缺少空格或换行

        did not find expected whitespace
        ru: нет пробела
        zh: 缺少空格

        did not find the expected '>'
        ru: нет знака «>»
        zh: 缺少“>”

        expected low surrogate area
        ru: нет второй половины знака UTF-16
        zh: 缺少 UTF-16 的低位代理

        unexpected low surrogate area
        ru: лишняя вторая половина знака UTF-16
        zh: 多余的 UTF-16 低位代理

        found a tab character that violates indentation
        ru: знак табуляции нарушает отступ
        zh: 制表符破坏了缩进

        found a tab character where an indentation space is expected
        ru: в отступе знак табуляции вместо пробела
        zh: 缩进处应为空格，却是制表符

        found an incorrect leading UTF-8 octet
        ru: неверный первый байт знака UTF-8
        zh: UTF-8 首字节不正确

        found an incorrect trailing UTF-8 octet
        ru: неверный следующий байт знака UTF-8
        zh: UTF-8 后续字节不正确

        found an indentation indicator equal to 0
        ru: указан отступ 0
        zh: 缩进指示为 0

        found duplicate %TAG directive
        ru: директива %TAG повторяется
        zh: %TAG 指令重复

        found duplicate %YAML directive
        ru: директива %YAML повторяется
        zh: %YAML 指令重复

        found extremely long version number
        ru: слишком длинный номер версии
        zh: 版本号过长

        found incompatible YAML document
        ru: неподходящая версия YAML
        zh: YAML 版本不兼容

        found invalid Unicode character escape code
        ru: неверный код знака Юникода
        zh: Unicode 字符代码无效

        found undefined alias
        ru: псевдоним не определён
        zh: 别名未定义

        found undefined tag handle
        ru: тег не определён
        zh: 标签未定义

        found unexpected ':'
        ru: лишнее двоеточие
        zh: 多余的冒号

        found unexpected document indicator
        ru: лишний знак начала или конца документа
        zh: 多余的文档标记

        found unexpected end of stream
        ru: неожиданный конец текста
        zh: 文本意外结束

        found unexpected non-alphabetical character
        ru: лишний знак, который не буква
        zh: 多余的非字母字符

        found unknown directive name
        ru: неизвестная директива
        zh: 未知的指令

        found unknown escape character
        ru: неизвестный знак после обратной косой черты
        zh: 反斜杠后的字符未知

        but found another document
        ru: в файле больше одного документа
        zh: 文件中不止一个文档

        incomplete UTF-16 character
        ru: неполный знак UTF-16
        zh: UTF-16 字符不完整

        incomplete UTF-16 surrogate pair
        ru: неполная пара UTF-16
        zh: UTF-16 代理对不完整

        incomplete UTF-8 octet sequence
        ru: неполный знак UTF-8
        zh: UTF-8 字节序列不完整

        input error
        ru: текст не читается
        zh: 文本无法读取

        input is too long
        ru: текст слишком длинный
        zh: 文本过长

        invalid Unicode character
        ru: недопустимый знак Юникода
        zh: 无效的 Unicode 字符

        invalid leading UTF-8 octet
        ru: недопустимый первый байт UTF-8
        zh: 无效的 UTF-8 首字节

        invalid length of a UTF-8 sequence
        ru: недопустимая длина знака UTF-8
        zh: UTF-8 序列长度无效

        invalid trailing UTF-8 octet
        ru: недопустимый следующий байт UTF-8
        zh: 无效的 UTF-8 后续字节
        """#
}
