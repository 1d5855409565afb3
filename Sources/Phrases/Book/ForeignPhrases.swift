/// The messages of the parser of words and of SQLite, and of what several messages share.
enum ForeignPhrases {
    static let text = #"""
        Unknown option '{}'
        ru: нет параметра «{1}»
        zh: 没有选项“{1}”

        Unknown option '{}'. Did you mean '{}'?
        ru: нет параметра «{1}»; может быть, «{2}»?
        zh: 没有选项“{1}”；是不是“{2}”？

        Missing value for '{}'
        ru: после «{1}» нужно значение
        zh: “{1}”后面缺少值

        Unexpected argument '{}'
        ru: лишний аргумент «{1}»
        zh: 多余的参数“{1}”

        The option '{}' does not take any value, but '{}' was specified.
        ru: у параметра «{1}» нет значения, а указано «{2}»
        zh: 选项“{1}”不带值，却给出了“{2}”

        Value to be set with {} had already been set with {}
        ru: {1}: то же уже задано ({2})
        zh: {1}：已由 {2} 设定

        Invalid option: {}
        ru: нет такого параметра: {1}
        zh: 没有这样的选项：{1}

        Missing expected argument '{}'
        ru: не хватает аргумента «{1}»
        zh: 缺少参数“{1}”

        Missing required subcommand.
        ru: не указана подкоманда
        zh: 缺少子命令

        The value '{}' is invalid for '{}'
        ru: значение «{1}» не годится для «{2}»
        zh: 值“{1}”不适用于“{2}”

        The value '{}' is invalid for '{}'. Please provide one of {}
        ru: значение «{1}» не годится для «{2}»; допустимы {3}
        zh: 值“{1}”不适用于“{2}”；可用的有 {3}

        The value '{}' is invalid for '{}'. Please provide one of the following: {}
        ru: значение «{1}» не годится для «{2}»; допустимы {3}
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

        'csv', 'tsv', 'json' or 'xlsx'
        ru: csv, tsv, json и xlsx
        zh: csv、tsv、json 和 xlsx

        the default of column {} of table {} {}
        ru: значение по умолчанию столбца {1} таблицы {2} {3}
        zh: 表 {2} 的列 {1} 的默认值{3}

        the default of generated column {} of table {} {}
        ru: значение по умолчанию вычисляемого столбца {1} таблицы {2} {3}
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

        alliance
        ru: альянс
        zh: 联盟

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

        {} refused: {}
        ru: {1} ответил отказом: {2}
        zh: {1} 拒绝：{2}

        {}, line {}
        ru: {1}, строка {2}
        zh: {1} 第 {2} 行

        line {}: {}
        ru: строка {1}: {2}
        zh: 第 {1} 行：{2}

        (line {}: {})
        ru: (строка {1}: {2})
        zh: （第 {1} 行：{2}）

        did not find expected node content
        ru: нет ожидаемого значения
        zh: 缺少应有的值

        did not find expected key
        ru: нет ожидаемого ключа
        zh: 缺少应有的键

        mapping values are not allowed in this context
        ru: двоеточие здесь недопустимо
        zh: 此处不能有冒号

        could not find expected ':'
        ru: нет двоеточия
        zh: 缺少冒号

        found character that cannot start any token
        ru: недопустимый знак в начале
        zh: 开头有不允许的字符

        “{}”
        ru: «{1}»
        zh: “{1}”

        {}{}.{} s
        ru: {1}{2},{3} с
        zh: {1}{2}.{3} 秒

        TABLE
        ru: ТАБЛИЦА
        zh: 表

        COLUMN
        ru: СТОЛБЕЦ
        zh: 列

        a console of this node runs already: `caravan console` prints a link to it, or end that one
        ru: консоль этого узла уже работает: ссылку на неё напечатает `caravan console`; или завершите её
        zh: 本节点的控制台已在运行：`caravan console` 会输出它的链接，或者先结束它

        no console of this node runs: start one with `caravan serve --console 127.0.0.1:7480`
        ru: консоль этого узла не работает: запустите её (`caravan serve --console 127.0.0.1:7480`)
        zh: 本节点的控制台没有运行：请用 `caravan serve --console 127.0.0.1:7480` 启动

        {} cannot be made: check who owns the node's folder
        ru: не удаётся создать {1}: проверьте, кому принадлежит папка узла
        zh: 无法创建 {1}：请检查节点目录的所有者

        {} cannot be written: check who owns the node's folder
        ru: не удаётся записать {1}: проверьте, кому принадлежит папка узла
        zh: 无法写入 {1}：请检查节点目录的所有者

        pages go without TLS, so to this machine alone; write 127.0.0.1:PORT
        ru: страницы отдаются без TLS, поэтому только на этой машине; пишите 127.0.0.1:PORT
        zh: 页面不经 TLS，因此仅限本机；请写 127.0.0.1:PORT

        the console's certificate {} is no PEM file of certificates that can be read: name another as consoleCertificate in config.yaml
        ru: сертификат консоли {1} — не файл PEM с сертификатами, который можно прочесть: укажите другой как consoleCertificate в config.yaml
        zh: 控制台的证书 {1} 不是可读取的 PEM 证书文件：请在 config.yaml 的 consoleCertificate 中指定另一个

        the console's key {} is no PEM file of a key that can be read: name another as consoleKey in config.yaml
        ru: ключ консоли {1} — не файл PEM с ключом, который можно прочесть: укажите другой как consoleKey в config.yaml
        zh: 控制台的密钥 {1} 不是可读取的 PEM 密钥文件：请在 config.yaml 的 consoleKey 中指定另一个

        the console's certificate {} and key {} do not belong together: name two files that do as consoleCertificate and consoleKey in config.yaml
        ru: сертификат консоли {1} и ключ {2} не подходят друг к другу: укажите два подходящих файла как consoleCertificate и consoleKey в config.yaml
        zh: 控制台的证书 {1} 与密钥 {2} 不配对：请在 config.yaml 的 consoleCertificate 和 consoleKey 中指定配对的两个文件

        it cannot be told in which encoding {} is written: fill in its name, such as GB18030 or windows-1251
        ru: не удалось определить кодировку {1}: впишите её название, например GB18030 или windows-1251
        zh: 无法判断 {1} 的编码：请填写其名称，如 GB18030 或 windows-1251

        the console's certificate cannot be written beside {}: {}
        ru: сертификат консоли нельзя записать рядом с {1}: {2}
        zh: 无法在 {1} 旁写入控制台的证书：{2}

        a bundle
        ru: файл с изменениями
        zh: 变更文件

        {} unexpected arguments: {}
        ru: лишние аргументы ({1}): {2}
        zh: {1} 个多余的参数：{2}

        Missing one of: {}
        ru: нужно одно из: {1}
        zh: 缺少其中之一：{1}

        `proxy` in {}
        ru: `proxy` в {1}
        zh: {1} 中的 `proxy`

        {}, line {}: {}
        ru: {1}, строка {2}: {3}
        zh: {1} 第 {2} 行：{3}
        """#
}
