/// The messages of the command line itself: its words, its input and its output.
enum OutputPhrases {
    static let text = #"""
        {} (`{} --help` shows what it takes; words that begin with a dash stand behind `--`)
        ru: {1} (что можно писать, покажет `{2} --help`; слова, что начинаются с дефиса, стоят за `--`)
        zh: {1}（用法见 `{2} --help`；以连字符开头的词写在 `--` 之后）

        refers to row {} of {} by {}
        ru: ссылается на строку {1} таблицы {2} через {3}
        zh: 通过 {3} 引用 {2} 的行 {1}

        row {} of {} refers to it by {}
        ru: на неё ссылается строка {1} таблицы {2} через {3}
        zh: {2} 的行 {1} 通过 {3} 引用它

        rows of {} may refer to it by {}, which no index leads to
        ru: на неё могут ссылаться строки {1} через {2}, к которому не ведёт индекс
        zh: {1} 的行可能通过没有索引的 {2} 引用它

        … and more rows of {}
        ru: … и ещё строки {1}
        zh: …以及 {1} 的更多行

        {} (`{} --help` shows what it takes)
        ru: {1} (как пользоваться: `{2} --help`)
        zh: {1}（用法见 `{2} --help`）

        argument {}
        ru: аргумент {1}
        zh: 第 {1} 个参数

        {} is not UTF-8: “{}”; write it in UTF-8, and use a terminal that does
        ru: {1} не в UTF-8: «{2}»; пишите в UTF-8, в терминале, который его знает
        zh: {1} 不是 UTF-8：“{2}”；请用 UTF-8 书写，并使用支持它的终端

        --language needs en, ru or zh behind it
        ru: после --language нужно en, ru или zh
        zh: --language 后面要写 en、ru 或 zh

        there is no language {}: write en, ru or zh
        ru: языка {1} нет: пишите en, ru или zh
        zh: 没有语言 {1}：请写 en、ru 或 zh

        --home needs the node's folder behind it
        ru: после --home нужна папка узла
        zh: --home 后面要写节点的目录

        there is no command `{}`{}: `{} --help` lists those that there are
        ru: нет команды `{1}`{2}: список команд выводит `{3} --help`
        zh: 没有命令 `{1}`{2}：`{3} --help` 列出所有命令

        {} cannot be read: check its name and who may read it
        ru: {1} не читается: проверьте имя и права
        zh: 无法读取 {1}：请检查名称和读取权限

        line {} of {} has a NUL character in it: is it a text file in UTF-8?
        ru: в строке {1} файла {2} есть символ NUL: точно ли это текст в UTF-8?
        zh: {2} 的第 {1} 行含有 NUL 字符：它是 UTF-8 文本文件吗？

        standard input cannot be read ({}): give what is to be run as an argument, or in a file behind <
        ru: стандартный ввод не читается ({1}): передайте запрос аргументом или файлом через <
        zh: 无法读取标准输入（{1}）：请把要运行的内容作为参数给出，或放在 < 后面的文件里

        standard input
        ru: стандартный ввод
        zh: 标准输入

        line {} of {} is not UTF-8: “{}”; convert the text first, such as with `iconv -f {} -t UTF-8`
        ru: строка {1} ({2}) не в UTF-8: «{3}»; сначала перекодируйте текст, например `iconv -f {4} -t \#
        UTF-8`
        zh: {2} 的第 {1} 行不是 UTF-8：“{3}”；请先转换文本，例如 `iconv -f {4} -t UTF-8`

        {} is not UTF-8: convert it first
        ru: {1} не в UTF-8: сначала перекодируйте
        zh: {1} 不是 UTF-8：请先转换

        --home is empty: name the node's folder, or leave --home out
        ru: --home пуст: укажите папку узла или уберите --home
        zh: --home 为空：请写节点的目录，或去掉 --home

        value
        ru: значение
        zh: 值

        line {}: new, and looks like {}, which {}
        ru: строка {1}: новая, но похожа на {2}: {3}
        zh: 第 {1} 行：新增，但与 {2} 相似：{3}

        new
        ru: новая
        zh: 新增

        changed
        ru: изменена
        zh: 更改

        line {}: {}{}  {}
        ru: строка {1}: {2}{3}  {4}
        zh: 第 {1} 行：{2}{3}  {4}

        {} new, {} changed, {} as they are here, {} refused
        ru: новых {1}, изменённых {2}, без изменений {3}, отклонено {4}
        zh: 新增 {1}，更改 {2}，与现有相同 {3}，拒绝 {4}

        {}: {} rows; {}
        en: {1}: {2} {2:row|rows}; {3}
        ru: {1}: {2} {2:строка|строки|строк}; {3}
        zh: {1}：{2} 行；{3}

        nothing is written: this is a dry run
        ru: ничего не записано: это пробный прогон
        zh: 未写入任何内容：这是试运行

        nothing is written, for some lines are refused, and --strict wants all or none
        ru: ничего не записано: часть строк отклонена, а с --strict записываются либо все, либо ни одной
        zh: 未写入任何内容：有些行被拒绝，而 --strict 要求要么全部写入，要么全不写入

        nothing would be written, for some lines are refused, and --strict wants all or none
        ru: ничего не было бы записано: часть строк отклонена, а с --strict записываются либо все, либо ни одной
        zh: 不会写入任何内容：有些行被拒绝，而 --strict 要求要么全部写入，要么全不写入

        written as changeset {}:{}
        ru: записано набором изменений {1}:{2}
        zh: 已写为变更集 {1}:{2}

        the output could not be written ({}), and what is there of it is not all: try again
        ru: вывод не удалось записать ({1}), записанное неполно: повторите
        zh: 无法写出输出（{1}），已有部分并不完整：请重试

        no peers: add one with `caravan peer add NAME HOST:PORT`
        ru: партнёров нет: добавьте (`caravan peer add NAME HOST:PORT`)
        zh: 没有对端：用 `caravan peer add NAME HOST:PORT` 添加

        sent, held, applied
        ru: отправлено, хранит, применил
        zh: 已发送、已持有、已应用

        addresses
        ru: адреса
        zh: 地址

        a clock is off: `caravan doctor` says what to do
        ru: чьи-то часы неверны: что делать, скажет `caravan doctor`
        zh: 有时钟不准：`caravan doctor` 说明怎么办

        , the oldest of {}
        ru: , самый старый — {1}
        zh: ，最早的 {1}

        lacks {} changesets{}
        en: lacks {1} {1:changeset|changesets}{2}
        ru: не хватает {1} {1:набора|наборов|наборов} изменений{2}
        zh: 缺少 {1} 个变更集{2}

        has {} that are not here
        en: has {1} that {1:is|are} not here
        ru: есть {1}, которых нет здесь
        zh: 有 {1} 个这里没有

        was in sync
        ru: был синхронизирован
        zh: 曾同步

        in sync
        ru: синхронизирован
        zh: 已同步

        (they dialled)
        ru: (подключился он)
        zh: （由对方连接）

        connected
        ru: на связи
        zh: 已连接

        exchanging
        ru: обменивается
        zh: 正在同步

        {} since {}{}
        ru: {1} с {2}{3}
        zh: {2} 起{1}{3}

        until
        ru: до
        zh: 直到

        open
        ru: открыто
        zh: 开放

        closed
        ru: закрыто
        zh: 关闭

        at most {}/s
        ru: не более {1}/с
        zh: 最多 {1}/秒

        ahead of
        ru: спешат
        zh: 快

        behind
        ru: отстают
        zh: 慢

        refused as retired
        ru: не принимают как исключённый
        zh: 被视为已退出而拒绝

        by {} as retired, since {}: what is written here stays here until an admin who still counts runs `caravan \#
        member role {} {}` at another node, and `caravan member release {}` once it is synced
        ru: как исключённый, с {2}: {1}; написанное здесь останется здесь, пока администратор, чьё право в силе, не \#
        выполнит `caravan member role {3} {4}` на другом узле, а после обмена `caravan member release {5}`
        zh: 自 {2} 起被 {1} 视为已退出：此处写的内容只留在此处，直到权限有效的管理员在另一节点运行 `caravan member role {3} {4}`，并在同步后运行 `caravan member release {5}`

        {} days {} ours
        ru: {2} на {1} дн.
        zh: 比本机{2} {1} 天

        {} years {} ours
        ru: {2} на {1} г.
        zh: 比本机{2} {1} 年

        {} min {} ours
        ru: {2} на {1} мин
        zh: 比本机{2} {1} 分钟

        {}: sent {} of {}, received {}, applied {}
        ru: {1}: отправлено {2} из {3}, получено {4}, применено {5}
        zh: {1}：已发送 {2}/{3}，收到 {4}，应用 {5}

        {} of {} {}
        ru: {3}: {1} из {2}
        zh: {3} {1}/{2}

        the code is too long for a QR picture: name fewer addresses, or leave --qr out
        ru: код слишком длинный для QR-кода: укажите меньше адресов или уберите --qr
        zh: 代码太长，无法生成二维码：请减少地址，或去掉 --qr

        {} s ago
        ru: {1} с назад
        zh: {1} 秒前

        {} min ago
        ru: {1} мин назад
        zh: {1} 分钟前

        {} h ago
        ru: {1} ч назад
        zh: {1} 小时前

        {} days ago
        en: {1} {1:day|days} ago
        ru: {1} {1:день|дня|дней} назад
        zh: {1} 天前

        this terminal cannot be edited on: give the SQL as an argument
        ru: на этом терминале нельзя править строку: укажите SQL аргументом
        zh: 此终端无法编辑：请把 SQL 作为参数给出

        .tables          the tables and views
        ru: .tables          таблицы и представления
        zh: .tables          表和视图

        .schema [TABLE]  how they are defined
        ru: .schema [TABLE]  как они определены
        zh: .schema [TABLE]  它们的定义

        .quit            ends, as Ctrl-D does
        ru: .quit            конец, как и Ctrl-D
        zh: .quit            结束，与 Ctrl-D 相同

        Statements end with a semicolon. Tab completes names; Ctrl-C takes back what is typed.
        ru: Запрос кончается точкой с запятой. Tab дополняет имена; Ctrl-C стирает набранное.
        zh: 语句以分号结束。Tab 补全名称；Ctrl-C 取消正在输入的内容。

        there is no command {}{}: .help lists those that there are
        ru: нет команды {1}{2}: список команд выводит .help
        zh: 没有命令 {1}{2}：.help 会列出

        there is no table {}{}: .tables lists them
        ru: нет таблицы {1}{2}: список таблиц выводит .tables
        zh: 没有表 {1}{2}：.tables 会列出

        (did you mean {}?)
        ru: (может быть, {1}?)
        zh: （是不是 {1}？）

        line {}
        ru: строка {1}
        zh: 第 {1} 行

        line {}, {}
        ru: строка {1}, {2}
        zh: 第 {1} 行，{2}

        {}: refused{}: {}
        ru: {1}: отклонено{2}: {3}
        zh: {1}：拒绝{2}：{3}

        table {} is the alliance's, and is there again with its rows: DELETE FROM {} takes those out everywhere
        ru: таблица {1} принадлежит альянсу и снова на месте со всеми строками: чтобы убрать их везде, выполните DELETE FROM {2}
        zh: 表 {1} 属于联盟，已连同其行恢复：要在各处删除这些行，请执行 DELETE FROM {2}
        """#
}
