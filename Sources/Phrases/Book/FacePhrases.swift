/// The messages of the node for its people: doctor, members, peers, records.
enum FacePhrases {
    static let text = #"""
        what is pending
        ru: незапечатанное
        zh: 待封存的内容

        the replica
        ru: реплика
        zh: 副本

        the views
        ru: представления
        zh: 视图

        the peers
        ru: партнёры
        zh: 对端

        the refusals
        ru: отказы
        zh: 拒绝记录

        only {} MiB are free on the disk of {}: free some space, or writing and syncing will stop
        en: only {1} MiB {1:is|are} free on the disk of {2}: free some space, or writing and syncing will stop
        ru: на диске {2} свободно лишь {1} МиБ: освободите место, иначе запись и синхронизация остановятся
        zh: {2} 所在磁盘只剩 {1} MiB：请腾出空间，否则写入和同步会停止

        {} carried files waited for what comes before them when the last one was taken: `caravan bundle request \#
        FILE` asks the next carrier for it
        en: {1} carried {1:file|files} waited for what comes before them when the last one was taken: `caravan \#
        bundle request FILE` asks the next carrier for it
        ru: файлов, которые ждали предшествующего, когда был принят последний: {1}; `caravan bundle request FILE` \#
        попросит недостающее у следующего, кто повезёт носитель
        zh: 最近一次导入时，有 {1} 个携带的文件在等待其之前的内容：`caravan bundle request FILE` 可请下一位携带者带来

        {} has {} names (hard links): a program that opens it by another keeps another write-ahead log beside it, and \#
        the two damage the file; keep one name and delete the others, or copy the file with `caravan backup`
        ru: у файла {1} имён: {2} (жёсткие ссылки); программа, открывшая его под другим именем, держит рядом другой \#
        журнал предзаписи, и вдвоём они портят файл; оставьте одно имя и удалите остальные, а копию делайте через \#
        `caravan backup`
        zh: {1} 有 {2} 个名称（硬链接）：以另一名称打开它的程序会在旁边使用另一份预写日志，二者会损坏文件；请只保留一个名称并删除其余，需要副本时请用 `caravan \#
        backup`

        other users of this machine may read {}: run `chmod 600 {}`
        ru: другие пользователи этой машины могут читать {1}: выполните `chmod 600 {2}`
        zh: 本机其他用户可以读取 {1}：请运行 `chmod 600 {2}`

        other users of this machine may read {}, in which a proxy's password stands: run `chmod 600 {}`
        ru: другие пользователи этой машины могут читать {1}, где записан пароль прокси: выполните `chmod 600 \#
        {2}`
        zh: 本机其他用户可以读取 {1}，其中有代理密码：请运行 `chmod 600 {2}`

        of the byte budget of this {} {} are used: once it is used up `caravan serve` exchanges with nobody {}; \#
        raise {} in config.yaml if that is too early
        ru: из лимита трафика на {1?day:этот день|month:этот месяц} израсходовано {2}: когда он кончится, `caravan \#
        serve` не будет обмениваться ни с кем {3}; если этого мало, увеличьте {4} в config.yaml
        zh: 本{1?day:日|month:月}的流量额度已用 {2}：用完后，`caravan serve` {3}不与任何节点同步；如果不够，请在 config.yaml 中增大 {4}

        {} could not be looked at: {}
        ru: не удалось проверить ({1}): {2}
        zh: 无法检查{1}：{2}

        {} {} times so far
        en: {1} {2} {2:time|times} so far
        ru: {1}, уже {2} {2:раз|раза|раз}
        zh: {1}，至今 {2} 次

        {} was refused, for {}, and has not been back since: {}
        ru: узлу {1} было отказано ({2}), и с тех пор он не подключался: {3}
        zh: {1} 被拒绝（{2}），此后没有再来：{3}

        the key of {} is a JSON array of {}: write it such as '["a", 1]'
        ru: ключ {1} — массив JSON ({2}): пишите, например, '["a", 1]'
        zh: {1} 的键是由 {2} 组成的 JSON 数组：请写成如 '["a", 1]'

        no value of a key
        ru: не годится в ключ
        zh: 不能作为键的值

        {} is one member's name and the beginning of another's id
        ru: {1} — имя одного участника и начало идентификатора другого
        zh: {1} 既是一位成员的名称，又是另一位成员编号的开头

        {} is the beginning of several site ids
        ru: с {1} начинаются идентификаторы нескольких узлов
        zh: {1} 是多个站点编号的开头

        there is no member {}{}: `caravan member list` shows them
        ru: участника {1}{2} нет: список выводит `caravan member list`
        zh: 没有成员 {1}{2}：`caravan member list` 会列出

        {} members are called {}
        ru: участников с именем {2}: {1}
        zh: 有 {1} 个成员叫 {2}

        {}: {}; write the beginning of an id instead
        ru: {1}: {2}; вместо имени укажите начало идентификатора
        zh: {1}：{2}；请改用编号的开头

        the backup's file has no name: write one
        ru: у файла резервной копии нет имени: укажите его
        zh: 备份文件没有名称：请写一个

        {} is there already: name a file that is not
        ru: {1} уже есть: укажите файл, которого нет
        zh: {1} 已存在：请写一个不存在的文件

        {} cannot be written: check that its folder is there and who owns it
        ru: не удаётся записать {1}: проверьте, есть ли папка и кому она принадлежит
        zh: 无法写入 {1}：请检查其目录是否存在及所有者

        this node is refused as retired since {}, by {}: what is written here stays here until an admin who still \#
        counts runs `caravan member role {} {}` at another node; then `caravan sync` brings it there, and `caravan \#
        member release {}` has it count
        ru: с {1} этот узел не принимают как исключённый: {2}; написанное здесь останется здесь, пока администратор, \#
        чьё право в силе, не выполнит `caravan member role {3} {4}` на другом узле; затем `caravan sync` доставит его \#
        туда, а с `caravan member release {5}` оно будет в силе
        zh: 自 {1} 起 {2} 视本节点为已退出而拒绝同步：此处写的内容只留在此处，直到权限有效的管理员在另一节点运行 `caravan member role {3} {4}`；之后 `caravan sync` 会送达那里，再由 `caravan member release {5}` 使其生效

        this node's folder was copied
        ru: папку этого узла скопировали
        zh: 本节点的文件夹被复制

        the folder of {} was copied
        ru: папку узла {1} скопировали
        zh: {1} 的文件夹被复制

        {}, and both copies write, with one key and one name: nothing is lost, but nobody can tell them apart. Let \#
        both exchange everything, stop one of them, move its folder away, and join anew there with `caravan join CODE`; \#
        or an admin ends both with `caravan member retire {}`. This is said for 7 days after one of the two has fallen \#
        silent
        ru: {1}, и обе копии пишут с одним ключом и одним именем: ничто не потеряно, но их не различить. Дайте обеим всё \#
        передать, остановите одну из них, уберите её папку и вступите там заново (`caravan join CODE`); или администратор \#
        исключит обе командой `caravan member retire {2}`. Об этом говорится ещё 7 дней после того, как одна из двух замолчит
        zh: {1}，两个副本都在以同一密钥和名称写入：没有丢失任何内容，但无法区分二者。让双方完成同步，停止其中之一，移走其文件夹，并在那里以 `caravan join CODE` \#
        重新加入；或由管理员用 `caravan member retire {2}` 令二者退出。其中之一停写后 7 天内仍会提示

        this node's own key answered at {}, and not this node: its folder was copied, and the copy runs there, or that \#
        address leads back here; stop the copy, move its folder away and join anew there with `caravan join CODE`, or \#
        correct the address
        ru: по адресу {1} отвечает ключ этого узла, но не этот узел: его папку скопировали, и копия работает там, или \#
        этот адрес ведёт обратно сюда; остановите копию, уберите её папку и вступите там заново (`caravan join CODE`) \#
        или исправьте адрес
        zh: 在 {1} 应答的是本节点自己的密钥，却不是本节点：文件夹被复制且副本在那里运行，或该地址指回本机；请停止副本、移走其文件夹并在那里用 `caravan join CODE` \#
        重新加入，或改正地址

        the clock of {} was {} days {} this one
        ru: часы узла {1} {3?ahead of:спешили|behind:отставали} на {2} {2:день|дня|дней}
        zh: {1} 的时钟曾比本机{3?ahead of:快|behind:慢} {2} 天

        the clock of {} was {} years {} this one
        ru: часы узла {1} {3?ahead of:спешили|behind:отставали} на {2} {2:год|года|лет}
        zh: {1} 的时钟曾比本机{3?ahead of:快|behind:慢} {2} 年

        the clock of {} was {} minutes {} this one
        ru: часы узла {1} {3?ahead of:спешили|behind:отставали} на {2} мин
        zh: {1} 的时钟曾比本机{3?ahead of:快|behind:慢} {2} 分钟

        : {} keeps time for the alliance, and what is written here is stamped by its clock; set this machine's clock \#
        right
        ru: : {1} задаёт время альянса, и написанное здесь помечается по его часам; поправьте часы этой машины
        zh: ：联盟以 {1} 的时钟为准，此处写入的时间按它的时钟标记；请校准本机时钟

        : this node keeps time for the alliance; look at both, and set the wrong one right
        ru: : время альянса задаёт этот узел; сверьте часы обоих узлов и поправьте неверные
        zh: ：联盟以本节点的时钟为准；请核对两边的时钟，校准不准的一个

        : set the wrong one right, for where two people change one value the one whose clock is ahead is shown; \#
        `caravan clocks keep NAME`, on an admin's node, names a member by whose clock the others go
        ru: : поправьте неверные: когда двое меняют одно значение, видно значение того, чьи часы спешат; `caravan \#
        clocks keep NAME` на узле администратора укажет, по чьим часам идут остальные
        zh: ：请校准不准的一个，因为两人改同一个值时显示时钟较快者的；在管理员节点上用 `caravan clocks keep NAME` 指定以谁的时钟为准

        this node gave no such invitation: `caravan invite list` shows those that it gave
        ru: этот узел не выдавал такого приглашения: выданные показывает `caravan invite list`
        zh: 本节点没有发出过这个邀请：`caravan invite list` 会列出已发出的

        {} invitations begin with {}: write more of the id
        ru: приглашений, чей номер начинается с {2}: {1}; укажите больше знаков
        zh: 有 {1} 个邀请以 {2} 开头：请多写几位

        the invitation was used already: whoever joined by it is a member now
        ru: приглашение уже использовано: тот, кто по нему вступил, — теперь участник
        zh: 该邀请已被使用：凭它加入的人已是成员

        there is no member {}
        ru: участника {1} нет
        zh: 没有成员 {1}

        a peer's name is one line without a colon
        ru: имя партнёра — одна строка без двоеточия
        zh: 对端的名称是一行，不含冒号

        a peer needs an address: HOST:PORT; without one, give a member that dials this node a window or a rate
        ru: партнёру нужен адрес HOST:PORT; без адреса можно задать время или скорость участнику, который \#
        подключается сам
        zh: 对端需要地址 HOST:PORT；没有地址时，只能为主动连接本节点的成员设定时段或速率

        {} is no rate: write bytes a second, such as 32k (32 × 1024) or 1M
        ru: {1} — не скорость: пишите байты в секунду, например 32k (32 × 1024) или 1M
        zh: {1} 不是速率：请写每秒字节数，如 32k（32 × 1024）或 1M

        a rate of {} is out of bounds: write one from 4k on, below which a peer takes silence for a broken link, up \#
        to {}G bytes a second
        ru: скорость {1} вне пределов: она бывает от 4k (при меньшей партнёр примет молчание за обрыв) до {2}G \#
        байтов в секунду
        zh: 速率 {1} 超出范围：从 4k（再低对方会把静默当作断线）到每秒 {2}G 字节

        an invitation expires later than now
        ru: срок приглашения должен кончаться в будущем
        zh: 邀请的到期时间要晚于现在

        no address is known at which others reach this node: give --address HOST:PORT, or run `caravan serve` first
        ru: неизвестно, по какому адресу другие подключаются к этому узлу: укажите --address HOST:PORT или сначала \#
        запустите `caravan serve`
        zh: 不知道别人可用哪个地址连接本节点：请给出 --address HOST:PORT，或先运行 `caravan serve`

        {} is not an address: write HOST:PORT, or [IPv6]:PORT
        ru: {1} — не адрес: пишите HOST:PORT или [IPv6]:PORT
        zh: {1} 不是地址：请写 HOST:PORT 或 [IPv6]:PORT

        {} is where one listens, and nobody can dial it: name the address at which others reach this machine
        ru: на {1} слушают, но подключиться к этому адресу нельзя: укажите тот, по которому эта машина доступна другим
        zh: {1} 只是侦听地址，别人无法连接：请写别人能连接到本机的地址

        {} names no changeset: write FEED:SEQ, as `caravan log` shows them
        ru: {1} — не набор изменений: пишите FEED:SEQ, как показывает `caravan log`
        zh: {1} 不是变更集：请写 FEED:SEQ，见 `caravan log`

        there is no changeset {} of {} here
        ru: набора изменений {1} узла {2} здесь нет
        zh: 这里没有 {2} 的变更集 {1}

        {} can be one of several changesets: {}; write one of these
        ru: под {1} подходит несколько наборов изменений: {2}; укажите один из них
        zh: {1} 可能是几个变更集之一：{2}；请写其中一个

        and nobody ever wrote one
        ru: и никто её не вводил
        zh: 也从未有人写过

        for it was deleted: `caravan history` shows its versions
        ru: её удалили: версии покажет `caravan history`
        zh: 已被删除：`caravan history` 显示其各个版本

        table {} has no row {}, {}
        ru: в таблице {1} нет строки {2}: {3}
        zh: 表 {1} 中没有行 {2}：{3}

        nobody ever wrote a row {} of {}
        ru: строку {1} таблицы {2} никто не вводил
        zh: 从未有人写过 {2} 的行 {1}

        there is no table {}{}: the tables are {}
        ru: таблицы {1}{2} нет: есть {3}
        zh: 没有表 {1}{2}：现有 {3}

        there is no scope {}: the scopes are alliance and control
        ru: области {1} нет: есть alliance и control
        zh: 没有范围 {1}：只有 alliance 和 control

        {} is no place in the list: write it as `caravan conflicts` prints it
        ru: {1} — не место в списке: пишите так, как печатает `caravan conflicts`
        zh: {1} 不是列表中的位置：请照 `caravan conflicts` 打印的写

        the changeset behind which the page begins is not here: begin anew
        ru: набора изменений, после которого начинается страница, здесь нет: начните заново
        zh: 此处没有该页起始处的变更集：请从头开始

        there is no table {} behind which the list goes on: begin anew
        ru: нет таблицы {1}, после которой список продолжается: начните заново
        zh: 没有可从其后继续的表 {1}：请从头开始

        the replica cannot number more than 65,536 feeds
        ru: реплика не может пронумеровать больше 65 536 лент
        zh: 副本最多只能编号 65,536 个写入流
        """#
}
