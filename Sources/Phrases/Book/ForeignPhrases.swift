/// The messages of the parser of words and of SQLite, and of what several messages share.
enum ForeignPhrases {
    static let text = #"""
        Unknown option '{}'
        ru: нет ключа «{1}»
        zh: 没有选项“{1}”

        Unknown option '{}'. Did you mean '{}'?
        ru: нет ключа «{1}»; может быть, «{2}»?
        zh: 没有选项“{1}”；是不是“{2}”？

        Missing value for '{}'
        ru: за «{1}» должно стоять значение
        zh: “{1}”后面缺少值

        Unexpected argument '{}'
        ru: лишнее слово «{1}»
        zh: 多余的参数“{1}”

        {} unexpected arguments: '{}'
        ru: лишние слова ({1}): «{2}»
        zh: {1} 个多余的参数：“{2}”

        Missing expected argument '{}'
        ru: не хватает «{1}»
        zh: 缺少参数“{1}”

        Missing one of: '{}'
        ru: не хватает одного из: «{1}»
        zh: 缺少其中之一：“{1}”

        Missing required subcommand.
        ru: не хватает подкоманды
        zh: 缺少子命令

        The value '{}' is invalid for '{}'
        ru: значение «{1}» не годится для «{2}»
        zh: 值“{1}”不适用于“{2}”

        The value '{}' is invalid for '{}'. Please provide one of {}
        ru: значение «{1}» не годится для «{2}»; возможны {3}
        zh: 值“{1}”不适用于“{2}”；可用的有 {3}

        The value '{}' is invalid for '{}'. Please provide one of the following: {}
        ru: значение «{1}» не годится для «{2}»; возможны {3}
        zh: 值“{1}”不适用于“{2}”；可用的有 {3}

        'admin', 'member' or 'reader'
        ru: admin, member и reader
        zh: admin、member 和 reader

        'text' and 'json'
        ru: text и json
        zh: text 和 json

        'cell', 'deleted-edited', 'kept', 'duplicate' or 'invalid'
        ru: cell, deleted-edited, kept, duplicate и invalid
        zh: cell、deleted-edited、kept、duplicate 和 invalid

        'csv', 'json' or 'xlsx'
        ru: csv, json и xlsx
        zh: csv、json 和 xlsx

        no such table: {}
        ru: нет таблицы: {1}
        zh: 没有表：{1}

        no such column: {}
        ru: нет столбца: {1}
        zh: 没有列：{1}

        no such function: {}
        ru: нет функции: {1}
        zh: 没有函数：{1}

        table {} has no column named {}
        ru: в таблице {1} нет столбца {2}
        zh: 表 {1} 没有名为 {2} 的列

        near "{}": syntax error
        ru: ошибка в SQL возле «{1}»
        zh: “{1}”附近有语法错误

        incomplete input
        ru: команда не закончена
        zh: 语句不完整

        unrecognized token: "{}"
        ru: непонятный знак: «{1}»
        zh: 无法识别的符号：“{1}”

        NOT NULL constraint failed: {}
        ru: столбец не может быть пуст: {1}
        zh: 不能为空：{1}

        CHECK constraint failed: {}
        ru: не проходит проверку: {1}
        zh: 不符合检查：{1}

        FOREIGN KEY constraint failed
        ru: нарушен внешний ключ
        zh: 违反外键

        datatype mismatch
        ru: не тот тип значения
        zh: 值的类型不符

        {} values for {} columns
        ru: значений {1}, а столбцов {2}
        zh: {1} 个值对应 {2} 列

        the default of column {} of table {} {}
        ru: умолчание столбца {1} таблицы {2} {3}
        zh: 表 {2} 的列 {1} 的默认值{3}

        the default of generated column {} of table {} {}
        ru: умолчание вычисляемого столбца {1} таблицы {2} {3}
        zh: 表 {2} 的生成列 {1} 的默认值{3}

        column {} of table {} {}
        ru: столбец {1} таблицы {2} {3}
        zh: 表 {2} 的列 {1} {3}

        generated column {} of table {} {}
        ru: вычисляемый столбец {1} таблицы {2} {3}
        zh: 表 {2} 的生成列 {1} {3}

        peer
        ru: партнёр
        zh: 对端

        conflicts
        ru: конфликты
        zh: 冲突

        alliance
        ru: альянс
        zh: 联盟

        void
        ru: недействительны
        zh: 无效

        quarantined
        ru: в карантине
        zh: 已隔离

        Connection refused
        ru: в соединении отказано
        zh: 连接被拒绝

        Connection reset by peer
        ru: другая сторона сбросила соединение
        zh: 连接被对方重置

        Connection timed out
        ru: ответа не дождались
        zh: 连接超时

        No route to host
        ru: нет пути к хосту
        zh: 没有到主机的路由

        Network is unreachable
        ru: сеть недостижима
        zh: 网络不可达

        No such file or directory
        ru: нет такого файла или папки
        zh: 没有这个文件或目录

        Permission denied
        ru: нет прав
        zh: 权限不够

        No space left on device
        ru: на диске нет места
        zh: 磁盘空间不足

        Is a directory
        ru: это папка
        zh: 这是目录
        """#
}
