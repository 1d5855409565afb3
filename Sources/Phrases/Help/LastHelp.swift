/// The help of the commands from `show` to `restore`.
enum LastHelp {
    static let text = #"""
        Show a record, with who wrote each field and when.
        ru: Показать запись: кто и когда написал каждое поле.
        zh: 显示一条记录，以及各字段由谁、何时写入。

        With what it refers to and what refers to it. What is pending is sealed first. A KEY is the bare \#
        value, or a JSON array for a composite key; words behind `--` may begin with a dash.
        ru: А также то, на что она ссылается и что ссылается на неё. Незапечатанное сначала запечатывается. KEY — само \#
        значение или массив JSON для составного ключа; слова после -- могут начинаться с дефиса.
        zh: 以及它引用的记录和引用它的记录。尚未封存的内容会先封存。KEY 是值本身，复合键用 JSON 数组；-- 之后的词可以以连字符开头。

        Every version of a record: who, when, which fields, and what was written apart.
        ru: Все версии записи: кто, когда, какие поля и что написано порознь.
        zh: 一条记录的所有版本：谁、何时、哪些字段，以及哪些是分别写入的。

        Oldest first, in the order in which this replica applied them. What is pending is sealed first.
        ru: Сначала старые, в том порядке, в каком их применила эта реплика. Незапечатанное сначала запечатывается.
        zh: 旧的在前，按本副本应用的顺序。尚未封存的内容会先封存。

        Query the replica as it was.
        ru: Выполнить запрос к реплике, какой она была.
        zh: 查询副本过去的状态。

        WHEN is a time as `log` prints it, RFC 3339, YYYY-MM-DD, a duration back such as 7d, or a version vector as \#
        `status --json` prints it. The log up to there is folded into a replica of its own, on which the SQL runs; \#
        it can only read.
        ru: WHEN — время, как его печатает `log`, RFC 3339, YYYY-MM-DD, срок назад, например 7d, или вектор версий, \#
        как его печатает `status --json`. Журнал до этого места воспроизводится в отдельную реплику, и SQL \#
        выполняется на ней, только на чтение.
        zh: WHEN 是 `log` 输出的时间、RFC 3339、YYYY-MM-DD、往前的时长（如 7d），或 `status --json` 输出的版本向量。到该处为止的日志会重放成单独的副本，SQL \#
        在其上运行，只能读取。

        The time, or a version vector in JSON.
        ru: Время или вектор версий в JSON.
        zh: 时间，或 JSON 形式的版本向量。

        What to run.
        ru: Запрос.
        zh: 要运行的语句。

        The replicated schema.
        ru: Общая схема.
        zh: 同步的模式。

        Show the replicated tables and indexes.
        ru: Показать общие таблицы и индексы.
        zh: 显示同步表和索引。

        As SQL that makes the same tables, or as a JSON document. On a terminal the control characters of names and \#
        texts are escaped; in a file or a pipe each stands as it is, so that `init --schema` and `schema apply` read \#
        the same. --default shows what `init` founds, and asks for no node.
        ru: В виде SQL, который создаёт такие же таблицы, или документа JSON. На терминале управляющие символы в \#
        именах и текстах экранируются; в файле и в конвейере всё остаётся как есть, чтобы `init --schema` и `schema \#
        apply` прочли то же самое. --default показывает схему, которую создаёт `init`, и узла не требует.
        zh: 以能建立同样的表的 SQL，或以 JSON 文档显示。在终端上，名称和文本中的控制字符会转义；写入文件或管道时保持原样，使 `init --schema` 和 `schema apply` \#
        读到同样的内容。--default 显示 `init` 创立的模式，不需要节点。

        Show the schema that `init` founds, as SQL.
        ru: Показать схему, которую создаёт `init`, в виде SQL.
        zh: 以 SQL 显示 `init` 创立的模式。

        Add tables, columns and indexes to the replicated schema.
        ru: Добавить таблицы, столбцы и индексы в общую схему.
        zh: 向同步的模式添加表、列和索引。

        FILE is the whole schema as it is to be: CREATE TABLE and CREATE INDEX, such as `caravan schema show` \#
        prints, with what is new. What it adds is sealed and reaches every node with the next sync. Nothing is ever \#
        dropped, renamed or retyped; a column that is used no more is retired. Only an admin may do this.
        ru: FILE — вся схема, какой она должна быть: CREATE TABLE и CREATE INDEX, как печатает `caravan schema \#
        show`, вместе с новым. Добавленное запечатывается и со следующей синхронизацией доходит до каждого узла. \#
        Ничего не удаляется, не переименовывается и не меняет типа; ненужный столбец выводят из употребления. \#
        Доступно только администратору.
        zh: FILE 是完整的目标模式：CREATE TABLE 和 CREATE INDEX，如 `caravan schema show` \#
        所输出，加上新的内容。所添加的会封存，随下次同步到达每个节点。不会删除、改名或改变类型；不再使用的列可以停用。仅管理员可用。

        --default takes the schema that `init` founds in place of a file, with whatever the alliance has beside it: \#
        so an alliance that was founded with fewer tables gets the others, with the rows with which they begin, and \#
        this node the views.
        ru: --default вместо файла берёт схему, которую создаёт `init`, вместе со всем, что есть у альянса сверх \#
        неё: так альянс, основанный с меньшим числом таблиц, получает остальные с их начальными строками, а этот \#
        узел — представления.
        zh: --default 用 `init` 创立的模式代替文件，并保留联盟在其之外已有的内容：以较少的表创立的联盟由此得到其余的表及其起始行，本节点得到视图。

        The file with the whole schema.
        ru: Файл со всей схемой.
        zh: 含完整模式的文件。

        Add what the schema has that `init` founds.
        ru: Добавить то, что есть в схеме, которую создаёт `init`.
        zh: 添加 `init` 创立的模式中已有的内容。

        Only tell what would be done.
        ru: Только показать, что будет сделано.
        zh: 只说明会做什么。

        A column that is used no more: it stays, and may be left out. May be repeated.
        ru: Столбец, который больше не нужен: он остаётся, и его можно не заполнять. Можно повторять.
        zh: 不再使用的列：它保留，可以不填。可重复。

        Permit this new table a bare integer as its key. May be repeated.
        ru: Разрешить этой новой таблице ключ — целое число. Можно повторять.
        zh: 允许这个新表以单纯的整数为键。可重复。

        What tables, columns and words are called in Chinese, Russian and English.
        ru: Как таблицы, столбцы и понятия называются по-китайски, по-русски и по-английски.
        zh: 表、列和用词的中文、俄文和英文名称。

        Of the tables of this node, those that are of the alliance's own schema have such names. With --json \#
        also what a row of a table is, what it says of persons, and the words that stand for states and kinds.
        ru: Такие имена есть у таблиц этого узла, которые входят в схему самого альянса. С --json — ещё и что \#
        такое строка таблицы, что она говорит о людях и какие слова означают состояния и виды.
        zh: 本节点的表中，属于联盟自己模式的有这些名称。加 --json 还会说明表的一行是什么、涉及哪些个人信息，以及表示状态和类别的用词。

        A replicated table; all unless given.
        ru: Общая таблица; по умолчанию все.
        zh: 同步表；未给出时为全部。

        Make the views of the alliance's own schema on this node.
        ru: Создать на этом узле представления схемы самого альянса.
        zh: 在本节点建立联盟自己模式的视图。

        They are made with the tables, by whatever brings those: `init`, `join`, `schema apply --default`, a sync or \#
        a bundle; `serve` makes them within the hour. This makes them again as they come with the software. Views \#
        are each node's own: nothing is sent, and you may drop one, or write another under its name. A table that \#
        you made under the name of one stays.
        ru: Они создаются вместе с таблицами, как бы те ни появились: `init`, `join`, `schema apply --default`, \#
        синхронизация или файл; `serve` создаёт их в течение часа. Эта команда создаёт их заново такими, какими они \#
        поставляются с программой. Представления у каждого узла свои: ничего не отправляется, и вы можете удалить \#
        любое или создать под его именем другое. Таблица, которую вы создали под таким именем, остаётся.
        zh: 它们随表一起建立，无论表从何而来：`init`、`join`、`schema apply --default`、同步或文件；`serve` \#
        在一小时内建立。本命令按软件自带的样子重新建立。视图属于各节点自己：不发送任何内容，您可以删除某个视图，或用同名另写一个。您以视图名建立的表会保留。

        Put a table's columns in the order that they have everywhere.
        ru: Расставить столбцы таблицы в том порядке, в каком они у всех.
        zh: 把表的列排成各处一致的顺序。

        Where people defined columns apart, their order in the file is that in which they came; `caravan doctor` \#
        lists such tables. This makes the table anew on this node, with the same rows, which takes as long as \#
        copying it. Nothing is sent.
        ru: Если столбцы добавили порознь, в файле они стоят в порядке поступления; такие таблицы показывает \#
        `caravan doctor`. Эта команда создаёт таблицу на этом узле заново, с теми же строками; времени уходит \#
        столько, сколько на её копирование. Ничего не отправляется.
        zh: 列若是分别添加的，在文件中按到达的顺序排列；`caravan doctor` 会列出这样的表。本命令在本节点以同样的行重建该表，用时与复制它相当。不发送任何内容。

        A replicated table.
        ru: Общая таблица.
        zh: 同步表。

        Check the hash chains, signatures and chunks of the log.
        ru: Проверить цепочки хешей, подписи и куски журнала.
        zh: 检查日志的哈希链、签名和数据块。

        With --deep the whole log is folded again into a replica of its own, and every table, who wrote what in it, \#
        and every conflict is compared with it. Ends with status 1 if something is wrong.
        ru: С --deep весь журнал воспроизводится заново в отдельную реплику, и с ней сравниваются каждая таблица, \#
        авторы значений и каждый конфликт. Код завершения 1, если что-то не так.
        zh: 加 --deep 时，整个日志重放成单独的副本，并与它比较每个表、其中各值的作者以及每个冲突。有不符时，退出码为 1。

        Also fold the log again and compare every table and every conflict.
        ru: Ещё и воспроизвести журнал заново и сравнить каждую таблицу и каждый конфликт.
        zh: 同时重新重放日志，比较每个表和每个冲突。

        Fold tables anew from the log, and keep what they had otherwise as edits.
        ru: Восстановить таблицы по журналу, а то, что в них было сверх него, сохранить как правки.
        zh: 按日志重建表，并把表中与日志不同的内容保留为修改。

        For what was written while triggers were off, which nobody noted; `caravan verify --deep` finds it. Rows \#
        that are missing come back. Rows and values that the log has not are sealed as edits of this node, so that \#
        everybody gets them. Nothing that was entered is lost. A row that was deleted unseen comes back too: delete \#
        it again with triggers on. What the definition of its table does not permit is kept in TABLE__local, and \#
        `caravan doctor` names that. What the disk made of who wrote a row is put right too. Takes as long as \#
        folding the whole log.
        ru: Для того, что написано при выключенных триггерах и нигде не отмечено; такое находит `caravan verify \#
        --deep`. Пропавшие строки возвращаются. Строки и значения, которых нет в журнале, запечатываются как правки \#
        этого узла и доходят до всех. Ничего из введённого не теряется. Возвращается и строка, удалённая незаметно: \#
        удалите её снова при включённых триггерах. То, чего не допускает определение таблицы, хранится в \#
        TABLE__local, и `caravan doctor` об этом сообщает. Исправляются и повреждённые на диске сведения об авторах \#
        строк. Времени уходит столько, сколько на воспроизведение всего журнала.
        zh: 用于触发器关闭时写入、未被记录的内容；`caravan verify --deep` 可以查出。缺失的行会回来。日志中没有的行和值封存为本节点的修改，送达所有人。录入的内容不会丢失。未被察觉而删除的行也会回\#
        来：请在触发器开启时重新删除。表定义不允许的内容保存在 TABLE__local 中，`caravan doctor` 会指出。磁盘损坏的作者信息也会改正。用时与重放整个日志相当。

        Replicated tables; all of them if none is named.
        ru: Общие таблицы; по умолчанию все.
        zh: 同步表；未指定时为全部。

        Everything that is wrong or soon will be, each with what to do.
        ru: Всё, что не в порядке или скоро будет не в порядке, и что с этим делать.
        zh: 已经或即将出现的所有问题，以及各自的处理办法。

        Ends with status 1 if there is something. Rows that came or went while triggers were off are counted by \#
        table; values that were changed so only `caravan verify --deep` finds, which folds the whole log.
        ru: Код завершения 1, если что-то найдено. Строки, которые появились или пропали при выключенных триггерах, \#
        считаются по таблицам; изменённые так значения находит только `caravan verify --deep`, который воспроизводит \#
        весь журнал.
        zh: 有问题时，退出码为 1。触发器关闭时增减的行按表计数；这样改动的值只有 `caravan verify --deep` 能查出，它会重放整个日志。

        With --bundle what it finds goes into one new file, for somebody elsewhere who is to help: with versions, \#
        settings without passwords, status, sizes of files, and the last lines of the log of `serve`. There are \#
        names and addresses of members in it, and no records, keys or invitations. It can be read with any editor.
        ru: С --bundle найденное записывается в один новый файл для того, кто поможет издалека: с версиями, \#
        настройками без паролей, состоянием, размерами файлов и последними строками журнала `serve`. В нём есть \#
        имена и адреса участников, но нет записей, ключей и приглашений. Его можно прочесть в любом редакторе.
        zh: 加 --bundle 时，查到的内容写入一个新文件，供在别处协助的人使用：含版本、去掉密码的设置、状况、文件大小，以及 `serve` \#
        日志的最后若干行。其中有成员的名称和地址，没有记录、密钥或邀请。用任何编辑器都能阅读。

        Write all that a helper elsewhere needs into this file, which must not be there yet.
        ru: Записать всё нужное тому, кто поможет издалека, в этот файл; его ещё не должно быть.
        zh: 把远程协助者所需的一切写入此文件；该文件不能已经存在。

        Sync by file: a USB stick, a memory card, an attachment.
        ru: Синхронизация файлами: флешка, карта памяти, вложение.
        zh: 用文件同步：U盘、存储卡、邮件附件。

        A bundle has the same signed changesets as a connection carries. It may be carried by anybody, imported \#
        twice and in any order; what is missing is named.
        ru: В файле те же подписанные наборы изменений, что передаются по сети. Его может нести кто угодно, \#
        принимать можно повторно и в любом порядке; о том, чего не хватает, будет сказано.
        zh: 文件中的已签名变更集与网络上传送的相同。任何人都可携带，可重复导入，顺序不限；缺少什么会指出。

        Write what others lack into a file.
        ru: Записать в файл то, чего не хватает другим.
        zh: 把别人缺少的写入文件。

        A PEER is a member's name, the beginning of its site id, or a file that it wrote: what it lacks is then \#
        known exactly. Else it goes by what the member last said, over a connection or in a file; of one that has \#
        said nothing, everything is written. What stood in FILE stays until the new one is whole.
        ru: PEER — имя участника, начало идентификатора его узла или файл, который он записал: тогда точно известно, \#
        чего ему не хватает. Иначе берётся то, что участник сообщил последним, по сети или в файле; для того, кто \#
        ничего не сообщал, записывается всё. Прежний FILE остаётся, пока новый не готов целиком.
        zh: PEER 是成员的名称、站点编号的开头，或它写出的文件：后者可确知它缺少什么。否则以该成员最后在网络或文件中所说为准；从未说过的，写出全部内容。FILE 中原有的内容保留到新文件完整为止。

        The file to write.
        ru: Файл для записи.
        zh: 要写出的文件。

        Whom it is for.
        ru: Для кого он.
        zh: 写给谁。

        A version vector, as `status --json` prints it.
        ru: Вектор версий, как его печатает `status --json`.
        zh: 版本向量，如 `status --json` 所输出。

        Everything.
        ru: Всё.
        zh: 全部。

        Only those whom --to names can read it.
        ru: Прочесть его смогут только указанные в --to.
        zh: 只有 --to 指定的人能读。

        Take what files bring.
        ru: Принять то, что принесли файлы.
        zh: 接收文件带来的内容。

        Each file is checked from its first byte to its last before anything of it is taken. One that is altered, \#
        cut, of another alliance, of a stranger or of a retired member is refused whole (exit 3). What lacks what \#
        comes before it waits in the node's folder, and what is missing is named (exit 1). It goes on waiting where \#
        it is refused for a reason that may pass, and is deleted where the disk altered it; both are told (exit 1). \#
        What is encrypted to others is kept, and passed on by `bundle exchange`.
        ru: Каждый файл проверяется от первого байта до последнего, прежде чем из него что-то принимается. \#
        Изменённый, обрезанный, из другого альянса, от постороннего или исключённого отклоняется целиком (код \#
        завершения 3). То, чему не хватает предыдущего, ждёт в папке узла, и сообщается, чего не хватает (код \#
        завершения 1). Если причина отказа может пройти, файл ждёт и дальше, а повреждённый на диске удаляется; о \#
        том и другом сообщается (код завершения 1). Зашифрованное для других хранится и передаётся дальше командой \#
        `bundle exchange`.
        zh: 取用任何内容之前，每个文件都从头到尾检查一遍。被改动、截断、属于其他联盟、出自陌生人或已退出成员的，整个拒绝（退出码 3）。缺少前面内容的在节点目录中等待，并指出缺少什么（退出码 \#
        1）。因可能消除的原因被拒的继续等待，在磁盘上损坏的则删除，两者都会告知（退出码 1）。为他人加密的会保留，由 `bundle exchange` 继续转交。

        The files, in any order.
        ru: Файлы, в любом порядке.
        zh: 文件，顺序不限。

        Tell what a file holds, and what this node lacks of it.
        ru: Показать, что в файле и чего из этого нет у этого узла.
        zh: 说明文件里有什么，以及本节点缺少其中哪些。

        Nothing of it is taken.
        ru: Ничего не принимается.
        zh: 不取用其中任何内容。

        The file.
        ru: Файл.
        zh: 文件。

        Write what this node has into a small file, from which others see what it lacks.
        ru: Записать в маленький файл перечень того, что есть у этого узла: по нему другие увидят, чего ему не хватает.
        zh: 把本节点已有内容的清单写入一个小文件，别人由此看出它缺少什么。

        Give it to whoever travels: there, `bundle export NEW --to FILE` writes exactly what this node needs.
        ru: Отдайте его тому, кто едет: там `bundle export NEW --to FILE` запишет ровно то, что нужно этому \#
        узлу.
        zh: 交给出行的人：在那里 `bundle export NEW --to FILE` 会写出本节点正需要的内容。

        What a person does with a stick at each place: take what is there, leave what others lack.
        ru: Что делают с флешкой на каждом месте: забрать то, что на ней, и оставить то, чего не хватает другим.
        zh: 在每个地点插上U盘后运行：取走其中的内容，留下别人缺少的。

        DIR is the folder at which the stick is mounted. Each node leaves an announcement there of what it has; \#
        whoever comes later writes what those lack who announced themselves before. So the first round only makes \#
        everybody known, and from the second on the stick brings news. All of it lies in a folder of the alliance's \#
        own; other files are left alone. Wait for the last line before you pull the stick out: if it comes out \#
        before, what was there before is whole, and the command can be run again. From a stick that cannot be \#
        written what is there is taken all the same, and then the command ends with what is wrong (exit 4).
        ru: DIR — папка, куда подключена флешка. Каждый узел оставляет там перечень того, что у него есть; кто \#
        придёт позже, записывает то, чего не хватает побывавшим раньше. Поэтому первый круг лишь знакомит всех, а со \#
        второго флешка приносит новое. Всё лежит в отдельной папке альянса; другие файлы не затрагиваются. Не \#
        вынимайте флешку до последней строки: если вынуть раньше, прежнее на ней останется целым, и команду можно \#
        повторить. С флешки, защищённой от записи, всё равно принимается то, что на ней есть, а затем команда \#
        сообщает, что помешало (код завершения 4).
        zh: DIR 是U盘挂载的目录。每个节点在那里留下一份声明，说明自己有什么；后来者写出先前声明者缺少的内容。因此第一轮只是让大家彼此认识，从第二轮起U盘才带来新内容。一切都放在联盟自己的目录里，其他文件不动。请等最\#
        后一行出现再拔出U盘：若提前拔出，原有内容仍完好，命令可重新运行。U盘无法写入时，其中的内容照样取走，然后命令说明原因并结束（退出码 4）。

        With --with-program the stick also gets this program with all that it needs, in the folder caravan-program, \#
        and a page in Chinese, Russian and English that says how to install it on a laptop without any network.
        ru: С --with-program на флешку записывается и эта программа со всем, что ей нужно, в папку caravan-program, \#
        и страница по-китайски, по-русски и по-английски о том, как установить её на ноутбук без всякой сети.
        zh: 加 --with-program 时，U盘的 caravan-program 目录中还有本程序及其所需的一切，以及一页中文、俄文和英文说明，讲述如何在没有网络的笔记本上安装。

        Also put this program there, for a laptop that has no network.
        ru: Записать туда и эту программу, для ноутбука без сети.
        zh: 同时写入本程序，供没有网络的笔记本使用。

        Where the stick is mounted.
        ru: Куда подключена флешка.
        zh: U盘挂载在哪里。

        What the files of this alliance may take there: 500k, 8M, 2G.
        ru: Сколько места могут занять там файлы этого альянса: 500k, 8M, 2G.
        zh: 本联盟的文件在那里最多占用多少：500k、8M、2G。

        What is written can be read only by the one that it is for.
        ru: Прочесть записанное сможет только тот, кому оно предназначено.
        zh: 写出的内容只有接收者能读。

        Copy the replica into a file, while others use it.
        ru: Скопировать реплику в файл, не прерывая работы с ней.
        zh: 把副本复制到文件，不影响正在使用它的程序。

        The file has everything but the node's key: keep a copy of identity.key with it.
        ru: В файле всё, кроме ключа узла: храните вместе с ним копию identity.key.
        zh: 文件中有除节点密钥外的一切：请一并保存 identity.key。

        A file that is not there yet.
        ru: Файл, которого ещё нет.
        zh: 尚不存在的文件。

        Put a backup in the place of the replica.
        ru: Поставить резервную копию на место реплики.
        zh: 用备份替换副本。

        The replica that is there is kept under another name. The node goes on in a new incarnation of its feed, so \#
        nothing is ever numbered twice; what it wrote since the backup, and peers have, comes back with the next \#
        sync. A copy of replica.sqlite that was made otherwise needs its -wal file beside it, which is taken along. \#
        Where replica.sqlite is a link, what it leads to is replaced. Invitations that were open in the backup are \#
        withdrawn, for somebody may have used them since.
        ru: Нынешняя реплика сохраняется под другим именем. Узел продолжает в новом воплощении (incarnation) своей \#
        ленты, поэтому номера не повторяются; то, что он написал после копии и что есть у партнёров, вернётся со \#
        следующей синхронизацией. Если копия replica.sqlite сделана иначе, рядом нужен её файл -wal, он берётся \#
        вместе с ней. Если replica.sqlite — ссылка, заменяется то, на что она указывает. Приглашения, которые \#
        были открыты в копии, отзываются: ими могли с тех пор воспользоваться.
        zh: 现有的副本以另一名称保留。节点以新的写入序列（incarnation）继续，因此编号不会重复；备份之后写入而对端已有的内容随下次同步回来。以其他方式复制的 replica.sqlite 需要旁边有其 -wal \#
        文件，会一并取用。若 replica.sqlite 是链接，则替换它所指的文件。备份中尚未使用的邀请会被撤回，因为此后可能已有人用过。

        A file that `caravan backup` made at this node.
        ru: Файл, который на этом узле сделал `caravan backup`.
        zh: `caravan backup` 在本节点做的文件。
        """#
}
