/// The help of the commands from `sync` to `resolve`.
enum MiddleHelp {
    static let text = #"""
        One exchange with each peer, then end.
        ru: Один обмен с каждым партнёром, и конец.
        zh: 与每个对端同步一次，然后结束。

        A PEER is a peer's name, the beginning of its site id, or HOST:PORT. With none, every peer is dialled. \#
        The exit status is 3 if one of them could not be reached or refused; what was exchanged with the others \#
        stays. A peer's windows are not heeded, for somebody wants it now; its rate is. Dials through the proxy \#
        that config.yaml names (`proxy: http://HOST:PORT` or `socks5://…`), else through that of HTTPS_PROXY or \#
        ALL_PROXY.
        ru: PEER — имя партнёра, начало идентификатора его узла или HOST:PORT. Без него звонят каждому \#
        партнёру. Завершается с 3, если до кого-то не дозвонились или он отказал; обмен с остальными остаётся. \#
        Окна партнёра не учитываются, ведь кому-то нужно сейчас; его скорость учитывается. Звонит через прокси \#
        из config.yaml (`proxy: http://HOST:PORT` или `socks5://…`), иначе через прокси из HTTPS_PROXY или \#
        ALL_PROXY.
        zh: PEER 是对端名称、站点编号的开头或 HOST:PORT。不写则拨向每个对端。有对端无法连通或拒绝时以 3 结束；与其他对端的同步仍保留。因为是现在就要，所以不理会时段；速率照旧。通过 \#
        config.yaml 指定的代理拨号（`proxy: http://HOST:PORT` 或 `socks5://…`），否则用 HTTPS_PROXY 或 ALL_PROXY 的代理。

        Whom to sync with.
        ru: С кем синхронизироваться.
        zh: 与谁同步。

        Only tell what would come in, and what it would overwrite or bring into conflict.
        ru: Только сказать, что пришло бы и что оно перезаписало бы или привело к конфликту.
        zh: 只说明会收到什么，以及会覆盖什么或引起哪些冲突。

        Which changesets and rows this node or a peer lacks.
        ru: Каких наборов изменений и строк нет у этого узла или у партнёра.
        zh: 本节点或对端缺少哪些变更集和行。

        Asks the peer; nothing is exchanged. A PEER is a peer's name, the beginning of its site id, or \#
        HOST:PORT.
        ru: Спрашивает партнёра; обмена нет. PEER — имя партнёра, начало идентификатора его узла или HOST:PORT.
        zh: 询问对端；不同步任何内容。PEER 是对端名称、站点编号的开头或 HOST:PORT。

        Whom to compare with.
        ru: С кем сравнивать.
        zh: 与谁比较。

        Run SQL on the replica, and seal what it wrote.
        ru: Выполнить SQL на реплике и запечатать написанное.
        zh: 在副本上运行 SQL，并封存所写内容。

        Without an argument: a prompt on a terminal, else the whole of standard input. With --json each row is \#
        an object.
        ru: Без аргумента: на терминале приглашение, иначе весь стандартный ввод. С --json каждая строка — \#
        объект.
        zh: 没有参数时：在终端上为提示符，否则读取全部标准输入。加 --json 时每行是一个对象。

        At the prompt a statement may take several lines and ends with a semicolon. Tab completes tables and \#
        columns, the arrows go through what was typed before, which is kept in sql-history in the node's \#
        folder. Ctrl-C takes back what is being typed; .tables, .schema, .help and .quit stand on a line of \#
        their own.
        ru: В приглашении запрос может занимать несколько строк и кончается точкой с запятой. Tab дополняет \#
        таблицы и столбцы, стрелки ходят по набранному раньше: оно хранится в sql-history в папке узла. Ctrl-C \#
        снимает набираемое; .tables, .schema, .help и .quit стоят отдельной строкой.
        zh: 在提示符下，语句可占多行，以分号结束。Tab 补全表名和列名，方向键翻阅以前的输入（保存在节点目录的 sql-history 中）。Ctrl-C \#
        取消正在输入的内容；.tables、.schema、.help 和 .quit 各占一行。

        One or several statements.
        ru: Один или несколько запросов.
        zh: 一条或多条语句。

        Bring a spreadsheet into a table.
        ru: Внести электронную таблицу в таблицу.
        zh: 把电子表格导入表中。

        FILE is a workbook (.xlsx), or a text with commas, semicolons or tabs. Its encoding and its delimiter \#
        are found out and stated. Headers are the columns' names or words for them in Chinese, Russian or \#
        English, in any order. Rows are recognised by the key, or by the columns of --key; a reference is given \#
        by key, or by a name that is unique in any language. A line that the table does not take is told with \#
        its reason, and stops nothing but itself. The whole file is one changeset, and the same file again \#
        writes nothing. The exit status is 1 where a line or a column was refused.
        ru: FILE — книга (.xlsx) или текст с запятыми, точками с запятой или табуляциями. Кодировка и \#
        разделитель определяются и называются. Заголовки — имена столбцов или их слова по-китайски, по-русски \#
        или по-английски, в любом порядке. Строки узнаются по ключу или по столбцам --key; ссылка даётся ключом \#
        или именем, единственным на любом языке. Строка, которую таблица не принимает, называется с причиной и \#
        не мешает остальным. Весь файл — один набор изменений, а тот же файл снова ничего не пишет. Завершается \#
        с 1, если отказано в строке или столбце.
        zh: FILE 是工作簿（.xlsx），或以逗号、分号、制表符分隔的文本。编码和分隔符会自动识别并说明。表头可以是列名，或其中文、俄文、英文说法，顺序不限。行按键或 --key 的列识别；引用可用键，或在任\#
        一语言中唯一的名称。表不接受的行会说明原因，不影响其他行。整个文件是一个变更集，同一文件再次导入不写任何内容。有行或列被拒绝时以 1 结束。

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
        ru: Столбец, по которому узнаются строки; можно повторять.
        zh: 用来识别行的列；可重复。

        The column for a header; #3 is the third of the file, and an empty COLUMN leaves it out.
        ru: Столбец для заголовка; #3 — третий в файле, пустой COLUMN пропускает его.
        zh: 表头对应的列；#3 指文件的第三列，COLUMN 为空则略过。

        The encoding of a text, such as GB18030 or windows-1251.
        ru: Кодировка текста, например GB18030 или windows-1251.
        zh: 文本的编码，如 GB18030 或 windows-1251。

        What divides the cells of a text: , ; tab or |.
        ru: Чем разделены ячейки текста: , ; tab или |.
        zh: 文本中单元格的分隔符：, ; tab 或 |。

        Write nothing where any line is refused.
        ru: Ничего не писать, если хоть в одной строке отказано.
        zh: 只要有一行被拒绝就什么都不写。

        Only tell what would be written, and what is refused.
        ru: Только сказать, что было бы записано и в чём отказано.
        zh: 只说明会写入什么、拒绝什么。

        Write a table or a query as a spreadsheet.
        ru: Записать таблицу или запрос как электронную таблицу.
        zh: 把表或查询写成电子表格。

        CSV in UTF-8, an object of JSON a line, or a workbook. A table that is exported as CSV or .xlsx and \#
        imported again is the same, class by class: a cell without a value is NULL, an apostrophe stands before \#
        a text that would be read as something else or run as a formula, and the apostrophe alone is the empty \#
        text.
        ru: CSV в UTF-8, объект JSON на строку или книга. Таблица, выгруженная как CSV или .xlsx и внесённая \#
        снова, остаётся той же, класс в класс: ячейка без значения — NULL, перед текстом, который прочли бы \#
        иначе или выполнили как формулу, стоит апостроф, а один апостроф — пустой текст.
        zh: UTF-8 的 CSV、每行一个 JSON 对象，或工作簿。以 CSV 或 .xlsx 导出再导入的表完全相同，连类型也一样：没有值的单元格是 \#
        NULL；会被误读或当作公式执行的文本前有一个撇号，单独的撇号是空文本。

        One SELECT.
        ru: Один SELECT.
        zh: 一条 SELECT。

        The format: csv, json or xlsx; else what the name of the output says.
        ru: Вид: csv, json или xlsx; иначе по имени вывода.
        zh: 格式：csv、json 或 xlsx；否则依输出文件名。

        The file; else standard output.
        ru: Файл; иначе стандартный вывод.
        zh: 文件；否则为标准输出。

        Begin CSV with the mark by which spreadsheet programs know UTF-8.
        ru: Начать CSV меткой, по которой табличные программы узнают UTF-8.
        zh: 在 CSV 开头写上电子表格程序识别 UTF-8 的标记。

        How this node stands: what waits, what conflicts, who is in sync.
        ru: Состояние узла: что ждёт, какие конфликты, кто синхронизирован.
        zh: 本节点的状况：什么在等待，有哪些冲突，谁已同步。

        Compute the digest of all records, which is equal on replicas that hold the same.
        ru: Вычислить дайджест всех записей, равный на репликах с одним и тем же.
        zh: 计算所有记录的摘要，内容相同的副本摘要相等。

        How the members' clocks differ, and who keeps time.
        ru: Как расходятся часы участников и кто хранит время.
        zh: 各成员的时钟相差多少，由谁报时。

        A clock that is off decides which of two values is shown that people wrote apart, and nothing else: no \#
        edit is lost. Members go by the clock of one that keeps time, as it was at the last contact.
        ru: Неверные часы решают, какое из двух написанных порознь значений видно, и больше ничего: ни одна \#
        правка не теряется. Участники идут по часам того, кто хранит время, какими они были при последней связи.
        zh: 不准的时钟只影响分别写入的两个值中显示哪一个，不会丢失任何修改。成员以报时者的时钟为准，取最后一次联系时的状况。

        List the members' clocks as they were at the last contact.
        ru: Перечислить часы участников, какими они были при последней связи.
        zh: 列出各成员的时钟，取最后一次联系时的状况。

        Say that a member keeps time: the others go by its clock. Only an admin may.
        ru: Сказать, что участник хранит время: остальные идут по его часам. Может только администратор.
        zh: 指定某成员报时：其他成员以它的时钟为准。仅管理员可用。

        A member's name, or the beginning of its site id.
        ru: Имя участника или начало идентификатора его узла.
        zh: 成员的名称，或其站点编号的开头。

        Say that a member keeps time no longer. Only an admin may.
        ru: Сказать, что участник больше не хранит время. Может только администратор.
        zh: 指定某成员不再报时。仅管理员可用。

        List changesets, newest first.
        ru: Перечислить наборы изменений, новые сначала.
        zh: 列出变更集，新的在前。

        In the order in which this replica applied them. What is pending is sealed first.
        ru: В том порядке, в каком их применила эта реплика. Ожидающее сначала запечатывается.
        zh: 按本副本应用的顺序。待处理的内容先封存。

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
        ru: Какая область: alliance или control, то есть участники и схема.
        zh: 哪个范围：alliance，或 control（名册和模式）。

        Oldest first.
        ru: Старые сначала.
        zh: 旧的在前。

        With --json: what each author had seen.
        ru: С --json: что видел каждый автор.
        zh: 与 --json 连用：各作者当时所见。

        Take back what changesets wrote, by a new changeset.
        ru: Отменить написанное наборами изменений, новым набором.
        zh: 以新的变更集撤销一些变更集写入的内容。

        A changeset is FEED:SEQ, as `log --json` has it, or NAME:SEQ, as `log` shows it. What it wrote and \#
        nobody wrote over since shows again what it showed before, rows that it inserted go, rows that it \#
        deleted come back. What somebody wrote over since stays, and is listed with author and time. What \#
        cannot be, for another row took a unique value meanwhile or refers to one that would go, is listed with \#
        the reason; then the exit status is 1.
        ru: Набор изменений — FEED:SEQ, как в `log --json`, или NAME:SEQ, как показывает `log`. Что он написал \#
        и никто с тех пор не переписал, снова показывает прежнее, вставленные им строки уходят, удалённые \#
        возвращаются. Переписанное кем-то остаётся и перечисляется с автором и временем. Чего сделать нельзя — \#
        другая строка заняла уникальное значение или ссылается на уходящую, — перечисляется с причиной; тогда \#
        команда завершается с 1.
        zh: 变更集写作 FEED:SEQ（见 `log --json`）或 NAME:SEQ（见 `log`）。它写入而此后无人改写的内容恢复原样，它插入的行消失，它删除的行回来。此后被别人改写的保留，并列出作者\#
        和时间。因其他行占用了唯一值或引用将消失的行而无法撤销的，列出原因，并以 1 结束。

        The new changeset goes to everybody like any other, and can be taken back itself.
        ru: Новый набор изменений идёт ко всем, как любой другой, и сам может быть отменён.
        zh: 新的变更集与其他变更集一样送达所有人，也可再撤销。

        The changesets to take back together.
        ru: Наборы изменений, отменяемые вместе.
        zh: 一起撤销的变更集。

        Instead of changesets: the member whose work is taken back, by name or the beginning of its site id.
        ru: Вместо наборов изменений: участник, чья работа отменяется, по имени или началу идентификатора узла.
        zh: 代替变更集：撤销其工作的成员，用名称或站点编号的开头。

        With --site: what was written since then: RFC 3339, YYYY-MM-DD, or 7d.
        ru: С --site: написанное с этого времени: RFC 3339, YYYY-MM-DD или 7d.
        zh: 与 --site 连用：此时间以后写入的：RFC 3339、YYYY-MM-DD 或 7d。

        With --site: what was written until then.
        ru: С --site: написанное до этого времени.
        zh: 与 --site 连用：此时间以前写入的。

        Write nothing; show what would be.
        ru: Ничего не писать; показать, что было бы.
        zh: 不写任何内容；只显示结果会怎样。

        What people should look at.
        ru: На что людям стоит взглянуть.
        zh: 需要人来查看的内容。

        cell: two people wrote different values apart; the first is shown, the others are kept until somebody \#
        writes the cell anew.
        ru: cell: двое порознь записали разные значения; видно первое, остальные хранятся, пока кто-нибудь не \#
        запишет ячейку заново.
        zh: cell：两人分别写入了不同的值；显示第一个，其他的保留，直到有人重新写入该单元格。

        deleted-edited: a row was deleted by somebody who had not seen an edit that keeps it.
        ru: deleted-edited: строку удалил тот, кто не видел правки, которая её сохраняет.
        zh: deleted-edited：删除该行的人没有看到使它保留的修改。

        kept: a deleted row that stays while a row that its deleter had not seen refers to it; it goes with the \#
        last reference.
        ru: kept: удалённая строка остаётся, пока на неё ссылается строка, которой удаливший не видел; она \#
        уйдёт с последней ссылкой.
        zh: kept：已删除的行因被删除者未见过的行引用而保留；最后一个引用消失后它也消失。

        invalid: a row that changes made apart turned into one that fails a CHECK; it stays until it is changed.
        ru: invalid: из-за изменений, сделанных порознь, строка нарушает CHECK; она остаётся, пока её не \#
        изменят.
        zh: invalid：分别所做的修改使该行违反 CHECK；它保留到被改正为止。

        duplicate: rows, entered apart, that are equal in a UNIQUE; all stay until they differ.
        ru: duplicate: строки, введённые порознь, равны в UNIQUE; остаются все, пока не станут различаться.
        zh: duplicate：分别录入的行在 UNIQUE 上相等；在变得不同之前全部保留。

        Under each stands a command that settles it as it is shown; `caravan resolve --help` tells the others.
        ru: Под каждым стоит команда, которая уладит его так, как видно; о других скажет `caravan resolve \#
        --help`。
        zh: 每项之下是按现状解决它的命令；其他办法见 `caravan resolve --help`。

        With --limit the last line says how the list goes on; with --json it is an object on standard error, \#
        whose `after` is for --after.
        ru: С --limit последняя строка говорит, как продолжить список; с --json это объект на стандартном \#
        выводе ошибок, чей `after` годится для --after.
        zh: 有 --limit 时，最后一行说明如何继续列出；加 --json 时它是标准错误上的一个对象，其 `after` 供 --after 使用。

        Only of this table.
        ru: Только этой таблицы.
        zh: 只列此表的。

        Only of this kind: cell, deleted-edited, kept, duplicate, or invalid.
        ru: Только этого рода: cell, deleted-edited, kept, duplicate или invalid.
        zh: 只列此类：cell、deleted-edited、kept、duplicate 或 invalid。

        No more than so many.
        ru: Не больше стольких.
        zh: 最多列出这么多。

        Go on behind what was listed, as the end of a page says.
        ru: Продолжить после перечисленного, как сказано в конце страницы.
        zh: 从已列出的之后继续，见每页末尾。

        End with status 1 if there is one.
        ru: Завершиться с 1, если что-то есть.
        zh: 有任何一项时以 1 结束。

        Settle what `conflicts` lists, by writing it.
        ru: Уладить то, что перечисляет `conflicts`, записав это.
        zh: 以写入的方式解决 `conflicts` 列出的内容。

        A KEY is the bare value, or a JSON array for a composite key; words behind `--` may begin with a dash. \#
        What is written closes the report wherever it arrives. Without arguments on a terminal: everything that \#
        is open, one by one.
        ru: KEY — само значение или массив JSON для составного ключа; слова за -- могут начинаться с дефиса. \#
        Записанное закрывает вопрос везде, куда дойдёт. Без аргументов на терминале: всё открытое по одному.
        zh: KEY 是值本身，复合键用 JSON 数组；-- 之后的词可以以连字符开头。写入的内容到达哪里，就在哪里了结。在终端上不带参数时：逐个处理所有未解决的。

        --take shown confirms what a column shows; --take SITE takes that site's value; --value writes an SQL \#
        literal. --keep-row and --delete-row answer a row that was deleted and edited apart. --merge-into lets \#
        another row stand for this one: what refers to it is moved, --taking names columns whose values go with \#
        it, and it is deleted, all in one changeset.
        ru: --take shown подтверждает видимое в столбце; --take SITE берёт значение этого узла; --value пишет \#
        литерал SQL. --keep-row и --delete-row отвечают о строке, которую порознь удалили и правили. \#
        --merge-into ставит другую строку на место этой: ссылки на эту переносятся, --taking называет столбцы, \#
        значения которых идут с ней, и она удаляется, всё в одном наборе изменений.
        zh: --take shown 确认该列显示的值；--take SITE 取该站点的值；--value 写入 SQL 字面量。--keep-row 和 --delete-row \#
        决定被分别删除和修改的行的去留。--merge-into 让另一行代替这一行：引用随之转移，--taking 指定带过去的列，然后删除这一行，全部在一个变更集中。

        --all settles in one changeset whatever `conflicts` lists, or what --table and --kind choose of it: \#
        --take as above, and --merge for rows that are equal in a UNIQUE, of which the one that was entered \#
        first stays; rows that differ in another column too are left to you. The exit status is 1 where \#
        something is left. --dry-run only tells.
        ru: --all улаживает одним набором изменений всё, что перечисляет `conflicts`, или что из этого выбирают \#
        --table и --kind: --take как выше, а --merge — для строк, равных в UNIQUE, из которых остаётся \#
        введённая первой; строки, которые различаются и в другом столбце, остаются вам. Код завершения 1, \#
        если что-то осталось. --dry-run только говорит.
        zh: --all 用一个变更集解决 `conflicts` 列出的全部，或 --table 和 --kind 选出的部分：--take 同上；--merge 用于在 UNIQUE \#
        上相等的行，保留最先录入的；其他列也不同的行留给您处理。有剩余时退出状态为 1。--dry-run 只说明。

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
        ru: Записываемое значение, литерал SQL: 'текст', 5 или NULL.
        zh: 要写入的值，用 SQL 字面量，如 '文本'、5 或 NULL。

        The row stays.
        ru: Строка остаётся.
        zh: 保留该行。

        The row goes.
        ru: Строка уходит.
        zh: 删除该行。

        The row that stands for this one.
        ru: Строка, которая встаёт на место этой.
        zh: 代替这一行的行。

        With --merge-into: a column whose value goes with it. May be repeated.
        ru: С --merge-into: столбец, значение которого идёт с ней. Можно повторять.
        zh: 与 --merge-into 连用：其值一并带过去的列。可重复。

        Settle all that is listed, in one changeset, with --take or --merge.
        ru: Уладить всё перечисленное одним набором изменений, с --take или --merge.
        zh: 用一个变更集解决列出的全部，与 --take 或 --merge 连用。

        With --all: only this table.
        ru: С --all: только эта таблица.
        zh: 与 --all 连用：只限此表。

        With --all: only of this kind: cell, deleted-edited, kept, duplicate, or invalid.
        ru: С --all: только этого рода: cell, deleted-edited, kept, duplicate или invalid.
        zh: 与 --all 连用：只限此类：cell、deleted-edited、kept、duplicate 或 invalid。

        With --all: merge rows that are equal in a UNIQUE and differ in nothing else.
        ru: С --all: слить строки, равные в UNIQUE и ни в чём другом не различные.
        zh: 与 --all 连用：合并在 UNIQUE 上相等且其他方面无差别的行。

        With --all: write nothing; show what would be.
        ru: С --all: ничего не писать; показать, что было бы.
        zh: 与 --all 连用：不写任何内容；只显示结果会怎样。
        """#
}
