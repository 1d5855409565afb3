/// The messages of the rows of a replica: sealing, spreadsheets, undo.
enum RowPhrases {
    static let text = #"""
        a row clock cannot be read: {}
        ru: часы строки не читаются: {1}
        zh: 行的时钟无法读取：{1}

        row {} of table {} is not there, and nothing in the log took it away: something wrote while triggers \#
        were off
        ru: строки {1} таблицы {2} нет, а по журналу её никто не удалял: что-то писало при выключенных триггерах
        zh: 表 {2} 的行 {1} 不在，而日志中没有删除它：有程序在触发器关闭时写过

        row {} of table {} is there, and nothing in the log put it there: something wrote while triggers were \#
        off
        ru: строка {1} таблицы {2} есть, а по журналу её никто не вводил: что-то писало при выключенных \#
        триггерах
        zh: 表 {2} 的行 {1} 存在，而日志中没有录入它：有程序在触发器关闭时写过

        only an admin may change the schema; ask one, or have an admin change this node's role
        ru: менять схему может только администратор: попросите его изменить схему или роль этого узла
        zh: 只有管理员可以更改模式；请找管理员，或请其更改本节点的角色

        rows of {} are equal in the UNIQUE index {}: make them differ first
        ru: строки таблицы {1} совпадают по индексу UNIQUE {2}: сначала сделайте их разными
        zh: {1} 的行在 UNIQUE 索引 {2} 中相同：请先使它们不同

        table {} has lost its definition
        ru: у таблицы {1} пропало определение
        zh: 表 {1} 失去了定义

        there is no replicated table {}{}: `caravan schema show` lists them
        ru: нет общей таблицы {1}{2}: список выводит `caravan schema show`
        zh: 没有同步表 {1}{2}：`caravan schema show` 会列出

        {} does not list feed {}
        ru: в {1} не указана лента {2}
        zh: {1} 没有列出写入流 {2}

        what the peer would send is refused: {}
        ru: то, что прислал бы партнёр, отклонено: {1}
        zh: 对端将发送的内容被拒绝：{1}

        the log cannot be folded again: {}
        ru: журнал нельзя воспроизвести заново: {1}
        zh: 日志无法重放：{1}

        the log cannot be folded again: feed {} has a gap
        ru: журнал нельзя воспроизвести заново: в ленте {1} пропуск
        zh: 日志无法重放：写入流 {1} 有缺口

        what was can only be read: leave out what writes
        ru: прошлое можно только читать: уберите команды, которые пишут
        zh: 过去的状态只能读取：请去掉写入的语句

        Rows do not fit the definition of their table: {}.
        ru: Строки не соответствуют определению таблицы: {1}.
        zh: 有行不符合其表的定义：{1}。

        is listed and does not follow from the log
        ru: есть в списке, хотя по журналу быть не должно
        zh: 已列出，而按日志不应有

        follows from the log and is not listed
        ru: по журналу должно быть, но в списке нет
        zh: 按日志应当列出，却没有

        The {} of table {}, key {}, {}.
        ru: {1}, таблица {2}, ключ {3}: {4}.
        zh: 表 {2}、键 {3} 的 {1}{4}。

        Table {} does not follow from the log.
        ru: Таблица {1} не соответствует журналу.
        zh: 表 {1} 与日志不符。

        Table {} follows from the log and is missing.
        ru: Таблица {1} по журналу должна быть, но её нет.
        zh: 表 {1} 按日志应当存在，却缺失。

        What is kept of who wrote row {} of table {} does not follow from the log: `{}` puts it right; have the disk \#
        checked.
        ru: Сведения об авторе строки {1} таблицы {2} не соответствуют журналу: исправит `{3}`; проверьте диск.
        zh: 表 {2} 的行 {1} 的作者记录与日志不符：`{3}` 可以更正；请检查磁盘。

        The file is damaged ({}): {}.
        ru: Файл повреждён ({1}): {2}.
        zh: 文件已损坏（{1}）：{2}。

        is there and does not follow from the log
        ru: есть, хотя по журналу его быть не должно
        zh: 存在，而按日志不应有

        follows from the log and is missing
        ru: по журналу должен быть, но его нет
        zh: 按日志应当存在，却缺失

        Index {} of table {} {}.
        ru: Индекс {1} таблицы {2} {3}.
        zh: 表 {2} 的索引 {1} {3}。

        The columns of table {} do not follow from the log.
        ru: Столбцы таблицы {1} не соответствуют журналу.
        zh: 表 {1} 的列与日志不符。

        `caravan repair {}` puts it right
        ru: `caravan repair {1}` это исправит
        zh: `caravan repair {1}` 可以更正

        Row {} of table {} shows other values than the log gives it: {}.
        ru: В строке {1} таблицы {2} не те значения, что в журнале: {3}.
        zh: 表 {2} 的行 {1} 显示的值与日志所给的不同：{3}。

        Row {} of table {} is there and does not follow from the log: {}.
        ru: Строка {1} таблицы {2} есть, хотя по журналу её быть не должно: {3}.
        zh: 表 {2} 的行 {1} 存在，而按日志不应有：{3}。

        Row {} of table {} follows from the log and is missing: {}.
        ru: Строка {1} таблицы {2} по журналу должна быть, но её нет: {3}.
        zh: 表 {2} 的行 {1} 按日志应当存在，却缺失：{3}。

        what was written to table {} cannot be sealed: it has more than {} columns
        ru: записанное в таблицу {1} нельзя запечатать: в ней более {2} {2:столбца|столбцов|столбцов}
        zh: 写入表 {1} 的内容无法封存：它超过 {2} 列

        {} did not give back what was written to it
        ru: {1} вернул не то, что в него записали
        zh: {1} 没有交还写入它的内容

        table {} has no column {} any more: begin anew
        ru: в таблице {1} больше нет столбца {2}: начните заново
        zh: 表 {1} 已没有列 {2}：请重新开始

        a long value without its length and hash
        ru: длинное значение без длины и хеша
        zh: 长值缺少长度和哈希

        the log of {} lacks a value that a row clock names
        ru: в журнале {1} нет значения, которое называют часы строки
        zh: {1} 的日志缺少行时钟所指的值

        a changeset of the log of {} cannot be read again
        ru: набор изменений из журнала {1} не читается снова
        zh: {1} 的日志中有变更集无法再次读取

        what was written to table {} cannot be sealed: it has values that its definition does not hold
        ru: записанное в таблицу {1} нельзя запечатать: там есть значения, которых её определение не допускает
        zh: 写入表 {1} 的内容无法封存：含有其定义不能保存的值

        a control changeset of our own waits for its context
        ru: управляющий набор изменений этого узла ждёт контекста
        zh: 本节点自己的控制变更集在等待其上下文

        the log of {} lacks what was applied
        ru: в журнале {1} нет того, что применено
        zh: {1} 的日志缺少已应用的内容

        what was written cannot be sealed: this replica has heard of {} feeds since it sealed last, more than a \#
        changeset can name
        ru: записанное нельзя запечатать: с прошлого раза реплика узнала о {1} {1:ленте|лентах|лентах}, а в набор \#
        изменений столько не вмещается
        zh: 写入的内容无法封存：自上次封存以来副本得知了 {1} 个写入流，超过一个变更集所能列出的

        {} is an error of a spreadsheet program, and no value
        ru: {1} — ошибка электронной таблицы, а не значение
        zh: {1} 是电子表格程序的错误，不是值

        {} is a date, and the column takes numbers
        ru: {1} — дата, а столбец принимает числа
        zh: {1} 是日期，而该列只接受数字

        it is no number
        ru: это не число
        zh: 它不是数字

        it has decimals, and the column takes integers
        ru: это дробное число, а столбец принимает целые
        zh: 它有小数，而该列只接受整数

        it is larger than an integer of 64 bits
        ru: оно больше целого из 64 битов
        zh: 它超出 64 位整数

        it is larger than any number that a table holds
        ru: оно больше любого числа, которое может хранить таблица
        zh: 它超出表所能存放的任何数

        it is no number, which the column takes
        ru: это не число, а столбец принимает только числа
        zh: 它不是数字，而该列只接受数字

        a spreadsheet program has shortened it: write all of its digits
        ru: электронная таблица сократила число: напишите все цифры
        zh: 电子表格程序把它缩写了：请写出全部数字

        it has a time, and the column takes a day such as 2024-02-12
        ru: здесь указано время, а столбец принимает только дату, например 2024-02-12
        zh: 它带有时刻，而该列只接受日期，如 2024-02-12

        it is no date: write it such as 2024-02-12
        ru: это не дата: пишите, например, 2024-02-12
        zh: 它不是日期：请写成如 2024-02-12

        may be {} or {}: write it so
        ru: может быть {1} или {2}: напишите одно из двух в таком виде
        zh: 可能是 {1} 或 {2}：请按其中一种写法书写

        has the same web site {}
        ru: тот же веб-сайт: {1}
        zh: 网址相同：{1}

        it may be {}{} or {}.{}: write it without the comma
        ru: это может быть {1}{2} или {3}.{4}: напишите без запятой
        zh: 可能是 {1}{2} 或 {3}.{4}：请不要写逗号

        the table takes only rows of which {} is true
        ru: таблица принимает только строки, для которых верно {1}
        zh: 该表只接受满足 {1} 的行

        another row has the same {}
        ru: у другой строки то же значение: {1}
        zh: 另一行有相同的 {1}

        the column may not be empty
        ru: столбец не может быть пустым
        zh: 该列不能为空

        the file has no such column, and it may not be empty
        ru: в файле нет этого столбца, а он не может быть пустым
        zh: 文件中没有这一列，而它不能为空

        no row of {} has the key {}
        ru: в {1} нет строки с ключом {2}
        zh: {1} 中没有键为 {2} 的行

        columns {} ({}) and {} ({}) of the file both stand for {}: name one of them with --map '#{}=COLUMN', or \#
        leave it out with --map '#{}='
        ru: столбцы файла {1} ({2}) и {3} ({4}) оба означают {5}: укажите столбец для одного из них (--map \#
        '#{6}=COLUMN') или пропустите его (--map '#{7}=')
        zh: 文件的第 {1} 列（{2}）和第 {3} 列（{4}）都表示 {5}：请用 --map '#{6}=COLUMN' 指明其一，或用 --map '#{7}=' 略去

        --map names {}, and the file has no such column: its headers are {}
        ru: --map называет {1}, а в файле нет такого столбца: есть {2}
        zh: --map 指定了 {1}，而文件没有这一列：它的列有 {2}

        --map names #{}, and the file has nothing there: its header ends before that column
        ru: --map называет #{1}, а в файле там ничего нет: заголовок кончается раньше
        zh: --map 指定了 #{1}，而文件在那里没有内容：标题行在此之前就结束了

        the column has no header, and is left out (--map '{}=COLUMN' says what it stands for, and --map '{}=' \#
        leaves it out without a word)
        ru: у столбца нет заголовка, и он пропущен (--map '{1}=COLUMN' скажет, что он означает, --map '{2}=' \#
        пропустит его без слов)
        zh: 该列没有标题，已略去（--map '{1}=COLUMN' 指明其含义，--map '{2}=' 则不再提示）

        table {} has no column {}{} to map to: its columns are {}
        ru: в таблице {1} нет столбца {2}{3}; её столбцы: {4}
        zh: 表 {1} 没有可对应的列 {2}{3}：它的列有 {4}

        the file has no rows: is it the right one, and the right sheet?
        ru: в файле нет строк: тот ли это файл и тот ли лист?
        zh: 文件没有行：是这个文件、这个工作表吗？

        line {} cannot be the header: {}
        ru: строка {1} не может быть заголовком: {2}
        zh: 第 {1} 行不能作表头：{2}

        none of the first rows names columns of table {}: the first has {}; its columns are {}; map them with --map \#
        HEADER=COLUMN
        ru: в первых строках нет названий столбцов таблицы {1}: в первой стоит {2}; столбцы таблицы: {3}; \#
        сопоставьте их через --map HEADER=COLUMN
        zh: 开头几行都没有表 {1} 的列名：首行是 {2}；它的列有 {3}；请用 --map HEADER=COLUMN 对应

        , did you mean {}?
        ru: , может быть, {1}?
        zh: ，是不是 {1}？

        table {} has no such column{} (--map '{}=COLUMN' says what it stands for, and --map '{}=' leaves it out)
        ru: в таблице {1} нет такого столбца{2} (--map '{3}=COLUMN' укажет столбец, --map '{4}=' пропустит)
        zh: 表 {1} 没有这一列{2}（--map '{3}=COLUMN' 指明其含义，--map '{4}=' 略去它）

        the file has neither the key of {} nor another column that is unique, so a row is taken for one that is \#
        there only where all its cells are equal: name columns that tell rows apart with --key
        ru: в файле нет ни ключа таблицы {1}, ни другого уникального столбца, поэтому строка считается имеющейся, \#
        только если совпадают все ячейки: укажите столбцы, различающие строки, через --key
        zh: 文件既没有 {1} 的键，也没有其他唯一的列，因此只有所有单元格都相同的行才视为已有：请用 --key 指明能区分行的列

        --header names line {}, and nothing stands there
        ru: --header называет строку {1}, а в ней ничего нет
        zh: --header 指定了第 {1} 行，而那里没有内容

        line {} names more columns than line {}, and is taken for the header
        ru: строка {1} называет больше столбцов, чем строка {2}, и считается заголовком
        zh: 第 {1} 行指明的列多于第 {2} 行，视为表头

        lines {} and {} are taken together for the header
        ru: строки {1} и {2} вместе считаются заголовком
        zh: 第 {1} 行和第 {2} 行合起来视为表头

        line {} names columns as the header does, and is taken for a part of it
        ru: строка {1} называет столбцы, как и заголовок, и считается его частью
        zh: 第 {1} 行与表头一样是列名，视为表头的一部分

        nothing was written: {}
        ru: ничего не записано: {1}
        zh: 未写入任何内容：{1}

        there is no table {}{} (the tables are {})
        ru: нет таблицы {1}{2} (есть {3})
        zh: 没有表 {1}{2}（现有 {3}）

        a row that was put aside cannot be read: {}
        ru: отложенная строка не читается: {1}
        zh: 搁置的行无法读取：{1}

        no column of the file stands for {}, by which rows are to be recognised
        ru: в файле нет столбца {1}, по которому распознаются строки
        zh: 文件中没有表示 {1} 的列，而行要靠它识别

        table {} has no column {}{} by which rows could be recognised
        ru: в таблице {1} нет столбца {2}{3}, по которому можно распознать строки
        zh: 表 {1} 没有可用来识别行的列 {2}{3}

        the line has {} cells, and the header {}
        en: the line has {1} {1:cell|cells}, and the header {2}
        ru: в строке {1} {1:ячейка|ячейки|ячеек}, а в заголовке {2}
        zh: 该行有 {1} 个单元格，而表头有 {2} 个

        line {} has cells to the right of the last header, which are left out here and below
        ru: в строке {1} есть ячейки правее последнего заголовка; здесь и ниже они пропускаются
        zh: 第 {1} 行在最后一个表头右边还有单元格，此处及以下都略去

        {} rows of {} have that name: write the key, such as {}
        en: {1} {1:row|rows} of {2} {1:has|have} that name: write the key, such as {3}
        ru: это название у {1} {1:строки|строк|строк} таблицы {2}: укажите ключ, например {3}
        zh: {2} 中有 {1} 行是这个名称：请写键，如 {3}

        {} lines of the file have that name: give each a key
        en: {1} {1:line|lines} of the file {1:has|have} that name: give each a key
        ru: это название у {1} {1:строки|строк|строк} файла: задайте каждой ключ
        zh: 文件中有 {1} 行是这个名称：请为每行指定键

        the key or the name
        ru: ключ или название
        zh: 键或名称

        the key
        ru: ключ
        zh: 键

        no row of {} has {} “{}”: enter it there first
        ru: в таблице {1} нет строки с {2?the key:ключом|the key or the name:ключом или названием} «{3}»: сначала \#
        введите её
        zh: {1} 中没有{2?the key:键|the key or the name:键或名称}为“{3}”的行：请先在那里录入

        the key is empty
        ru: ключ пуст
        zh: 键为空

        the column is empty, and rows are recognised by it
        ru: столбец пуст, а строки распознаются по нему
        zh: 该列为空，而行要靠它识别

        more than one row has that: name columns that tell rows apart with --key
        ru: таких строк несколько: укажите столбцы, различающие строки, через --key
        zh: 有多行如此：请用 --key 指明能区分行的列

        the row that is recognised has the key {}, which an import does not change
        ru: у найденной строки ключ {1}, а импорт ключей не меняет
        zh: 识别出的行的键是 {1}，导入不会更改键

        line {} has the same row, with other cells
        ru: в строке {1} файла та же запись с другими значениями
        zh: 第 {1} 行是同一条记录，但单元格不同

        row {} of {} refers to it
        ru: на неё ссылается строка {1} таблицы {2}
        zh: {2} 的行 {1} 引用它

        it refers to row {} of {}, which is not there
        ru: она ссылается на строку {1} таблицы {2}, которой нет
        zh: 它引用的 {2} 的行 {1} 不存在

        there is no changeset {}:{} here that was applied
        ru: здесь нет применённого набора изменений {1}:{2}
        zh: 这里没有已应用的变更集 {1}:{2}

        roster and schema are not taken back: only what was written into the tables is
        ru: состав участников и схему отменить нельзя: отменяется только записанное в таблицы
        zh: 名册和模式不能撤销：只能撤销写入表中的内容

        changeset {}:{} changed nothing, so there is nothing to take back: {}
        ru: набор изменений {1}:{2} ничего не изменил, отменять нечего: {3}
        zh: 变更集 {1}:{2} 没有改变任何内容，无可撤销：{3}

        --query takes one SELECT, and there is none
        ru: для --query нужен один SELECT, а его нет
        zh: --query 需要一个 SELECT，却没有

        --query takes one SELECT, and there is another statement behind it
        ru: для --query нужен один SELECT, а за ним стоит другая команда
        zh: --query 只接受一个 SELECT，而后面还有语句

        --query takes one SELECT, and this writes something: use `caravan sql` for that
        ru: для --query нужен SELECT, а эта команда пишет: для этого есть `caravan sql`
        zh: --query 只接受 SELECT，而这会写入：请用 `caravan sql`

        a row clock of {} cannot be read
        ru: часы строки в {1} не читаются
        zh: 无法读取 {1} 的行时钟

        a row that was sorted cannot be read: {}
        ru: отсортированная строка не читается: {1}
        zh: 无法读取已排序的行：{1}

        the log names changeset {} of feed {}, which cannot be
        ru: в журнале назван набор изменений {1} ленты {2}, которого быть не может
        zh: 日志提到写入流 {2} 的变更集 {1}，这不可能存在

        changeset {} is named, which cannot be
        ru: назван набор изменений {1}, которого быть не может
        zh: 提到了变更集 {1}，这不可能存在

        a changeset stands at place {} of the log, which cannot be
        ru: набор изменений стоит в журнале на месте {1}, которого быть не может
        zh: 有变更集位于日志的第 {1} 位，这不可能存在

        a feed of {} changesets cannot be
        ru: ленты из {1} {1:набора|наборов|наборов} изменений быть не может
        zh: 不可能有含 {1} 个变更集的写入流

        has the same name: {} “{}”
        ru: то же название: {1} «{2}»
        zh: 名称相同：{1}“{2}”

        has the same name in another case, width or spacing: {} “{}”
        ru: то же название, но с другим регистром, шириной знаков или пробелами: {1} «{2}»
        zh: 名称相同，只是大小写、全半角或空格不同：{1}“{2}”

        has a name that may be the same in another spelling, order of words or script: {} “{}”
        ru: возможно, то же название в другом написании, порядке слов или письме: {1} «{2}»
        zh: 名称可能相同，只是拼写、词序或文字不同：{1}“{2}”
        """#
}
