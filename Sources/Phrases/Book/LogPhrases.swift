/// The messages of the log of a replica, and of what doctor finds in it.
enum LogPhrases {
    static let text = #"""
        a row names a changeset that the log of {} does not have
        ru: строка ссылается на набор изменений, которого нет в журнале {1}
        zh: 某行引用了 {1} 的日志中没有的变更集

        changeset {} of feed {} joins nothing in {}
        ru: набору изменений {1} ленты {2} не к чему примкнуть в {3}
        zh: 写入流 {2} 的变更集 {1} 在 {3} 中无可衔接

        {} has lost the number of its last body
        ru: в {1} потерян номер последнего тела
        zh: {1} 丢失了最后一个正文的编号

        a chunk of the log of {} is missing
        ru: в журнале {1} нет куска
        zh: {1} 的日志缺少一个数据块

        a chunk of the log of {} stands for itself
        ru: кусок журнала {1} ссылается сам на себя
        zh: {1} 的日志中有数据块指向自身

        changeset {} of a feed is missing in the log of {}
        ru: в журнале {2} нет набора изменений {1} одной из лент
        zh: {2} 的日志缺少某写入流的变更集 {1}

        the changeset that founded the alliance is damaged on the disk of this node: join at another one, or sync \#
        this one with another first
        ru: набор изменений, основавший альянс, повреждён на диске этого узла: вступайте через другой узел или \#
        сначала синхронизируйте этот
        zh: 创建联盟的变更集在本节点磁盘上已损坏：请在另一节点加入，或先让本节点与他人同步

        the log of {} lacks a changeset that it holds
        ru: в журнале {1} нет набора изменений, который в нём числится
        zh: {1} 的日志缺少它声称持有的变更集

        what is recorded of changeset {} of feed {} in {} does not agree
        ru: сведения о наборе изменений {1} ленты {2} в {3} противоречивы
        zh: {3} 中写入流 {2} 的变更集 {1} 的记录不一致

        too many changesets have begun to arrive here and have not ended
        ru: начато и не закончено слишком много передач наборов изменений
        zh: 有太多变更集开始到达而尚未完成

        more than {} GiB are here of changesets that have not ended
        ru: здесь уже более {1} ГиБ незаконченных наборов изменений
        zh: 这里未结束的变更集超过 {1} GiB

        the list of unfinished changesets in {} cannot be read
        ru: список незаконченных наборов изменений в {1} не читается
        zh: {1} 中未完成变更集的列表无法读取

        it did not agree with table {}, as where a program brings a function or a collation of its own for one of \#
        SQLite's
        ru: он расходился с таблицей {1}: так бывает, когда программа подменяет функцию или сравнение SQLite своими
        zh: 它与表 {1} 不一致，可能有程序用自己的函数或排序规则替换了 SQLite 的

        it reads column {} of table {}, which had to go
        ru: он читает столбец {1} таблицы {2}, который пришлось убрать
        zh: 它读取表 {2} 中不得不移除的列 {1}

        the columns of a table cannot be read: {}
        ru: столбцы таблицы не читаются: {1}
        zh: 某表的列无法读取：{1}

        an alliance is founded in an empty replica
        ru: альянс основывают в пустой реплике
        zh: 联盟要在空副本中创建

        the schema cannot be replicated: {}
        ru: эту схему нельзя сделать общей: {1}
        zh: 该模式无法同步：{1}

        the roster in {} cannot be read
        ru: список участников в {1} не читается
        zh: {1} 中的名册无法读取

        {} does not say of which version its schema is
        ru: {1} не сообщает версию своей схемы
        zh: {1} 没有说明其结构的版本

        {} does not say which format it has
        ru: в {1} не указан формат
        zh: {1} 没有标明格式

        restore a backup, or join anew in another folder, which brings back whatever a peer holds
        ru: восстановите резервную копию или вступите заново в другой папке, что вернёт всё, что есть у \#
        партнёров
        zh: 请恢复备份，或在另一目录重新加入，以取回对端持有的一切

        it is given to nobody, and comes again from the next peer that has it: sync, and have the disk checked
        ru: это никому не отдаётся и придёт снова от ближайшего партнёра, у которого оно есть: синхронизируйтесь и \#
        проверьте диск
        zh: 它不会交给任何人，并会从下一个持有它的对端再次取得：请同步，并检查磁盘

        {} does not say whose replica it is
        ru: в {1} не указано, чья это реплика
        zh: {1} 没有标明是谁的副本

        the log of {} names feeds that it does not list
        ru: в журнале {1} есть ссылки на ленты, которых нет в его списке
        zh: {1} 的日志提到了未列出的写入流

        the list of feeds in {} cannot be read
        ru: список лент в {1} не читается
        zh: {1} 中的写入流列表无法读取

        the list of branches in {} cannot be read
        ru: список ветвей в {1} не читается
        zh: {1} 中的分支列表无法读取

        a definition in {} cannot be read
        ru: определение в {1} не читается
        zh: {1} 中有定义无法读取

        table {} in {} has no definition
        ru: у таблицы {1} в {2} нет определения
        zh: {2} 中的表 {1} 没有定义

        the definition of an index in {} cannot be read
        ru: определение индекса в {1} не читается
        zh: {1} 中的索引定义无法读取

        a column {} of table {} is not in its definition
        ru: столбца {1} таблицы {2} нет в её определении
        zh: 表 {2} 的列 {1} 不在其定义中

        a version vector in the replica cannot be read
        ru: вектор версий в реплике не читается
        zh: 副本中的版本向量无法读取

        columns made by hand
        ru: столбцы, созданные вручную
        zh: 手工添加的列

        {} of table {} was added by hand and is on this node only: add it with `caravan schema apply` to share it
        ru: {1} таблицы {2} добавлен вручную и есть только на этом узле: чтобы он был у всех, добавьте его через \#
        `caravan schema apply`
        zh: 表 {2} 的 {1} 是手工添加的，只在本节点上：要共享请用 `caravan schema apply` 添加

        computed columns made by hand
        ru: вычисляемые столбцы, созданные вручную
        zh: 手工添加的计算列

        indexes made by hand
        ru: индексы, созданные вручную
        zh: 手工建立的索引

        index {} was made by hand and is not UNIQUE any more, for other nodes do not know it: add it with `caravan \#
        schema apply`, or drop it
        ru: индекс {1} создан вручную и больше не UNIQUE: другие узлы его не знают; добавьте его через `caravan \#
        schema apply` или удалите
        zh: 索引 {1} 是手工建立的，已不再 UNIQUE，因为其他节点不知道它：请用 `caravan schema apply` 添加，或删除

        tables made by hand
        ru: таблицы, созданные вручную
        zh: 手工建立的表

        objects made by hand
        ru: объекты, созданные вручную
        zh: 手工建立的对象

        {} was made by hand and had to go, for with it this node could not take what others write ({}): what it was \#
        is `{}`; make it so that it comes to something in every row, by SQLite's own functions
        ru: {1} создан вручную, и его пришлось убрать: с ним узел не мог принять написанное другими ({2}); \#
        определение было таким: `{3}`; создайте его так, чтобы он вычислялся в каждой строке функциями самой SQLite
        zh: {1} 是手工建立的，不得不移除，因为它使本节点无法接收他人所写（{2}）：原为 `{3}`；请改成用 SQLite 自带函数、在每一行都能求值

        {} {} was made by hand as {}, a name that the alliance has come to use: what reads {} reads the alliance's \#
        now; let it read {}, or drop that
        ru: {1} {2} создан вручную под именем {3}, которое теперь занято альянсом: кто читает {4}, получает таблицу \#
        альянса; читайте {5} или удалите его
        zh: {1} {2} 是以 {3} 之名手工建立的，而联盟已使用该名称：读取 {4} 的现在读到的是联盟的；请改读 {5}，或删除它

        {} {} was made by hand as {}, under which triggers ask SQLite itself, so that nobody could write: give it a \#
        name of your own that does not begin with pragma_, or drop it
        ru: {1} {2} создан вручную под именем {3}, по которому триггеры обращаются к самому SQLite, и писать не мог \#
        никто: дайте ему своё имя, которое не начинается с pragma_, или удалите его
        zh: {1} {2} 是以 {3} 之名手工建立的，而触发器以该名称查询 SQLite 本身，因此谁都无法写入：请另取不以 pragma_ 开头的名称，或将其删除

        references of tables made by hand
        ru: ссылки таблиц, созданных вручную
        zh: 手工表的引用

        full-text indexes
        ru: полнотекстовые индексы
        zh: 全文索引

        column {} of table {} was made by hand and cannot be computed in every row ({}): the replica itself is \#
        whole; drop it by `caravan sql`, or the next merge or `caravan schema rebuild` that it hinders puts it aside
        ru: столбец {1} таблицы {2} создан вручную и вычисляется не в каждой строке ({3}): сама реплика цела; \#
        удалите его через `caravan sql`, иначе его отложит первое же слияние или `caravan schema rebuild`, которым \#
        он помешает
        zh: 表 {2} 的列 {1} 是手工添加的，并非每行都能计算（{3}）：副本本身完好；请用 `caravan sql` 删除，否则它妨碍的下一次合并或 `caravan schema rebuild` 会搁置它

        table {} keeps what somebody entered by hand, for {}: correct it, enter it with `caravan sql`, and drop {}
        ru: в таблице {1} сохранено введённое вручную; причина: {2}; исправьте это, введите через `caravan sql` и \#
        удалите {3}
        zh: 表 {1} 保存着手工录入的内容，原因：{2}：请改正后用 `caravan sql` 录入，并删除 {3}

        table {} is on this node only, under a name as tables made by hand get once the alliance uses theirs: copy \#
        its rows with `caravan sql` if they belong into the table of that name, and drop it; or give it a name of \#
        your own
        ru: таблица {1} есть только на этом узле, и имя у неё такое, какое получают созданные вручную таблицы, когда \#
        их имя занимает альянс: если её строки нужны в таблице с тем именем, перенесите их через `caravan sql` и \#
        удалите {1}; иначе дайте ей своё имя
        zh: 表 {1} 只在本节点上，其名称是手工建立的表在联盟使用其原名后得到的那种：如果它的行属于原名的表，请用 `caravan sql` 复制后删除；否则请另取名称

        table {} was dropped by hand and put back from the log; {}, which looks like the copy of a rebuild that did \#
        not end, is on this node only ({} rows that were entered and not sealed were taken from it, as far as it has \#
        them): enter what is missing with `caravan sql`, and drop {}
        en: table {1} was dropped by hand and put back from the log; {2}, which looks like the copy of a rebuild \#
        that did not end, is on this node only ({3} {3:row that was|rows that were} entered and not sealed \#
        {3:was|were} taken from it, as far as it has {3:it|them}): enter what is missing with `caravan sql`, and drop {4}
        ru: таблица {1} удалена вручную и восстановлена из журнала; {2} похожа на копию, оставшуюся от незаконченной \#
        перестройки, и есть только на этом узле (взято из неё незапечатанных строк, насколько они там есть: {3}): введите недостающее через \#
        `caravan sql` и удалите {4}
        zh: 表 {1} 被手工删除，已从日志放回；{2} 像是未完成的重建的拷贝，只在本节点上（从中取回了 {3} 行未封存的录入，以其所有为限）：请用 `caravan sql` 补录缺少的，并删除 {4}

        {} references of table {}, which is on this node only, have no row: others deleted it, and no merge looks at \#
        such tables; delete or change them
        en: {1} {1:reference|references} of table {2}, which is on this node only, {1:has|have} no row: others \#
        deleted it, and no merge looks at such tables; delete or change them
        ru: {1} {1:ссылка|ссылки|ссылок} таблицы {2}, которая есть только на этом узле, {1:ведёт|ведут|ведут} на \#
        строки, которых нет: их удалили другие, а слияние такие таблицы не проверяет; удалите или измените ссылки
        zh: 只在本节点上的表 {2} 有 {1} 个引用找不到行：他人已删除，而合并不处理这类表；请删除或修改它们

        table {}, which is on this node only, refers to what is no key ({}): programs that have foreign keys on \#
        cannot delete rows while it is there; let it refer to the key, or drop it
        ru: таблица {1}, которая есть только на этом узле, ссылается не на ключ ({2}): пока она есть, программы с \#
        включёнными внешними ключами не могут удалять строки; пусть она ссылается на ключ, или удалите её
        zh: 只在本节点上的表 {1} 引用的不是键（{2}）：它存在时，启用外键的程序无法删除行；请改为引用键，或删除该表

        this node
        ru: этот узел
        zh: 本节点

        {} waits for an admin, for who admitted it had no right to any more; what it wrote ({} changesets) counts \#
        once an admin runs `caravan member role {} {}`
        en: {1} waits for an admin, for who admitted it had no right to any more; what it wrote ({2} \#
        {2:changeset|changesets}) counts once an admin runs `caravan member role {3} {4}`
        ru: {1} ждёт администратора: у того, кто его принял, уже не было на это права; написанное им ({2} \#
        {2:набор|набора|наборов} изменений) будет засчитано, когда администратор выполнит `caravan member role {3} {4}`
        zh: {1} 在等待管理员，因为接纳它的人当时已无权；它写的内容（{2} 个变更集）要等管理员运行 `caravan member role {3} {4}` 才计入

        an admin retired this node: nobody exchanges anything with it, and what it wrote since ({} changesets) \#
        counts nowhere; ask an admin for `caravan member role {} member`
        en: an admin retired this node: nobody exchanges anything with it, and what it wrote since ({1} \#
        {1:changeset|changesets}) counts nowhere; ask an admin for `caravan member role {2} member`
        ru: администратор исключил этот узел: с ним никто не обменивается, и написанное с тех пор ({1} \#
        {1:набор|набора|наборов} изменений) нигде не засчитывается; попросите администратора выполнить `caravan \#
        member role {2} member`
        zh: 管理员已令本节点退出：无人再与它同步，此后写的内容（{1} 个变更集）在任何地方都不计入；请管理员运行 `caravan member role {2} member`

        {} changesets of {} do not count, for they lie beyond the end of its right: `caravan log` lists them; if \#
        they are good, an admin runs `caravan member release {}`
        en: {1} {1:changeset|changesets} of {2} {1:does|do} not count, for {1:it lies|they lie} beyond the end of \#
        its right: `caravan log` lists them; if they are good, an admin runs `caravan member release {3}`
        ru: не {1:засчитывается|засчитываются|засчитываются} {1} {1:набор|набора|наборов} изменений узла {2}: {1:он \#
        написан|они написаны|они написаны} после прекращения его права; список выводит `caravan log`; если всё \#
        верно, администратор выполняет `caravan member release {3}`
        zh: {2} 的 {1} 个变更集不计入，因为超出了其权利的终点：`caravan log` 会列出；如果内容正确，由管理员运行 `caravan member release {3}`

        `caravan repair {}` puts back what was deleted and seals what was entered
        ru: `caravan repair {1}` вернёт удалённое и запечатает введённое
        zh: `caravan repair {1}` 会放回被删的，并封存所录入的

        table {} is not what the log says: {} rows were entered and {} deleted while triggers were off, so nobody \#
        else knows of it: {}
        en: table {1} is not what the log says: {2} {2:row was|rows were} entered and {3} deleted while triggers \#
        were off, so nobody else knows of it: {4}
        ru: таблица {1} расходится с журналом: при выключенных триггерах введено строк: {2}, удалено: {3}, и никто \#
        другой об этом не знает: {4}
        zh: 表 {1} 与日志不符：触发器关闭时录入了 {2} 行、删除了 {3} 行，他人都不知道：{4}

        the pages of the file
        ru: страницы файла
        zh: 文件的页

        the file of the replica is damaged ({}): {}
        ru: файл реплики повреждён ({1}): {2}
        zh: 副本文件已损坏（{1}）：{2}

        what the disk altered
        ru: повреждённое на диске
        zh: 磁盘上损坏的内容

        changeset {} of {} is not what its author signed any more
        ru: набор изменений {1} узла {2} уже не тот, что подписал автор
        zh: {2} 的变更集 {1} 已不是作者签名的内容

        what waits
        ru: ожидающее других
        zh: 等待的内容

        feeds that went two ways
        ru: раздвоившиеся ленты
        zh: 分叉的写入流

        {} things wait for a person: `caravan conflicts` lists them, `caravan resolve` settles them
        en: {1} {1:thing waits|things wait} for a person: `caravan conflicts` lists them, `caravan resolve` settles them
        ru: {1} {1:конфликт ждёт|конфликта ждут|конфликтов ждут} решения: список выводит `caravan conflicts`, \#
        разрешает их `caravan resolve`
        zh: 有 {1} 项等人处理：`caravan conflicts` 列出，`caravan resolve` 解决

        {} changesets have no effect: `caravan log` says why, and their author should be asked
        en: {1} {1:changeset has|changesets have} no effect: `caravan log` says why, and their author should be asked
        ru: {1} {1:набор изменений недействителен|набора изменений недействительны|наборов изменений \#
        недействительны}: почему, скажет `caravan log`; спросите автора
        zh: {1} 个变更集不生效：`caravan log` 说明原因，应询问其作者

        {} changesets are of newer software and wait, with what builds on them: update this software
        en: {1} {1:changeset is|changesets are} of newer software and {1:waits|wait}, with what builds on them: \#
        update this software
        ru: {1} {1:набор изменений сделан|набора изменений сделаны|наборов изменений сделаны} более новой версией \#
        программы и {1:ждёт|ждут|ждут} вместе с тем, что на них основано: обновите программу
        zh: {1} 个变更集来自更新的软件，与依据它们的一起等待：请升级本软件

        update this software, or
        ru: обновите программу или
        zh: 升级本软件，或

        {} changesets wait for others that they build on: {}sync with a peer that has those
        en: {1} {1:changeset waits|changesets wait} for others that {1:it builds|they build} on: {2}sync with a peer \#
        that has those
        ru: {1} {1:набор изменений ждёт|набора изменений ждут|наборов изменений ждут} других, на которых \#
        {1:основан|основаны|основаны}: {2}синхронизируйтесь с партнёром, у которого те есть
        zh: {1} 个变更集在等待所依据的其他变更集：{2}请与持有那些变更集的对端同步

        the order of the columns of table {}
        ru: порядок столбцов таблицы {1}
        zh: 表 {1} 的列顺序

        the references of table {}
        ru: ссылки таблицы {1}
        zh: 表 {1} 的引用

        the rows of table {}
        ru: строки таблицы {1}
        zh: 表 {1} 的行

        the indexes of table {}
        ru: индексы таблицы {1}
        zh: 表 {1} 的索引

        an index of table {} {}
        ru: индекс таблицы {1} {2}
        zh: 表 {1} 的索引{2}

        does not agree with it ({}), as happens where a program brings a function of its own for one of SQLite's, \#
        such as lower: `caravan sql 'REINDEX'` makes it anew
        ru: расходится с ней ({1}): так бывает, когда программа подменяет функцию SQLite своей, например lower; \#
        `caravan sql 'REINDEX'` построит его заново
        zh: 与它不一致（{1}），可能有程序用自己的函数替换了 SQLite 的（如 lower）：`caravan sql 'REINDEX'` 会重建

        two tables {} were defined apart, with other keys, and this one is kept as {}: copy its rows into the other \#
        with `caravan sql` if they belong there
        ru: две таблицы {1} определены порознь с разными ключами, и эта сохранена как {2}: если её строки нужны в \#
        другой, перенесите их через `caravan sql`
        zh: 两个表 {1} 被分别定义为不同的键，此表保存为 {2}：如需要请用 `caravan sql` 把它的行复制到另一表

        table {} has more columns, defined apart, than the {} that a table can have: {} of them ({} and so on) are \#
        in the log and shown by nobody; put what belongs there into a table of its own
        ru: в таблице {1} порознь определено больше столбцов, чем может быть ({2}): {3} из них ({4} и далее) есть в \#
        журнале, но нигде не показаны; вынесите нужное в отдельную таблицу
        zh: 表 {1} 被分别定义的列超过了表所能有的 {2} 列：其中 {3} 列（{4} 等）在日志中而无处显示；请把这些内容放到另一个表

        two columns {} of table {} were defined apart, of other types, and this one is kept as {}: copy its values \#
        into the other with `caravan sql` and retire it with `caravan schema apply --retire` if they belong there
        ru: два столбца {1} таблицы {2} определены порознь с разными типами, и этот сохранён как {3}: если его \#
        значения нужны в другом, перенесите их через `caravan sql` и выведите этот из употребления (`caravan schema \#
        apply --retire`)
        zh: 表 {2} 的两个列 {1} 被分别定义为不同类型，此列保存为 {3}：如需要请用 `caravan sql` 把它的值复制到另一列，并用 `caravan schema apply --retire` 停用它

        changeset {} of {}
        ru: набор изменений {1} узла {2}
        zh: {2} 的变更集 {1}

        {} waits, with what builds on it: it has seen another changeset {} of {} than the one here: that node's disk \#
        was copied or put back, and both copies wrote; sync with a peer that has the other one
        ru: {1} ждёт вместе с тем, что на нём основано: его автор видел другой набор изменений {2} узла {3}, чем \#
        здесь; диск того узла скопировали или вернули к прежнему состоянию, и писали обе копии; синхронизируйтесь с \#
        партнёром, у которого есть другой набор
        zh: {1} 在等待，连同依据它的：其作者所见的 {3} 的变更集 {2} 与这里的不同，因为那个节点的磁盘被拷贝或恢复过，两份都写入了内容；请与持有另一份的对端同步

        {} cannot be applied on this node ({}), and what builds on it waits; it was tried {} times and is tried \#
        again: if an own table, index or column of this node stands in its way, drop that; else update this software
        en: {1} cannot be applied on this node ({2}), and what builds on it waits; it was tried {3} {3:time|times} \#
        and is tried again: if an own table, index or column of this node stands in its way, drop that; else update \#
        this software
        ru: {1} нельзя применить на этом узле ({2}), и основанное на нём ждёт; попыток было: {3}, будут ещё: если \#
        мешает таблица, индекс или столбец, созданный на этом узле, удалите его; иначе обновите программу
        zh: {1} 无法在本节点应用（{2}），依据它的也在等待；已尝试 {3} 次，还会再试：若是本节点自己的表、索引或列妨碍，请删除它；否则请升级软件

        a changeset of {} has come in part ({} MiB): sync with a peer that has the rest; it is dropped when nothing \#
        more comes for {} days
        en: a changeset of {1} has come in part ({2} MiB): sync with a peer that has the rest; it is dropped when \#
        nothing more comes for {3} {3:day|days}
        ru: набор изменений узла {1} получен не целиком ({2} МиБ): синхронизируйтесь с партнёром, у которого есть \#
        остальное; если {3} {3:день|дня|дней} ничего не придёт, он будет отброшен
        zh: {1} 的变更集只到了一部分（{2} MiB）：请与持有其余部分的对端同步；若 {3} 天内没有后续，即丢弃

        {} rows of table {} hold
        en: {1} {1:row|rows} of table {2} {1:holds|hold}
        ru: в {1} {1:строке|строках|строках} таблицы {2} есть
        zh: 表 {2} 的 {1} 行含有

        table {} holds
        ru: в таблице {1} есть
        zh: 表 {1} 含有

        {} what its definition does not permit ({}), which something wrote past SQLite's checks and nobody else has: \#
        `caravan repair {}` keeps it aside and puts back what the log says
        en: {1} what its definition does not permit ({2}), which something wrote past SQLite's checks and nobody \#
        else has: `caravan repair {3}` keeps it aside and puts back what the log says
        ru: {1} то, чего её определение не допускает ({2}); это записано в обход проверок SQLite, и больше ни у кого \#
        этого нет: `caravan repair {3}` отложит это и вернёт то, что в журнале
        zh: {1}其定义不允许的内容（{2}），是绕过 SQLite 检查写入的，别处都没有：`caravan repair {3}` 会把它另存，并放回日志所记的

        a table that is on this node only holds what its definition does not permit ({}), which something wrote past \#
        SQLite's checks: correct those rows
        ru: в таблице, которая есть только на этом узле, есть то, чего её определение не допускает ({1}); это \#
        записано в обход проверок SQLite: исправьте эти строки
        zh: 只在本节点上的一个表含有其定义不允许的内容（{1}），是绕过 SQLite 检查写入的：请改正这些行

        table {} has rows that its definition does not permit, which something wrote past SQLite's checks: \#
        `caravan repair {}` keeps them aside
        ru: в таблице {1} есть строки, которых её определение не допускает; они записаны в обход проверок \#
        SQLite: `caravan repair {2}` отложит их
        zh: 表 {1} 有其定义不允许的行，是绕过 SQLite 检查写入的：`caravan repair {2}` 会把它们另存

        the feed of this node
        ru: лента этого узла
        zh: 本节点的写入流

        the feed of {}
        ru: лента {1}
        zh: {1} 的写入流

        Its machine was put back to an older state, or copied, and wrote on before it met a peer, or its key is in \#
        other hands. Nothing is lost: both ways count, and this node goes on in a new incarnation.
        ru: Эту машину вернули к прежнему состоянию или скопировали, и она писала, не успев связаться с партнёром, \#
        или её ключ в чужих руках. Ничего не потеряно: засчитываются обе ветви, а узел продолжает в новом воплощении \#
        (incarnation) ленты.
        zh: 它的机器被恢复到旧状态或被拷贝，并在联系到对端之前继续写入，或者密钥落入他人之手。没有任何丢失：两个分支都计入，本节点以新的写入序列（incarnation）继续。

        The machine of {} was put back to an older state, or copied, and wrote on before it met a peer, or its key \#
        is in other hands. Nothing is lost: both ways count.
        ru: Машину узла {1} вернули к прежнему состоянию или скопировали, и она писала, не успев связаться с \#
        партнёром, или её ключ в чужих руках. Ничего не потеряно: засчитываются обе ветви.
        zh: {1} 的机器被恢复到旧状态或被拷贝，并在联系到对端之前继续写入，或者密钥落入他人之手。没有任何丢失：两个分支都计入。

        ~{} (changesets {} to {})
        ru: ~{1} (наборы изменений с {2} по {3})
        zh: ~{1}（变更集 {2} 至 {3}）

        a changeset of the log of {} cannot be read: run `caravan verify`
        ru: набор изменений из журнала {1} не читается: выполните `caravan verify`
        zh: {1} 的日志中有变更集无法读取：请运行 `caravan verify`

        Changeset {} is not signed by its author, nor is any later one of its feed
        ru: Набор изменений {1} не подписан автором, как и все следующие за ним в ленте
        zh: 变更集 {1} 没有作者的签名，其写入流中之后的也没有

        Changeset {} is not the one that the replica names as the last.
        ru: Набор изменений {1} — не тот, который реплика называет последним.
        zh: 变更集 {1} 不是副本所称的最后一个。

        The replica says that it applied {} changesets of this feed, of which it holds {}.
        en: The replica says that it applied {1} {1:changeset|changesets} of this feed, of which it holds {2}.
        ru: По реплике, применено наборов изменений этой ленты: {1}, а хранится {2}.
        zh: 副本称已应用该写入流的 {1} 个变更集，而只持有 {2} 个。

        The log has changesets of this feed behind {}, where the replica says that it ends.
        ru: В журнале есть наборы изменений этой ленты после {1}, где она, по данным реплики, кончается.
        zh: 日志中有该写入流在 {1} 之后的变更集，而副本称它到此为止。

        The log has no changeset {} of this feed, though it says that it holds {}.
        ru: В журнале нет набора изменений {1} этой ленты, хотя указано, что есть {2}.
        zh: 日志中没有该写入流的变更集 {1}，尽管声称持有 {2}。

        The header of changeset {} cannot be read ({}): {}.
        ru: Заголовок набора изменений {1} не читается ({2}): {3}.
        zh: 变更集 {1} 的头部无法读取（{2}）：{3}。

        The header of changeset {} is not what was recorded: {}.
        ru: Заголовок набора изменений {1} — не тот, что записан: {2}.
        zh: 变更集 {1} 的头部与记录的不同：{2}。

        Changeset {} does not follow the one before it.
        ru: Набор изменений {1} не продолжает предыдущий.
        zh: 变更集 {1} 与前一个不相衔接。

        Chunk {} of changeset {} is missing or altered: {}.
        ru: Кусок {1} набора изменений {2} пропал или изменён: {3}.
        zh: 变更集 {2} 的数据块 {1} 缺失或被改动：{3}。
        """#
}
