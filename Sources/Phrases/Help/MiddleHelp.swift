/// The help of the commands from `sync` to `resolve`.
enum MiddleHelp {
    static let text = #"""
        One exchange with each peer, then end.
        ru: Обменяться один раз с каждым партнёром и завершиться.
        zh: 与每个对端同步一次，然后结束。

        A PEER is a peer's name, the beginning of its site id, or HOST:PORT. With none, every peer is dialled. The \#
        exit status is 3 if one of them could not be reached or refused; what was exchanged with the others stays. A \#
        peer's windows are not heeded, for somebody wants it now; its rate is. Dials through the proxy that \#
        config.yaml names (`proxy: http://HOST:PORT` or `socks5://…`), else through that of HTTPS_PROXY or ALL_PROXY.
        ru: PEER — имя партнёра, начало идентификатора его узла или HOST:PORT. Без него узел подключается ко всем \#
        партнёрам. Код завершения 3, если с кем-то не удалось связаться или он отказал; полученное от остальных \#
        остаётся. Время обмена партнёра (--window) не учитывается, ведь обмен нужен сейчас; скорость учитывается. \#
        Подключается через прокси из config.yaml (`proxy: http://HOST:PORT` или `socks5://…`), иначе через прокси из \#
        HTTPS_PROXY или ALL_PROXY.
        zh: PEER 是对端名称、站点编号的开头或 HOST:PORT。不写则连接所有对端。有对端无法连通或拒绝时，退出码为 3；与其他对端同步的结果仍保留。因为是现在就要同步，所以不受时段限制；速率限制照旧。通过 \#
        config.yaml 指定的代理连接（`proxy: http://HOST:PORT` 或 `socks5://…`），否则用 HTTPS_PROXY 或 ALL_PROXY 的代理。

        Whom to sync with.
        ru: С кем синхронизироваться.
        zh: 与谁同步。

        Only tell what would come in, and what it would overwrite or bring into conflict.
        ru: Только показать, что будет получено и что оно перезапишет или приведёт к конфликту.
        zh: 只说明会收到什么，以及会覆盖什么或引起哪些冲突。

        Which changesets and rows this node or a peer lacks.
        ru: Каких наборов изменений и строк не хватает этому узлу или партнёру.
        zh: 本节点或对端缺少哪些变更集和行。

        Asks the peer; nothing is exchanged. A PEER is a peer's name, the beginning of its site id, or HOST:PORT.
        ru: Спрашивает партнёра, но ничем не обменивается. PEER — имя партнёра, начало идентификатора его узла или \#
        HOST:PORT.
        zh: 询问对端；不同步任何内容。PEER 是对端名称、站点编号的开头或 HOST:PORT。

        Whom to compare with.
        ru: С кем сравнивать.
        zh: 与谁比较。

        Run SQL on the replica, and seal what it wrote.
        ru: Выполнить SQL на реплике и запечатать написанное.
        zh: 在副本上运行 SQL，并封存所写内容。

        Without an argument: a prompt on a terminal, else the whole of standard input. With --json each row is an \#
        object.
        ru: Без аргумента: на терминале — приглашение, иначе читается весь стандартный ввод. С --json каждая строка \#
        — объект.
        zh: 没有参数时：在终端上为提示符，否则读取全部标准输入。加 --json 时每行是一个对象。

        At the prompt a statement may take several lines and ends with a semicolon. Tab completes tables and \#
        columns, the arrows go through what was typed before, which is kept in sql-history in the node's folder. \#
        Ctrl-C takes back what is being typed, and ends the command while a statement runs. What stands from BEGIN \#
        to COMMIT is run together, once that is typed. \#
        .tables, .schema, .help and .quit stand on a line of their own.
        ru: В приглашении запрос может занимать несколько строк и кончается точкой с запятой. Tab дополняет имена \#
        таблиц и столбцов, стрелки листают набранное раньше: оно хранится в sql-history в папке узла. Ctrl-C стирает \#
        набираемое, а во время выполнения запроса завершает команду. Всё от BEGIN до COMMIT выполняется вместе, когда \#
        это набрано. .tables, .schema, .help и .quit пишутся отдельной строкой.
        zh: 在提示符下，语句可占多行，以分号结束。Tab 补全表名和列名，方向键翻阅以前的输入（保存在节点目录的 sql-history 中）。Ctrl-C 取消正在输入的内容，语句运行时则结束本命令。从 \#
        BEGIN 到 COMMIT 的语句在输入完后一起执行。.tables、.schema、.help 和 .quit 各占一行。

        One or several statements.
        ru: Один или несколько запросов.
        zh: 一条或多条语句。

        Bring a spreadsheet into a table.
        ru: Загрузить электронную таблицу в таблицу базы.
        zh: 把电子表格导入表中。

        FILE is a workbook (.xlsx), or a text with commas, semicolons or tabs. Its encoding and its delimiter are \#
        found out and stated. Headers are the columns' names or words for them in Chinese, Russian or English, in \#
        any order. Rows are recognised by the key, or by the columns of --key; a reference is given by key, or by a \#
        name that is unique in any language. A line that the table does not take is told with its reason, and stops \#
        nothing but itself. The whole file is one changeset, and the same file again writes nothing. The exit status \#
        is 1 where a line or a column was refused.
        ru: FILE — книга (.xlsx) или текст с запятыми, точками с запятой или табуляциями. Кодировка и разделитель \#
        определяются и сообщаются. Заголовки — имена столбцов или их названия по-китайски, по-русски или \#
        по-английски, в любом порядке. Строки распознаются по ключу или по столбцам --key; ссылка задаётся ключом \#
        или названием, уникальным на любом языке. О строке, которую таблица не принимает, сообщается с причиной, и \#
        остальным она не мешает. Весь файл — один набор изменений, а тот же файл ещё раз ничего не запишет. Код \#
        завершения 1, если отклонена строка или столбец.
        zh: FILE 是工作簿（.xlsx），或以逗号、分号、制表符分隔的文本。编码和分隔符会自动识别并说明。表头可以是列名，或其中文、俄文、英文名称，顺序不限。行按键或 --key \#
        的列识别；引用可用键，或在任一语言中唯一的名称。表不接受的行会说明原因，不影响其他行。整个文件是一个变更集，同一文件再次导入不会写入任何内容。有行或列被拒绝时，退出码为 1。

        A workbook, or a text file with a table.
        ru: Книга или текстовый файл с таблицей.
        zh: 工作簿，或含有表格的文本文件。

        The table.
        ru: Таблица.
        zh: 表。

        The sheet of a workbook; else the first.
        ru: Лист книги; иначе первый.
        zh: 工作簿的工作表；否则取第一个。

        A column by which rows are recognised; may be repeated.
        ru: Столбец, по которому распознаются строки; можно повторять.
        zh: 用来识别行的列；可重复。

        The column for a header; #3 is the third of the file, and an empty COLUMN leaves it out.
        ru: Столбец для заголовка; #3 — третий столбец файла, с пустым COLUMN он пропускается.
        zh: 表头对应的列；#3 指文件的第三列，COLUMN 为空则略过。

        The encoding of a text, such as GB18030 or windows-1251.
        ru: Кодировка текста, например GB18030 или windows-1251.
        zh: 文本的编码，如 GB18030 或 windows-1251。

        The line of the header; else it is found.
        ru: Строка заголовка; иначе она отыскивается.
        zh: 表头所在的行；否则自动查找。

        What divides the cells of a text: , ; tab or |.
        ru: Разделитель ячеек в тексте: , ; tab или |.
        zh: 文本中单元格的分隔符：, ; tab 或 |。

        Write nothing where any line is refused.
        ru: Ничего не записывать, если отклонена хоть одна строка.
        zh: 只要有一行被拒绝就什么都不写。

        Only tell what would be written, and what is refused.
        ru: Только показать, что будет записано и что отклонено.
        zh: 只说明会写入什么、拒绝什么。

        Write a table or a query as a spreadsheet.
        ru: Записать таблицу или запрос как электронную таблицу.
        zh: 把表或查询写成电子表格。

        CSV in UTF-8, an object of JSON a line, or a workbook. A table that is exported as CSV or .xlsx and imported \#
        again is the same, class by class: a cell without a value is NULL, an apostrophe stands before a text that \#
        would be read as something else or run as a formula, and the apostrophe alone is the empty text.
        ru: CSV в UTF-8, по объекту JSON на строку или книга. Таблица, выгруженная как CSV или .xlsx и загруженная \#
        снова, не меняется вплоть до типов значений: ячейка без значения — NULL, перед текстом, который прочли бы \#
        иначе или выполнили как формулу, стоит апостроф, а один апостроф — пустой текст.
        zh: UTF-8 的 CSV、每行一个 JSON 对象，或工作簿。以 CSV 或 .xlsx 导出再导入的表完全相同，连类型也一样：没有值的单元格是 NULL；会被误读或当作公式执行的文本前有一个撇号，单独的撇号是空文本。

        One SELECT.
        ru: Один SELECT.
        zh: 一条 SELECT。

        The format: csv, tsv, json or xlsx; else what the name of the output says.
        ru: Формат: csv, tsv, json или xlsx; по умолчанию — по имени файла.
        zh: 格式：csv、tsv、json 或 xlsx；否则依输出文件名。

        The file; else standard output.
        ru: Файл; иначе стандартный вывод.
        zh: 文件；否则为标准输出。

        Begin CSV with the mark by which spreadsheet programs know UTF-8.
        ru: Начать CSV с метки, по которой электронные таблицы узнают UTF-8.
        zh: 在 CSV 开头写上电子表格程序识别 UTF-8 的标记。

        How this node stands: what waits, what conflicts, who is in sync.
        ru: Состояние узла: что ждёт, где конфликты, кто синхронизирован.
        zh: 本节点的状况：什么在等待，有哪些冲突，谁已同步。

        Compute the digest of all records, which is equal on replicas that hold the same.
        ru: Вычислить дайджест всех записей: он одинаков у реплик с одинаковым содержимым.
        zh: 计算所有记录的摘要，内容相同的副本摘要相等。

        How the members' clocks differ, and who keeps time.
        ru: Насколько расходятся часы участников и кто задаёт время альянса.
        zh: 各成员的时钟相差多少，联盟以谁的时钟为准。

        A clock that is off decides which of two values is shown that people wrote apart, and nothing else: no edit \#
        is lost. Members go by the clock of one that keeps time, as it was at the last contact.
        ru: Неверные часы влияют только на то, какое из двух написанных порознь значений видно: ни одна правка не \#
        теряется. Участники сверяются с часами того, кто задаёт время альянса, по данным последней связи.
        zh: 不准的时钟只影响分别写入的两个值中显示哪一个，不会丢失任何修改。成员以提供基准时间者的时钟为准，取最后一次联系时的状况。

        List the members' clocks as they were at the last contact.
        ru: Показать часы участников по данным последней связи.
        zh: 列出各成员的时钟，取最后一次联系时的状况。

        Say that a member keeps time: the others go by its clock. Only an admin may.
        ru: Назначить участника, который задаёт время альянса: остальные идут по его часам. Доступно только \#
        администратору.
        zh: 指定由某成员提供基准时间：其他成员以它的时钟为准。仅管理员可用。

        A member's name, or the beginning of its site id.
        ru: Имя участника или начало идентификатора его узла.
        zh: 成员的名称，或其站点编号的开头。

        Say that a member keeps time no longer. Only an admin may.
        ru: Отменить это назначение: участник больше не задаёт время альянса. Доступно только администратору.
        zh: 指定某成员不再提供基准时间。仅管理员可用。

        List changesets, newest first.
        ru: Показать наборы изменений, сначала новые.
        zh: 列出变更集，新的在前。

        In the order in which this replica applied them. What is pending is sealed first.
        ru: В том порядке, в каком их применила эта реплика. Незапечатанное сначала запечатывается.
        zh: 按本副本应用的顺序。尚未封存的内容会先封存。

        Only what touches this table.
        ru: Только то, что касается этой таблицы.
        zh: 只列涉及此表的。

        Only this author: a name, or the beginning of a site id.
        ru: Только этот автор: имя или начало идентификатора узла.
        zh: 只列此作者：名称，或站点编号的开头。

        Only what was written since: RFC 3339, YYYY-MM-DD, or 7d.
        ru: Только написанное с этого времени: RFC 3339, YYYY-MM-DD или 7d.
        zh: 只列此时间以后写入的：RFC 3339、YYYY-MM-DD 或 7d。

        Which scope: alliance, or control for roster and schema.
        ru: Какая область: alliance или control (участники и схема).
        zh: 哪个范围：alliance，或 control（名册和模式）。

        Oldest first.
        ru: Сначала старые.
        zh: 旧的在前。

        With --json: what each author had seen.
        ru: С --json: что видел каждый автор на тот момент.
        zh: 与 --json 连用：各作者当时所见。

        Take back what changesets wrote, by a new changeset.
        ru: Отменить написанное наборами изменений — новым набором изменений.
        zh: 用一个新的变更集撤销若干变更集写入的内容。

        A changeset is FEED:SEQ, as `log --json` has it, or NAME:SEQ, as `log` shows it. What it wrote and nobody \#
        wrote over since shows again what it showed before, rows that it inserted go, rows that it deleted come \#
        back. What somebody wrote over since stays, and is listed with author and time. What cannot be, for another \#
        row took a unique value meanwhile or refers to one that would go, is listed with the reason; then the exit \#
        status is 1.
        ru: Набор изменений — FEED:SEQ, как в `log --json`, или NAME:SEQ, как показывает `log`. Значения, которые он \#
        записал и никто потом не менял, становятся прежними, вставленные им строки удаляются, удалённые \#
        возвращаются. То, что потом кто-то изменил, остаётся и выводится с автором и временем. То, что отменить \#
        нельзя — другая строка заняла уникальное значение или ссылается на удаляемую, — выводится с причиной; тогда \#
        код завершения 1.
        zh: 变更集写作 FEED:SEQ（见 `log --json`）或 NAME:SEQ（见 `log`）。它写入而此后无人改写的内容恢复原样，它插入的行删除，它删除的行恢复。此后被别人改写的保留，并列出作者和时间。\#
        因其他行占用了唯一值或引用将被删除的行而无法撤销的，列出原因，退出码为 1。

        The new changeset goes to everybody like any other, and can be taken back itself.
        ru: Новый набор изменений доходит до всех, как любой другой, и его тоже можно отменить.
        zh: 新的变更集与其他变更集一样送达所有人，也可再撤销。

        The changesets to take back together.
        ru: Наборы изменений, которые нужно отменить вместе.
        zh: 一起撤销的变更集。

        Instead of changesets: the member whose work is taken back, by name or the beginning of its site id.
        ru: Вместо наборов изменений: участник, чья работа отменяется (имя или начало идентификатора узла).
        zh: 代替变更集：撤销其工作的成员，用名称或站点编号的开头。

        With --site: what was written since then: RFC 3339, YYYY-MM-DD, or 7d.
        ru: С --site: написанное с этого времени: RFC 3339, YYYY-MM-DD или 7d.
        zh: 与 --site 连用：此时间以后写入的：RFC 3339、YYYY-MM-DD 或 7d。

        With --site: what was written until then.
        ru: С --site: написанное до этого времени.
        zh: 与 --site 连用：此时间以前写入的。

        Write nothing; show what would be.
        ru: Ничего не записывать, только показать результат.
        zh: 不写入任何内容，只显示结果。

        What people should look at.
        ru: Что требует внимания людей.
        zh: 需要人来处理的内容。

        cell: two people wrote different values apart; the first is shown, the others are kept until somebody \#
        writes the cell anew.
        ru: cell: двое порознь записали разные значения; видно первое, остальные хранятся, пока кто-нибудь не \#
        запишет ячейку заново.
        zh: cell：两人分别写入了不同的值；显示第一个，其他的保留，直到有人重新写入该单元格。

        deleted-edited: a row was deleted by somebody who had not seen an edit that keeps it.
        ru: deleted-edited: строку удалил тот, кто не видел чужой правки; из-за правки она остаётся.
        zh: deleted-edited：删除该行的人没有看到别人的修改，因此该行保留。

        kept: a deleted row that stays while a row that its deleter had not seen refers to it; it goes with the \#
        last reference.
        ru: kept: удалённая строка остаётся, пока на неё ссылается строка, которой удаливший не видел; она \#
        уйдёт с последней ссылкой.
        zh: kept：已删除的行因被删除者未见过的行引用而保留；最后一个引用消失后它也消失。

        invalid: a row that changes made apart turned into one that fails a CHECK; it stays until it is changed.
        ru: invalid: из-за изменений, сделанных порознь, строка нарушает CHECK; она остаётся, пока её не исправят.
        zh: invalid：分别所做的修改使该行违反 CHECK；它保留到被改正为止。

        duplicate: rows, entered apart, that are equal in a UNIQUE; all stay until they differ.
        ru: duplicate: строки, введённые порознь, совпадают по UNIQUE; остаются все, пока не станут разными.
        zh: duplicate：分别录入的行在 UNIQUE 约束上重复；在改得不同之前全部保留。

        Under each stands a command that settles it as it is shown; `caravan resolve --help` tells the others.
        ru: Под каждым конфликтом стоит команда, которая разрешит его так, как показано; другие способы — в `caravan \#
        resolve --help`.
        zh: 每项之下是按现状解决它的命令；其他办法见 `caravan resolve --help`。

        With --limit the last line says how the list goes on; with --json it is an object on standard error, whose \#
        `after` is for --after.
        ru: С --limit последняя строка говорит, как продолжить список; с --json это объект на стандартном выводе \#
        ошибок, `after` из которого передают в --after.
        zh: 有 --limit 时，最后一行说明如何继续列出；加 --json 时它是标准错误上的一个对象，其 `after` 供 --after 使用。

        Only of this table.
        ru: Только этой таблицы.
        zh: 只列此表的。

        Only of this kind: cell, deleted-edited, kept, duplicate, or invalid.
        ru: Только этого вида: cell, deleted-edited, kept, duplicate или invalid.
        zh: 只列此类：cell、deleted-edited、kept、duplicate 或 invalid。

        No more than so many.
        ru: Не больше стольких.
        zh: 最多列出这么多。

        Go on behind what was listed, as the end of a page says.
        ru: Продолжить с того места, что указано в конце страницы.
        zh: 从已列出的之后继续，见每页末尾。

        End with status 1 if there is one.
        ru: Код завершения 1, если есть хоть один конфликт.
        zh: 有任何一项时，退出码为 1。

        Settle what `conflicts` lists, by writing it.
        ru: Разрешить то, что выводит `conflicts`, записав решение.
        zh: 以写入的方式解决 `conflicts` 列出的内容。

        A KEY is the bare value, or a JSON array for a composite key; words behind `--` may begin with a dash. What \#
        is written closes the report wherever it arrives. Without arguments on a terminal: everything that is open, \#
        one by one.
        ru: KEY — само значение или массив JSON для составного ключа; слова после -- могут начинаться с дефиса. \#
        Записанное закрывает конфликт везде, куда дойдёт. Без аргументов на терминале: все открытые конфликты по одному.
        zh: KEY 是值本身，复合键用 JSON 数组；-- 之后的词可以以连字符开头。写入的内容到达哪里，就在哪里了结。在终端上不带参数时：逐个处理所有未解决的。

        --take shown confirms what a column shows; --take SITE takes that site's value; --value writes an SQL \#
        literal. --keep-row and --delete-row answer a row that was deleted and edited apart. --merge-into lets \#
        another row stand for this one: what refers to it is moved, --taking names columns whose values go with it, \#
        what the other row lacks goes too, and it is deleted, all in one changeset.
        ru: --take shown подтверждает видимое значение столбца; --take SITE берёт значение этого узла; --value \#
        записывает литерал SQL. --keep-row и --delete-row решают судьбу строки, которую порознь удалили и изменили. \#
        --merge-into заменяет эту строку другой: ссылки переносятся на неё, --taking указывает столбцы, значения \#
        которых переходят вместе с ними, переходит и то, чего в другой нет, а эта строка удаляется, всё одним набором \#
        изменений.
        zh: --take shown 确认该列显示的值；--take SITE 取该站点的值；--value 写入 SQL 字面量。--keep-row 和 --delete-row \#
        决定被分别删除和修改的行的去留。--merge-into 让另一行代替这一行：引用随之转移，--taking 指定带过去的列，另一行所缺的值也带过去，然后删除这一行，\#
        全部在一个变更集中。

        --all settles in one changeset whatever `conflicts` lists, or what --table and --kind choose of it: \#
        --take as above, and --merge for rows that are equal in a UNIQUE, of which the one that was entered \#
        first stays; rows that differ in another column too are left to you. The exit status is 1 where \#
        something is left. --dry-run only tells.
        ru: --all разрешает одним набором изменений всё, что выводит `conflicts`, или то, что выбрано через --table \#
        и --kind: --take как выше, а --merge — для строк, совпадающих по UNIQUE: остаётся введённая первой; строки, \#
        которые различаются и в другом столбце, решать вам. Код завершения 1, если что-то осталось. --dry-run только \#
        показывает.
        zh: --all 用一个变更集解决 `conflicts` 列出的全部，或 --table 和 --kind 选出的部分：--take 同上；--merge 用于在 UNIQUE \#
        约束上重复的行，保留最先录入的；其他列也不同的行留给您处理。若有剩余，退出码为 1。--dry-run 只显示结果。

        The row's key.
        ru: Ключ строки.
        zh: 行的键。

        The column, for --take and --value.
        ru: Столбец, для --take и --value.
        zh: 列，用于 --take 和 --value。

        `shown`, or the site whose value to take.
        ru: `shown` или узел, чьё значение взять.
        zh: `shown`，或取其值的站点。

        The value to write, as an SQL literal such as 'text', 5, or NULL.
        ru: Значение для записи, литерал SQL: 'текст', 5 или NULL.
        zh: 要写入的值，用 SQL 字面量，如 '文本'、5 或 NULL。

        The row stays.
        ru: Строка остаётся.
        zh: 保留该行。

        The row goes.
        ru: Строка удаляется.
        zh: 删除该行。

        The row that stands for this one.
        ru: Строка, которая заменит эту.
        zh: 代替这一行的行。

        With --merge-into: a column whose value goes with it. May be repeated.
        ru: С --merge-into: столбец, значение которого перейдёт в неё. Можно повторять.
        zh: 与 --merge-into 连用：其值一并带过去的列。可重复。

        Settle all that is listed, in one changeset, with --take or --merge.
        ru: Разрешить всё из списка одним набором изменений, через --take или --merge.
        zh: 用一个变更集解决列出的全部，与 --take 或 --merge 连用。

        With --all: only this table.
        ru: С --all: только эта таблица.
        zh: 与 --all 连用：只限此表。

        With --all: only of this kind: cell, deleted-edited, kept, duplicate, or invalid.
        ru: С --all: только этого вида: cell, deleted-edited, kept, duplicate или invalid.
        zh: 与 --all 连用：只限此类：cell、deleted-edited、kept、duplicate 或 invalid。

        With --all: merge rows that are equal in a UNIQUE and differ in nothing else.
        ru: С --all: объединить строки, которые совпадают по UNIQUE и больше ни в чём не различаются.
        zh: 与 --all 连用：合并在 UNIQUE 约束上重复而其他列无差别的行。

        With --all: write nothing; show what would be.
        ru: С --all: ничего не записывать, только показать результат.
        zh: 与 --all 连用：不写入任何内容，只显示结果。
        """#
}
