/// The messages of the values, SQLite and files of other programs.
enum FilePhrases {
    static let text = #"""
        column {} may not be NULL
        ru: столбец {1} не может быть NULL
        zh: 列 {1} 不能为 NULL

        key column {} takes integers only
        ru: ключевой столбец {1} принимает только целые числа
        zh: 键列 {1} 只接受整数

        key column {} may not hold a real
        ru: ключевой столбец {1} не может хранить дробных
        zh: 键列 {1} 不能保存实数

        column {} of type {} cannot hold this value unchanged
        ru: столбец {1} типа {2} не может хранить это значение без изменений
        zh: 列 {1}（类型 {2}）不能原样保存该值

        column {} of a STRICT table takes {} only
        ru: столбец {1} таблицы STRICT принимает только {2}
        zh: STRICT 表的列 {1} 只接受 {2}

        a virtual table
        ru: виртуальная таблица
        zh: 某个虚拟表

        the virtual table {}
        ru: виртуальная таблица {1}
        zh: 虚拟表 {1}

        an index does not agree with its table, as happens where a program brings a function or a collation of its \#
        own for one of SQLite's, such as lower: run `caravan sql 'REINDEX'`, which makes the indexes anew
        ru: индекс расходится со своей таблицей: так бывает, когда программа подменяет функцию или сравнение SQLite \#
        своими, например lower; выполните `caravan sql 'REINDEX'`, чтобы построить индексы заново
        zh: 某索引与其表不一致，可能有程序用自己的函数或排序规则替换了 SQLite 的（如 lower）：请运行 `caravan sql 'REINDEX'` 重建索引

        {} in the replica is written in SQL that this node's SQLite {} cannot read ({}), and while it is there \#
        nothing can be read; the replica itself is whole: take that part out of {} again with the program that wrote \#
        it (a column by ALTER TABLE DROP COLUMN; a table that is dropped takes with it what was written and not \#
        sealed yet), or run the node with a newer SQLite
        ru: {1} в реплике написано на SQL, которого SQLite {2} этого узла не понимает ({3}), и пока это там, ничего \#
        прочесть нельзя; сама реплика цела: уберите это место из {4} программой, которая его записала (столбец — через ALTER TABLE \#
        DROP COLUMN; таблица, если её удалить, унесёт с собой записанное и ещё не запечатанное), или запустите узел \#
        с более новой SQLite
        zh: 副本中的 {1} 所用的 SQL，本节点的 SQLite {2} 无法读取（{3}），它存在时什么都读不了；副本本身完好：请用写入它的程序从 {4} 中去掉那一部分（列用 ALTER TABLE DROP COLUMN；若删除表，已写入而未封存的内容会一并失去），或让节点使用更新的 SQLite

        ({} of this node asks for it, and only the program that made that has it: write with that program, or drop it)
        ru: (этого требует {1} на этом узле, а есть это только у программы, которая его создала: пишите той \#
        программой или удалите его)
        zh: （本节点的 {1} 需要它，而只有建立它的程序才有：请用那个程序写入，或删除它）

        there is no disk to open it on
        ru: нет диска, на котором его открыть
        zh: 没有可在其上打开它的磁盘

        {} it failed with code {}
        ru: {1}; ошибка с кодом {2}
        zh: {1}，失败代码 {2}

        a quotation mark that nothing closes
        ru: незакрытая кавычка
        zh: 没有闭合的引号

        more than 64 MiB in a line, or behind a quotation mark that nothing closes
        ru: более 64 МиБ в строке или за кавычкой, которую ничто не закрывает
        zh: 一行超过 64 MiB，或有没有闭合的引号

        the line has more than {} cells
        ru: в строке более {1} {1:ячейки|ячеек|ячеек}
        zh: 该行超过 {1} 个单元格

        a text of more than 16 MiB
        ru: текст больше 16 МиБ
        zh: 超过 16 MiB 的文本

        bytes that are no {}
        ru: байты не в кодировке {1}
        zh: 不是 {1} 编码的字节

        a workbook of the format before 2007, or one that is locked with a password
        ru: книга формата до 2007 года или защищённая паролем
        zh: 2007 年以前格式的工作簿，或设了密码的工作簿

        packed by gzip
        ru: файл, сжатый gzip
        zh: gzip 压缩文件

        a PDF document
        ru: документ PDF
        zh: PDF 文档

        a packed archive
        ru: сжатый архив
        zh: 压缩包

        an image file
        ru: изображение
        zh: 图片

        an SQLite database
        ru: база данных SQLite
        zh: SQLite 数据库

        a document of a word processor
        ru: документ текстового редактора
        zh: 文字处理程序的文档

        an XML document
        ru: документ XML
        zh: XML 文档

        a web page
        ru: веб-страница
        zh: 网页

        a JSON document
        ru: документ JSON
        zh: JSON 文件

        {} cannot be read ({}): check its name and who may read it
        ru: {1} не читается ({2}): проверьте имя и права
        zh: 无法读取 {1}（{2}）：请检查名称和读取权限

        {} cannot be written ({}): check its name, its folder and the room on the disk
        ru: не удаётся записать {1} ({2}): проверьте имя, папку и место на диске
        zh: 无法写入 {1}（{2}）：请检查名称、目录和磁盘空间

        {} is {}: save it as .xlsx or CSV with the program that made it, and import that
        ru: {1} — {2}: сохраните его в исходной программе как .xlsx или CSV и импортируйте тот файл
        zh: {1} 是{2}：请用原来的程序另存为 .xlsx 或 CSV 再导入

        there is no encoding {}: name one such as UTF-8, UTF-16LE, GB18030 or windows-1251
        ru: нет кодировки {1}: укажите, например, UTF-8, UTF-16LE, GB18030 или windows-1251
        zh: 没有编码 {1}：请写如 UTF-8、UTF-16LE、GB18030 或 windows-1251

        it cannot be told in which encoding {} is written: name it with --encoding, such as GB18030 or windows-1251
        ru: не удалось определить кодировку {1}: укажите её через --encoding, например GB18030 или windows-1251
        zh: 无法判断 {1} 的编码：请用 --encoding 指明，如 GB18030 或 windows-1251

        the workbook has no sheet {}: its sheets are {}
        ru: в книге нет листа {1}: есть {2}
        zh: 工作簿没有工作表 {1}：现有 {2}

        {} is not a whole workbook ({}): open it with the program that made it, and save it again
        ru: {1} — неполная книга ({2}): откройте её в исходной программе и сохраните снова
        zh: {1} 不是完整的工作簿（{2}）：请用原来的程序打开并重新保存

        a workbook cannot hold {}: export it as CSV
        ru: в книгу не помещается {1}: выгрузите как CSV
        zh: 工作簿放不下{1}：请导出为 CSV

        it is a link that leads to no file
        ru: это ссылка, которая никуда не ведёт
        zh: 它是不指向任何文件的链接

        it is no ordinary file
        ru: это не обычный файл
        zh: 它不是普通文件

        it is a database
        ru: это база данных
        zh: 它是数据库

        it is a file of a node
        ru: это файл узла
        zh: 它是节点的文件

        a text that the workbook lacks
        ru: текст, которого в книге нет
        zh: 工作簿中缺少的文本

        a formula without a value, as no program has computed it yet
        ru: формула без значения: её ещё не вычисляли
        zh: 没有值的公式，尚无程序计算过

        the workbook shows it as a date, and it is none
        ru: книга показывает его как дату, а такой даты нет
        zh: 工作簿把它显示为日期，而它不是日期

        it is neither true nor false
        ru: это ни истина, ни ложь
        zh: 它既不是真也不是假

        locked with a password
        ru: файл под паролем
        zh: 受密码保护

        no file of the kind .{} is written: name the output .csv, .tsv, .json, .jsonl or .xlsx, or say with --format \#
        what goes into it
        ru: файлы вида .{1} не создаются: назовите вывод .csv, .tsv, .json, .jsonl или .xlsx либо укажите через \#
        --format, что в него писать
        zh: 不生成 .{1} 类型的文件：请把输出命名为 .csv、.tsv、.json、.jsonl 或 .xlsx，或用 --format 指明写入的格式

        an archive, or a document of another format such as .ods
        ru: архив или документ другого формата, например .ods
        zh: 压缩包，或 .ods 等其他格式的文档

        its part {} is missing
        ru: в ней нет части {1}
        zh: 缺少其中的 {1}

        it has no sheet
        ru: в ней нет листов
        zh: 它没有工作表

        an archive, or a document of another format
        ru: архив или документ другого формата
        zh: 压缩包，或其他格式的文档

        a binary workbook (.xlsb)
        ru: двоичная книга (.xlsb)
        zh: 二进制工作簿（.xlsb）

        the workbook could not be begun
        ru: не удалось создать книгу
        zh: 无法创建工作簿

        more than {} rows
        ru: больше {1} {1:строки|строк|строк}
        zh: 超过 {1} 行

        more than {} columns
        ru: больше {1} {1:столбца|столбцов|столбцов}
        zh: 超过 {1} 列

        a text of more than {} characters, as in row {}
        ru: текст длиннее {1} {1:символа|символов|символов}, как в строке {2}
        zh: 超过 {1} 个字符的文本，如第 {2} 行

        a cell of row {} ({})
        ru: ячейка строки {1} ({2})
        zh: 第 {1} 行的单元格（{2}）

        line {} of a part of it is no XML
        ru: строка {1} одной из частей — не XML
        zh: 其中一部分的第 {1} 行不是 XML

        a part of it is cut off
        ru: одна из частей обрезана
        zh: 其中一部分被截断

        a part of it defines entities, which no workbook has
        ru: одна из частей определяет сущности, чего в книгах не бывает
        zh: 其中一部分定义了实体，工作簿不会这样

        the archive is cut off or altered
        ru: архив обрезан или изменён
        zh: 压缩包被截断或改动

        {} of this node's own does not agree with the table that it was made for, as happens to a full-text \#
        index that triggers keep, for they do not run on a merge; the replica itself is whole: rebuild the \#
        index, for FTS5 with INSERT INTO name(name) VALUES ('rebuild'), or drop it
        ru: {1} этого узла не сходится со своей таблицей: так бывает с полнотекстовым индексом, который ведут \#
        триггеры, ведь при слиянии они не срабатывают; сама реплика цела: перестройте индекс, для FTS5 так: \#
        INSERT INTO name(name) VALUES ('rebuild'), или удалите его
        zh: 本节点自己的 {1} 与其所依据的表不一致，由触发器维护的全文索引会这样，因为合并时触发器不运行；副本本身完好：请重建索引，FTS5 用 INSERT INTO name(name) VALUES \#
        ('rebuild')，或删除它

        (the first of these tables refers to columns of the second that are no key and not UNIQUE, so with  foreign \#
        keys on neither can be written: let it refer to the key, or drop it, or write with PRAGMA foreign_keys = OFF)
        ru: (первая из этих таблиц ссылается на столбцы второй, которые не ключ и не UNIQUE, поэтому с включёнными \#
        внешними ключами ни в одну нельзя писать: пусть она ссылается на ключ, или удалите её, или пишите с PRAGMA \#
        foreign_keys = OFF)
        zh: （前一个表引用了后一个表中既非键也非 UNIQUE 的列，启用外键时两者都无法写入：请改为引用键，或删除它，或在 PRAGMA foreign_keys = OFF 下写入）

        (rows entered apart are equal in {}, which is UNIQUE again once they are settled: `caravan conflicts` lists \#
        them; until then write ON CONFLICT of the key)
        ru: (введённые порознь строки совпадают по {1}; он снова станет UNIQUE, когда это разрешат: список выводит \#
        `caravan conflicts`; до тех пор пишите ON CONFLICT по ключу)
        zh: （分别录入的行在 {1} 上相同，解决之后它才重新 UNIQUE：`caravan conflicts` 会列出；在此之前请写针对键的 ON CONFLICT）
        """#
}
